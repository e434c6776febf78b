"""The review of an import: asks about each doubtful decision of a page and imports the page again with the answer."""

from collections.abc import Callable, Iterator

from ..clean import clean_line
from ..i18n import _
from ..importer import Doubt, ImportResult
from ..importer.decisions import Decisions
from ..importer.notes import label_name
from ..importer.scores import LABELS, Label

Ask = Callable[[str], str | None]
"""Function that shows a prompt and returns the typed answer; None at the end of input."""
_CHOICES: dict[str, Label] = {
    "1": "headline", "2": "more", "3": "subhead", "4": "paragraph", "5": "join", "6": "caption",
}  # fmt: skip
_STOP = "q"


class ReviewStopped(Exception):
    """The user wants no more questions; all other decisions stay as the importer made them."""


def reviewed(
    result: ImportResult,
    again: Callable[[Decisions], ImportResult],
    decisions: Decisions,
    ask: Ask,
    tell: Callable[[str], None],
) -> ImportResult:
    """Ask about every doubt of a page and return the page as decided. Adds the answers to `decisions`.

    Raises ReviewStopped after `q` or the end of input. Each answer can remove other doubts, or bring new ones.
    """
    page = decisions.of_page(result.digest)
    while doubt := next((one for one in result.doubts if one.offset not in page), None):
        for line in _shown(doubt, len([one for one in result.doubts if one.offset not in page])):
            tell(line)
        page[doubt.offset] = _answer(doubt, ask, tell)
        result = again(decisions)
    return result


def _shown(doubt: Doubt, left: int) -> Iterator[str]:
    yield ""
    yield _("第 {line} 行（还有 {left} 处）").format(line=doubt.line, left=left)
    for at, text in enumerate(doubt.context):
        yield ("> " if at == doubt.at else "  ") + clean_line(text)
    yield doubt.note.message
    keep = _("回车：{label}（照旧）").format(label=label_name(_label(doubt.label)))
    others = (f"{key} {_choice(label)}" for key, label in _CHOICES.items() if label != doubt.label)
    yield "  ".join((keep, *others, _("q 不再问")))


def _answer(doubt: Doubt, ask: Ask, tell: Callable[[str], None]) -> Label:
    while True:
        typed = ask("? ")
        if typed is None or typed.strip() == _STOP:
            raise ReviewStopped
        if not typed.strip():
            return _label(doubt.label)
        if chosen := _CHOICES.get(typed.strip()):
            return chosen
        tell(_("请输入 1 到 6、回车或 q。"))


def _label(name: str) -> Label:
    return next(label for label in LABELS if label == name)


def _choice(label: Label) -> str:
    words: dict[Label, str] = {
        "headline": _("一篇的标题"),
        "more": _("标题的又一行"),
        "subhead": _("小标题"),
        "paragraph": _("另起一段"),
        "join": _("接上一段"),
        "caption": _("图片说明"),
    }
    return words[label]
