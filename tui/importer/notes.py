"""Notes on doubtful decisions, line by line, with the strongest reasons for and against."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..i18n import _
from .label_sequence import Decision
from .place_guess import PlaceGuess
from .result import Doubt, Imported, Note
from .scores import LABELS, Label, Scores
from .source_lines import SourceLine

DOUBT = 1.5
"""Points. A decision gets a note if its margin over the second-best label is smaller (confidence below 82 %)."""
AROUND = 2
"""Lines of context on each side of a doubtful line."""
_SURE_PLACE = 0.75


def notes_of(
    doubts: Sequence[Doubt],
    finished: Sequence[tuple[Imported, PlaceGuess]],
    furniture: Mapping[int, SourceLine],
    *,
    divided: bool = False,
) -> list[Note]:
    """Return all notes on a page, sorted by line. `divided` means that columns side by side were divided."""
    notes = [*(doubt.note for doubt in doubts), *notes_of_articles(finished)]
    notes += [Note(number, "furniture", _("像版面上的杂项，不算进文章。"), 0.9) for number in furniture]
    if divided:
        message = _("并排的栏已按栏间的空白分开，行号按分开以后的次序数。")
        notes.append(Note(1, "columns", message, 0.7))
    return sorted(notes, key=lambda note: (note.line, note.code))


def doubts_of(scores: Scores, decisions: Sequence[Decision], offsets: Mapping[int, int]) -> Iterator[Doubt]:
    """Yield the decisions whose margin is below `DOUBT`. `offsets` are those of the lines, by number."""
    facts = scores.facts
    for at, decision in enumerate(decisions):
        if decision.instead is None or decision.margin >= DOUBT or decision.label == "caption-join":
            continue
        code, number = _code(decision.label, decision.instead), facts[at].line.number
        message = _question(decision.label, decision.instead) + _reasons(scores, at, decision.label, decision.instead)
        note = Note(number, code, message, 1 / (1 + math.exp(-decision.margin)))
        first = max(0, at - AROUND)
        context = tuple(fact.line.text for fact in facts[first : at + AROUND + 1])
        yield Doubt(number, offsets[number], decision.label, decision.instead, note, context, at - first)


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
    return _("当作{this}，也可能是{other}。").format(this=label_name(label), other=label_name(instead))


def label_name(label: Label) -> str:
    """Return what a label is called on screen."""
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
        "row": _("单独的一行"),
    }
    return names[label]


def _reasons(scores: Scores, at: int, label: Label, instead: Label) -> str:
    """Return a sentence with the two signs that count most for `label` rather than `instead`, or an empty string."""
    this, other = LABELS.index(label), LABELS.index(instead)
    weights = scores.model.signs
    counted = {sign: weights[sign][this] - weights[sign][other] for sign in scores.signs[at] if sign in weights}
    words = _signs()
    strongest = sorted((sign for sign in counted if words.get(sign.split(" ")[0])), key=lambda sign: -counted[sign])
    said = list(dict.fromkeys(words[sign.split(" ")[0]] for sign in strongest if counted[sign] > 0))[:2]
    return _("依据：{signs}。").format(signs=_("、").join(said)) if said else ""


def _signs() -> dict[str, str]:
    """Return the wording of signs by the first words of their names. The others say nothing to the user."""
    return {
        "form": _("排满与否和末尾的标点"),
        "start": _("开头的字"),
        "length": _("字数"),
        "heading-shape": _("字数像标题"),
        "indent": _("缩进"),
        "indents": _("缩进"),
        "before": _("上一行的末尾"),
        "between": _("上一行的末尾"),
        "after": _("下一行的末尾"),
        "after-start": _("下一行的开头"),
        "commas": _("逗号的多少"),
        "no-comma": _("中间没有逗号"),
        "unbalanced": _("引号或括号不成对"),
        "lead": _("下文像导语"),
        "late-lead": _("下文像导语"),
        "no-dateline": _("下文没有讯头"),
        "dateline-below": _("下文有讯头"),
        "not-signed": _("上文没有署名"),
        "signed-above": _("上文有署名"),
        "cohesion": _("上下文是否一件事"),
        "siblings": _("有样式相同的标题"),
        "half-siblings": _("有样式相同的标题"),
        "no-siblings": _("没有样式相同的标题"),
        "stacked": _("下面还有一行标题"),
        "parts": _("分成几截"),
        "parts-even": _("分成几截"),
        "label": _("像栏目里的小标签"),
        "notice": _("像启事或图片新闻的标题"),
        "taken-up": _("下文是否重复其中的词"),
        "speech": _("像引述"),
        "dated": _("带日期"),
        "byline": _("像署名"),
        "byline-bare": _("像人名"),
        "next-byline": _("下一行像署名"),
        "run": _("前后都是短行"),
        "opens-caption": _("开头像图片说明"),
        "ends-caption": _("末尾像图片署名"),
        "under-pictures": _("在图片新闻下面"),
        "both-numbered": _("上下两行都带序号"),
    }
