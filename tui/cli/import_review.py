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
_STOP, _BACK = "q", "b"


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
    answered: list[int] = []
    while doubt := next((one for one in result.doubts if one.offset not in page), None):
        for line in _shown(doubt, len([one for one in result.doubts if one.offset not in page]), bool(answered)):
            tell(line)
        label = _answer(doubt, bool(answered), ask, tell)
        if label is None:
            del page[answered.pop()]
        else:
            page[doubt.offset] = label
            answered.append(doubt.offset)
        result = again(decisions)
    return result


def _shown(doubt: Doubt, left: int, can_go_back: bool) -> Iterator[str]:
    yield ""
    yield _("第 {line} 行（还有 {left} 处）").format(line=doubt.line, left=left)
    for at, text in enumerate(doubt.context):
        yield ("> " if at == doubt.at else "  ") + clean_line(text)
    yield doubt.note.message
    keep = _("回车：{label}（照旧）").format(label=label_name(_label(doubt.label)))
    yield "  ".join((keep, *((_("b 回上一处"),) if can_go_back else ()), _("q 不再问")))
    yield "  ".join(f"{key} {_choice(label)}" for key, label in _CHOICES.items() if label != doubt.label)


def _answer(doubt: Doubt, can_go_back: bool, ask: Ask, tell: Callable[[str], None]) -> Label | None:
    """Return the label that the user chooses, or None to go back to the previous doubt."""
    while True:
        typed = ask("? ")
        if typed is None or typed.strip() == _STOP:
            raise ReviewStopped
        if can_go_back and typed.strip() == _BACK:
            return None
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
