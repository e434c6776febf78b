"""Messages on screen: all can be translated, and all are translated."""

import ast
import gettext
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import words
from tui.i18n import DOMAIN, _, from_locale, set_language

LANGUAGES = sorted(folder.name for folder in words.LOCALE.iterdir() if folder.is_dir())
ABOUT_CHINESE = (
    "typeset/",
    "text/",
    "query/",
    "search/",
    "importer/",
    "segmentation.py",
    "word_tables.py",
    "library/written_dates.py",
    "library/plain_text.py",
)
"""Modules whose Chinese strings are data, not messages."""
FILES = sorted(words.TUI.rglob("*.py"))
HAN = re.compile("[\u4e00-\u9fff]")


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes of docstrings, including those of fields and constants."""
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def fields(text: str) -> list[str]:
    return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)


def bare(path: Path) -> Iterator[str]:
    """Yield the Chinese strings of a file that are neither messages, docstrings nor examples."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    allowed = docstrings(tree) | {argument for call in calls(tree, "_", "N_", "Example") for argument in call.args}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in allowed:
            continue
        if HAN.search(node.value) and HAN.search(ast.get_source_segment(source, node) or ""):
            yield f"{path}:{node.lineno}: {node.value}"


def untimely(path: Path) -> Iterator[str]:
    """Yield the messages that are no string literals, or that are translated before the language is set."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )
    inside = {id(call) for function in functions for call in calls(function, "_")}
    for call in calls(tree, "_"):
        whole = isinstance(call.args[0], ast.Constant | ast.Name | ast.Attribute | ast.Subscript) or literal(
            call.args[0]
        )
        if not whole or id(call) not in inside:
            yield f"{path}:{call.lineno}"


def test_chinese_in_the_code_is_translatable() -> None:
    files = [path for path in FILES if not path.relative_to(words.TUI).as_posix().startswith(ABOUT_CHINESE)]
    assert [found for path in files for found in bare(path)] == []


def test_messages_are_literals_translated_when_shown() -> None:
    assert [found for path in FILES for found in untimely(path)] == []


def literal(node: ast.expr) -> bool:
    """Return whether an argument chooses between string literals: `a if x else b`."""
    return isinstance(node, ast.IfExp) and all(isinstance(each, ast.Constant) for each in (node.body, node.orelse))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    """`make words` adds new messages to the .po file."""
    kept = words.entries(words.in_the_file(language))
    assert set(kept) == set(words.entries(words.in_the_code()))
    assert [id for id, translation in kept.items() if not translation] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_fields_and_no_chinese(language: str) -> None:
    for id, translation in words.entries(words.in_the_file(language)).items():
        assert fields(translation) == fields(id)
        assert not HAN.search(translation) or id in SHOWN_AS_IT_IS


SHOWN_AS_IT_IS = {"找出有“反诈”的文章", "有“禁毒”而没有“罂粟”", "有“反诈”而没有“禁毒”"}
"""Messages with Chinese search terms, which are the same in every language."""


def test_messages_have_no_exclamation_marks() -> None:
    """Exclamation marks occur only in brackets, where they are the subject."""
    for id, translation in words.entries(words.in_the_file("en")).items():
        assert not re.search(r"[！!](?![）)])", id + translation)


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_matches_its_source(language: str) -> None:
    compiled = gettext.translation(DOMAIN, words.LOCALE, [language])
    for id, translation in words.entries(words.in_the_file(language)).items():
        assert compiled.gettext(id) == translation


def test_untranslated_message_stays_chinese() -> None:
    try:
        assert set_language("en") == "en"
        assert _("搜索") == "Search"
        assert _("这句话没有翻译") == "这句话没有翻译"
    finally:
        set_language("zh")
    assert _("搜索") == "搜索"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_language_follows_the_locale(environ: dict[str, str], language: str) -> None:
    assert from_locale(environ) == language
