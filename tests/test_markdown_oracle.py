"""Bodies are parsed as CommonMark and GFM specify. The oracle is markdown-it-py, which Rich installs.

The tests compare blocks, their containers and their text. `MEANT` lists the intended differences with their reasons;
the tests assert each of them, so that an obsolete one is noticed.
"""

import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.article import Block
from tui.markdown import blocks
from tui.markdown.join import join


class Seen(NamedTuple):
    """A block in the form in which both parsers are compared."""

    kind: str
    text: str
    marker: str
    path: str


ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def by_oracle(body: str) -> list[Seen]:
    """Return the blocks that markdown-it-py finds."""
    return [*_Flattener().blocks(ORACLE.parse(body))]


def by_us(body: str) -> list[Seen]:
    return [_seen(block) for block in blocks(body)]


def _seen(block: Block) -> Seen:
    path = block.inside or {"item": "i", "quote": "q"}.get(block.kind, "") * (block.level + 1)
    kind: str = "paragraph" if block.kind in ("item", "quote") else block.kind
    kind = f"subhead{block.level}" if kind == "subhead" else kind
    text = block.text if kind in ("code", "table") else " ".join(block.text.split())
    return Seen(kind, text, block.marker if kind == "paragraph" else "", path)


class _Flattener:
    def __init__(self) -> None:
        self.path = ""
        self.markers: list[str] = []
        self.numbers: list[int] = []

    def blocks(self, tokens: list[Token]) -> list[Seen]:
        found: list[Seen] = []
        cells: list[list[str]] = []
        heading = ""
        for token in tokens:
            kind = token.type
            if kind == "blockquote_open":
                self._open("q", "")
            elif kind == "list_item_open":
                self._open("i", f"{int(token.info)}." if token.info else "•")
            elif kind in ("blockquote_close", "list_item_close"):
                self.path = self.path[:-1]
                self.markers.pop()
            elif kind == "heading_open":
                heading = f"subhead{max(int(token.tag[1]), 2)}"
            elif kind == "heading_close":
                heading = ""
            elif kind == "hr":
                found.append(Seen("rule", "", "", self.path))
            elif kind in ("fence", "code_block"):
                found.append(Seen("code", token.content.removesuffix("\n"), "", self.path))
            elif kind == "tr_open":
                cells.append([])
            elif kind == "table_close":
                found.append(Seen("table", "\n".join("\t".join(row) for row in cells), "", self.path))
                cells = []
            elif kind == "html_block":
                text = " ".join(re.sub(r"<!--.*?-->|<[^<>]*>", "", token.content, flags=re.DOTALL).split())
                found += [Seen("paragraph", text, "", self.path)] if text else []
            elif kind == "inline" and cells:
                cells[-1].append(_text(token).strip())
            elif kind == "inline":
                found += self._paragraph(token, heading)
        return found

    def _open(self, container: str, marker: str) -> None:
        self.path += container
        self.markers.append(marker)

    def _marker(self) -> str:
        if not self.path.endswith("i"):
            return ""
        marker, self.markers[-1] = self.markers[-1], ""
        return marker

    def _paragraph(self, token: Token, heading: str) -> list[Seen]:
        children = token.children or []
        if (
            not heading
            and children
            and all(
                one.type == "image" or (one.type in ("softbreak", "text") and not one.content.strip())
                for one in children
            )
        ):
            images = [one for one in children if one.type == "image"]
            return [Seen("caption", _alt(one), "", self.path) for one in images]
        found: list[Seen] = []
        for part in _text(token).split("\x01"):
            text = " ".join(part.split())
            if text and heading:
                found.append(Seen(heading, text, "", self.path))
            elif text:
                marker = self._marker()
                task = re.match(r"\[([ xX])\] +", text) if marker else None
                if task:
                    marker, text = ("☐" if task[1] == " " else "☑"), text[task.end() :]
                found.append(Seen("paragraph", text, marker, self.path))
        return found


def _alt(token: Token) -> str:
    return _text(token) or str(token.attrs["src"]).rpartition("/")[2]


def _text(token: Token) -> str:
    """Return the text without markup; a line ended by the writer ends in \\x01."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak" or child.content in ("<br>", "<br/>"):
            parts.append("\x01")
        elif child.type == "image":
            parts.append(_alt(child))
    return "\x01".join(join(part.split("\n")) if part.strip() else "" for part in "".join(parts).split("\x01"))


BASE: dict[str, list[str]] = json.loads((Path(__file__).parent / "data/markdown_examples.json").read_text("utf-8"))
"""Bodies written for this test, by section of the specifications."""
CONTEXTS: dict[str, Callable[[str], str]] = {
    "alone": lambda body: body,
    "between paragraphs": lambda body: f"前文\n\n{body}\n\n后文",
    "in a quote": lambda body: "\n".join(f"> {line}" for line in body.split("\n")),
    "in an item": lambda body: "- " + body.replace("\n", "\n  "),
    "in a numbered item": lambda body: "7. 前\n\n   " + body.replace("\n", "\n   "),
    "in an item of an item": lambda body: "- 外\n  - " + body.replace("\n", "\n    "),
}
EXAMPLES = [
    (section, CONTEXTS[context](body), body) for section in BASE for body, context in product(BASE[section], CONTEXTS)
]
MEANT = {
    "`甲\n乙`": "no space where Chinese stands at the seam of two lines, in code too",
    "a|b\n-|-\n1|2": "in an item the table is the item's; markdown-it takes the item's mark for a word",
    "    甲": "an indented line is a paragraph: Chinese writers indent paragraphs",
    "##甲": "a subhead needs no space",
    "• 甲": "the bullet of Chinese typing is one",
    "**“甲”**乙": "emphasis beside Chinese marks does what the writer means",
    "甲**乙。**丙": "the same at a closing mark",
    "2*3*4": "a mark between digits is none",
    "[^1]\n\n[^1]: 注": "footnotes",
    "[甲](javascript:a)": "an address that may not be followed is dropped",
    "|a|b|\n|-|-|\n|1|2|3|": "cells beyond the header are kept; GFM drops them",
    "<script>\nlet a = 1\n</script>": "scripts are no text",
    "<h1>甲</h1>": "an HTML heading is one",
    "<li>甲</li>": "an HTML item is one",
    "<div>*甲*</div>": "marks inside HTML are read",
    "甲<sup>2</sup>": "raised and lowered digits are written as such",
    "List<Text>": "what is no element of HTML is text",
    "![[甲](u)](v)": "a picture that is described by a link is a line of text",
    "[[甲]]": "a link by name",
    "[[甲|乙]]": "a link by name, in other words",
    "> [!NOTE]\n> 甲": "the box of an alert has its kind as its first line",
    "::: tip 甲\n乙\n:::": "the lines around a box are no text",
    "$$\na*b*c\n$$": "mathematics is verbatim",
    "$a*b*c$": "the same in a line",
    "{{< x *a* >}}": "a shortcode is verbatim",
    "{% x *a* %}": "the same of Liquid",
    "![甲](u)  \n![乙](v)": "a paragraph of pictures is their captions",
}
"""Bodies that are intentionally read differently from the oracle, and why."""


def test_suite_has_six_hundred_examples() -> None:
    assert len({body for _section, body, _base in EXAMPLES}) >= 600


@pytest.mark.parametrize("section", BASE)
def test_examples_are_read_as_the_oracle_reads_them(section: str) -> None:
    different = [
        (body, by_us(body), by_oracle(body))
        for at, body, base in EXAMPLES
        if at == section and base not in MEANT and by_us(body) != by_oracle(body)
    ]
    assert different == []


words = st.sampled_from(["甲乙", "foo", "丙 bar", "*丁*", "`戊`", "[己](u)", "**庚** x", "a\\*b", "![辛](v) 又"])
leaves = st.one_of(
    st.lists(words, min_size=1, max_size=3).map("\n".join),
    words.map(lambda text: f"## {text}"),
    words.map(lambda text: f"{text}\n==="),
    st.just("***"),
    st.lists(words, max_size=3).map(lambda lines: "\n".join(["```", *lines, "```"])),
    st.just("|甲|乙|\n|--|:-:|\n|`1`|*2*|"),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return documents of these parts, one below the other and in containers."""
    parts = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    marks = st.sampled_from(["- ", "* ", "1. ", "12) "])
    return st.one_of(
        parts,
        inner.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))),
        st.tuples(marks, inner).map(lambda one: one[0] + one[1].replace("\n", "\n" + " " * len(one[0]))),
    )


@settings(max_examples=150)
@given(st.recursive(leaves, nested, max_leaves=8))
def test_generated_documents_are_read_as_the_oracle_reads_them(body: str) -> None:
    body = "\n".join(line.rstrip() for line in body.split("\n"))
    if max((block.path.count("i") + block.path.count("q") for block in by_oracle(body)), default=0) <= 8:
        assert _without_spaces(by_us(body)) == _without_spaces(by_oracle(body))


def _without_spaces(found: list[Seen]) -> list[Seen]:
    """Return the blocks without the spaces where lines are joined, which the project defines itself."""
    return [one._replace(text=one.text.replace(" ", "")) for one in found]


@pytest.mark.parametrize("body", MEANT, ids=MEANT.get)
def test_every_listed_difference_still_exists(body: str) -> None:
    assert any(
        by_us(context(body)) != by_oracle(context(body)) or _marks(context(body)) for context in CONTEXTS.values()
    )


def _marks(body: str) -> bool:
    """Return whether an address was dropped or added, which the comparison of texts cannot show."""
    linked = sum(token.type == "link_open" for one in ORACLE.parse(body) for token in one.children or [])
    return linked != sum(span.kind == "link" for block in blocks(body) for span in block.spans)
