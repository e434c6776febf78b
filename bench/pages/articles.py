"""Generation of articles from the texts, with their true fields, before they are laid out on a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tui.gazetteer import Gazetteer, Place

from .texts import DECKS, KICKERS, MATTERS, NOTICES, PEOPLE, Matter

Filled = Callable[[str], str]
"""Function that replaces the placeholders in braces."""

BYLINES = ("none", "closing", "above", "in the last paragraph", "after the dateline", "some")
DATELINES = ("none", "place", "本报讯", "新华社", "some")


@dataclass
class Made:
    """A generated article with its true fields, in full-width punctuation."""

    title: list[str]
    dateline: str | None = None
    place: str | None = None
    authors: list[str] = field(default_factory=list)
    byline: str = ""
    byline_at: str = ""
    """Position of the byline: closing, above, in the last paragraph, after the dateline, or empty."""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    """Kind and text, in order."""
    credits: dict[int, str] = field(default_factory=dict)
    """Credit printed after a caption, by the caption's index in `pieces`."""
    lines: list[tuple[str, str]] = field(default_factory=list)
    """Kind and text of the printed lines, for articles of a form that the other fields do not describe."""


@dataclass(frozen=True)
class Habits:
    """The editing style of a page."""

    bylines: str
    datelines: str
    subheads: bool
    captions: bool
    stacked: bool
    """Whether headlines take several lines, with kickers and decks."""


def articles(random: Random, habits: Habits, gazetteer: Gazetteer, count: int) -> list[Made]:
    """Return the articles of one page, each about a different matter."""
    made = [_report(random, matter, habits, gazetteer) for matter in random.sample(MATTERS, min(count, len(MATTERS)))]
    if random.random() < 0.25:
        made.insert(random.randrange(1, len(made) + 1), _notice(random))
    return made


def _report(random: Random, matter: Matter, habits: Habits, gazetteer: Gazetteer) -> Made:
    place = random.choice([place for place in gazetteer.places if place.level == "county" and place.seat != "城关"])
    authority = place.name + random.choice(("公安局", "公安局", "公安分局"))
    names = random.sample(PEOPLE, random.choice((1, 1, 2, 2, 3)))

    def filled(text: str) -> str:
        day = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
        return text.format(local=authority, day=day, n=random.randint(2, 60), person=random.choice(PEOPLE))

    made = Made(_title(random, matter, habits, filled))
    _file_and_sign(random, made, habits, place, names)
    made.pieces = _body(random, matter, habits, filled)
    if habits.captions and random.random() < 0.5:
        _add_caption(random, made, filled(random.choice(matter.captions)))
    if made.place is None and authority in "".join([*made.title, *(text for _kind, text in made.pieces)]):
        made.place = place.label
    return made


def _title(random: Random, matter: Matter, habits: Habits, filled: Filled) -> list[str]:
    parts = filled(random.choice(matter.headlines)).split(" ")
    if habits.stacked and random.random() < 0.3:
        parts = [*random.choice(KICKERS).split(" "), *parts]
    if habits.stacked and random.random() < 0.3:
        parts.append(filled(random.choice(DECKS)))
    return parts


def _file_and_sign(random: Random, made: Made, habits: Habits, place: Place, names: list[str]) -> None:
    filed = random.choice(("place", "本报讯", "none")) if habits.datelines == "some" else habits.datelines
    signed = random.choice(("closing", "none")) if habits.bylines == "some" else habits.bylines
    town = place.seat if place.seat and random.random() < 0.4 else place.label
    date = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
    if filed != "none":
        made.dateline = {"place": f"{town}讯", "本报讯": "本报讯", "新华社": f"新华社{place.label}{date}电"}[filed]
        made.place = None if filed == "本报讯" else place.label
    if signed == "after the dateline" and made.dateline is None:
        signed = "none"
    if signed != "none":
        made.authors, made.byline_at = names, signed
        role = {"above": ("本报记者 ", "□记者 ", "□"), "after the dateline": ("记者 ", "记者", "通讯员 ")}.get(
            signed, ("", "", "记者 ")
        )
        text = random.choice(role) + random.choice((" ", "、")).join(names)
        made.byline = text if signed == "above" else f"（{text}）"


def _body(random: Random, matter: Matter, habits: Habits, filled: Filled) -> list[tuple[str, str]]:
    sentences = [filled(text) for text in random.sample(matter.sentences, len(matter.sentences))]
    pieces: list[tuple[str, str]] = [("paragraph", filled(random.choice(matter.leads)) + sentences.pop())]
    sections = random.choice((2, 3, 4)) if habits.subheads and random.random() < 0.4 else 0
    subheads = random.sample(matter.subheads, sections)
    numbered = random.random() < 0.2
    while sentences:
        if subheads and len(sentences) <= len(matter.sentences) * len(subheads) // max(1, sections):
            head = subheads.pop()
            number = "一二三四"[sections - len(subheads) - 1]
            pieces.append(("subhead", f"{number}、{head}" if numbered else head))
        taken = min(len(sentences), random.choice((1, 1, 2, 2, 3)))
        pieces.append(("paragraph", "".join(sentences.pop() for _ in range(taken))))
    pieces.append(("paragraph", filled(random.choice(matter.endings))))
    return pieces


def _add_caption(random: Random, made: Made, caption: str) -> None:
    person = random.choice(PEOPLE)
    if random.random() < 0.4:
        caption = "图为" + caption
    elif made.byline_at != "closing" or random.random() < 0.5:
        made.credits[len(made.pieces)] = random.choice(
            (f"{person}摄", f"{person} 摄", f"（{person} 摄）", f"本报记者 {person} 摄")
        )
        made.authors = [*made.authors, *([person] if person not in made.authors else [])]
    made.pieces.append(("caption", caption))


def _notice(random: Random) -> Made:
    title, text = random.choice(NOTICES)
    day = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
    return Made([title], pieces=[("paragraph", text.format(day=day, person=random.choice(PEOPLE)))])


def flattened(text: str) -> str:
    """Replace full-width punctuation with ASCII, as text extraction does."""
    return re.sub("[，：；？！（）]", lambda found: chr(ord(found[0]) - 0xFEE0), text)
