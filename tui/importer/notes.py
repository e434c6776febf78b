"""Notes on doubtful decisions, line by line, with the strongest reasons for and against."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..i18n import _
from .evidence import heading
from .label_sequence import Decision
from .place_guess import PlaceGuess
from .result import Imported, Note
from .scores import Label, Scores
from .source_lines import SourceLine
from .starts import start

DOUBT = 1.5
"""Points. A decision gets a note if its margin over the second-best label is smaller (confidence below 82 %)."""
_SURE_PLACE = 0.75


def notes_of(
    scores: Scores,
    decisions: Sequence[Decision],
    finished: Sequence[tuple[Imported, PlaceGuess]],
    furniture: Mapping[int, SourceLine],
) -> list[Note]:
    """Return all notes on a page, sorted by line."""
    notes = [*_of_lines(scores, decisions), *notes_of_articles(finished)]
    notes += [Note(number, "furniture", _("像版面上的杂项，不算进文章。"), 0.9) for number in furniture]
    return sorted(notes, key=lambda note: (note.line, note.code))


def _of_lines(scores: Scores, decisions: Sequence[Decision]) -> Iterator[Note]:
    for at, decision in enumerate(decisions):
        if decision.instead is None or decision.margin >= DOUBT or decision.label in ("join", "caption-join"):
            continue
        code = _code(decision.label, decision.instead)
        message = _question(decision.label, decision.instead) + _reasons(scores, at, code)
        yield Note(scores.facts[at].line.number, code, message, 1 / (1 + math.exp(-decision.margin)))


def notes_of_articles(finished: Iterable[tuple[Imported, PlaceGuess]]) -> Iterator[Note]:
    """Yield notes on whole articles: a missing headline, a doubtful place."""
    for article, found in finished:
        if not article.title:
            yield Note(article.span[0], "no-headline", _("开头没有标题，像是接着别处的文章。"), 0.6)
        if found.confidence < _SURE_PLACE:
            named = found.place.label if found.place else _("无")
            yield Note(
                article.span[0],
                found.reason,
                _("地方按文中提到的判断：{place}。").format(place=named),
                found.confidence,
            )


def _code(label: Label, instead: Label) -> str:
    headings = ("headline", "more", "subhead", "subhead-more")
    if label in headings and instead in headings:
        return "start-or-subhead"
    if label in headings or instead in headings:
        return "heading-or-text"
    return "caption" if "caption" in label + instead else "byline" if "byline" in (label, instead) else "paragraph"


def _question(label: Label, instead: Label) -> str:
    return _("当作{this}，也可能是{other}。").format(this=_name(label), other=_name(instead))


def _name(label: Label) -> str:
    names: dict[Label, str] = {
        "headline": _("一篇的标题"),
        "more": _("标题的又一行"),
        "above": _("署名"),
        "paragraph": _("一段的开头"),
        "join": _("上一段的下半"),
        "subhead": _("小标题"),
        "subhead-more": _("小标题的又一行"),
        "byline": _("署名"),
        "caption": _("图片说明"),
        "caption-join": _("图片说明的下半"),
    }
    return names[label]


def _reasons(scores: Scores, at: int, code: str) -> str:
    """Return a sentence with the two strongest signs, or an empty string."""
    if code == "start-or-subhead":
        found = list(start(scores.facts, at, scores.style))
    elif code == "heading-or-text":
        found = list(heading(scores.facts, at, scores.layout))
    else:
        return ""
    words = _signs()
    strongest = sorted(found, key=lambda sign: -abs(sign[1]))
    said = [words[name][points < 0] for name, points in strongest if name in words and points][:2]
    said = [sign for sign in said if sign]
    return _("依据：{signs}。").format(signs=_("、").join(said)) if said else ""


def _signs() -> dict[str, tuple[str, str]]:
    """Return, by name of the sign, its wording when it counts for a label and when it counts against."""
    return {
        "parts": (_("分成几截"), ""),
        "length": (_("字数像标题"), _("字数像小标题")),
        "lead": (_("下文像导语"), ""),
        "no-dateline": ("", _("下文没有讯头")),
        "not-signed": ("", _("上文没有署名")),
        "cohesion": (_("上下文不是一件事"), _("上下文是一件事")),
        "siblings": ("", _("有样式相同的标题")),
        "no-siblings": (_("没有样式相同的标题"), ""),
        "stacked": (_("下面还有一行标题"), ""),
        "numbered": (_("带序号"), _("带序号")),
        "open": (_("末尾没有标点"), _("末尾有标点")),
        "dangles": ("", _("末尾的字要有下文")),
        "unbalanced": ("", _("引号或括号不成对")),
        "leads-in": ("", _("开头像正文")),
        "taken-up": (_("下文重复其中的词"), _("下文没有其中的词")),
        "long": ("", _("太长")),
        "no-comma": (_("中间没有逗号"), ""),
        "next-goes-on": ("", _("下一行像接着它")),
        "measure": (_("没有排满一行"), _("正好排满一行")),
        "speech": ("", _("像引述")),
        "dated": ("", _("带日期")),
    }
