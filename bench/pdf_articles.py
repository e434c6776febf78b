"""Setting of one generated article in an area of a printed page: headline, pictures, captions, columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from .pages.articles import Made
from .pages.texts import KICKERS
from .pdf_flow import Area, Columns, Draw, TextPiece, Type, ems, even_lines, fitting

_MOST_COLUMNS = 6


@dataclass(frozen=True)
class PageStyle:
    """The typographic habits of a page."""

    type: Type
    gutter: float
    """Points between the columns of an article."""
    measure: float
    """Em. Wished width of a column."""
    indent: float
    head_face: str
    head_align: str
    heads: Sequence[str]
    """Kinds of headlines, one drawn for each article: over, part, vertical, beside."""
    head_scale: float
    subhead: TextPiece
    """Model of the subheads."""
    caption_face: str
    caption_scale: float
    captions: Sequence[str]
    """Places of captions, one drawn for each picture: below, above, left, right, inside."""
    pictures: Sequence[str]
    """Places of pictures: top, corner, wrap."""
    drop_caps: bool
    column_rules: bool
    border: str
    """What surrounds an article: nothing, a frame or a tint."""


@dataclass
class SetArticle:
    """An article as it was set: what is drawn, its true fields, and where it ends."""

    drawn: list[Draw]
    made: Made
    bottom: float


def drawn_style(random: Random, size: float) -> PageStyle:
    """Return the habits of a page with body text of `size` points."""
    indent = random.choice((2.0, 2.0, 2.0, 2.0, 1.0, 0.0))
    subheads = (
        TextPiece("subhead", "", "hei", 1.0, 2.0),
        TextPiece("subhead", "", "hei", 1.1, 0.0, "centre", 0.5),
        TextPiece("subhead", "", "round", 1.0, 2.0),
        TextPiece("subhead", "", "round", 1.0, 0.0, "centre", 0.3),
        TextPiece("subhead", "", "song", 1.15, 2.0, "left", 0.4),
        TextPiece("subhead", "", "song", 1.0, 0.0, "centre", 0.6),
        TextPiece("subhead", "", "kai", 1.0, 2.0, "left", 0.4),
    )
    caption_face = random.choice(("song", "kai", "kai", "fangsong", "hei"))
    scales = (0.8, 0.85, 0.9) if caption_face == "song" else (0.85, 0.9, 1.0)
    return PageStyle(
        Type(size, random.uniform(1.3, 1.75), random.random() < 0.8, random.random() < 0.3),
        random.uniform(1.2, 2.4) * size,
        random.choice((10.0, 12.0, 14.0, 17.0, 20.0)),
        indent,
        random.choice(("hei", "song", "round", "hei")),
        random.choice(("left", "centre", "centre")),
        random.choice(
            (("over",), ("over", "over", "part"), ("over", "vertical"), ("over", "part", "vertical", "beside"))
        ),
        random.choice((1.6, 1.9, 2.3, 2.8)),
        random.choice(subheads),
        caption_face,
        random.choice(scales),
        random.choice((("below",), ("below",), ("below", "right", "left"), ("inside",), ("below", "above", "inside"))),
        random.choice((("top",), ("top", "corner"), ("wrap",), ("top", "wrap", "corner"))),
        random.random() < 0.15,
        random.random() < 0.3,
        random.choice(("", "", "", "frame", "tint")),
    )


def pieces_of(made: Made, style: PageStyle) -> list[TextPiece]:
    """Return what is set in the columns of an article; captions and bylines above the text are not."""
    pieces: list[TextPiece] = []
    last = max((at for at, (kind, _text) in enumerate(made.pieces) if kind == "paragraph"), default=-1)
    for at, (kind, text) in enumerate(made.pieces):
        space = 0.5 if not style.indent and pieces else 0.0
        if kind == "subhead":
            pieces.append(replace(style.subhead, text=text))
        elif kind == "row":
            pieces.append(TextPiece("row", text, cells=tuple(text.split(" ")) if " " in text else ()))
        elif kind == "jump":
            pieces.append(TextPiece("row", text, indent=0.0, align="right"))
        elif kind == "paragraph":
            opening = 0
            if made.dateline and not any(piece.kind == "paragraph" for piece in pieces):
                bracket = made.byline if made.byline_at == "after the dateline" else ""
                text = f"{made.dateline}{bracket}\u3000{text}"
                opening = len(made.dateline)
            if at == last and made.byline_at == "in the last paragraph":
                text += made.byline
            pieces.append(TextPiece("paragraph", text, indent=style.indent, space=space, opening=opening))
    if made.byline_at == "closing":
        pieces.append(TextPiece("byline", made.byline.replace(" ", "\u3000"), "kai", 1.0, 0.0, "right"))
    return pieces


class ArticleSetter:
    """One attempt to set an article in an area of a page."""

    def __init__(self, random: Random, style: PageStyle, area: Area, columns: int = 0) -> None:
        self.random = random
        self.style = style
        self.em = style.type.size
        self.drawn: list[Draw] = []
        self.outer = area
        pad = 0.9 * self.em if style.border else 0.0
        self.area = area[0] + pad, area[1] + pad, area[2] - pad, area[3] - pad
        self.pad = pad
        fitting_columns = round((self._width + style.gutter) / (style.measure * self.em + style.gutter))
        self.columns = columns or min(_MOST_COLUMNS, max(1, fitting_columns))
        self.obstacles: list[Area] = []

    @property
    def _width(self) -> float:
        return self.area[2] - self.area[0]

    def set(self, made: Made, spare: Sequence[str] = ()) -> SetArticle | None:
        """Set as much of an article as fits, or return None. `spare` paragraphs are added if there is room."""
        cells = max(
            (sum(ems(cell) + 1.5 for cell in text.split(" ")) for what, text in made.pieces if what == "row"), default=0
        )
        while cells and self.columns > 1 and self._width / self.columns < cells * self.em + self.style.gutter:
            self.columns -= 1
        kinds = [kind for kind in self.style.heads if kind == "over" or self.columns >= {"vertical": 2}.get(kind, 3)]
        kind = self.random.choice(kinds or ["over"])
        areas = self._headline(made, kind)
        captions = [at for at, (kind_, _text) in enumerate(made.pieces) if kind_ == "caption"]
        body = [piece for piece in made.pieces if piece[0] != "caption"]
        if captions and areas and not self._picture(made, captions[0], areas):
            captions = []
        if not areas:
            return None
        made = made if captions else without_captions(made)
        return self._text(made, body, captions, areas, spare)

    def _text(
        self,
        made: Made,
        body: list[tuple[str, str]],
        captions: Sequence[int],
        areas: list[Area],
        spare: Sequence[str],
    ) -> SetArticle | None:
        rows = any(kind == "row" for kind, _text in body)
        body = body + [("paragraph", text) for text in ([] if rows else spare)]
        kept = [made.pieces[at] for at in captions[:1]]
        credits = {0: made.credits[captions[0]]} if captions and captions[0] in made.credits else {}
        cap = bool(
            self.style.drop_caps and body[0][0] == "paragraph" and not made.dateline and body[0][1][0] not in "“"
        )
        while body:
            done = replace(made, pieces=[*kept, *body], credits=credits)
            if body[-1][0] != "subhead" and (columns := self._balanced(pieces_of(done, self.style), areas, cap=cap)):
                return self._finish(done, columns)
            body.pop()
        return None

    def _balanced(self, pieces: list[TextPiece], areas: list[Area], *, cap: bool) -> Columns | None:
        """Return the columns filled to about one height, or None if the pieces do not fit."""
        highest = max(area[1] for area in areas) + 2 * self.style.type.pitch
        lowest = self.area[3]
        best = self._filled(pieces, areas, lowest, cap=cap)
        low = highest
        while best and lowest - low > 2:
            middle = (low + lowest) / 2
            found = self._filled(pieces, areas, middle, cap=cap)
            if found:
                best, lowest = found, middle
            else:
                low = middle
        return best

    def _filled(self, pieces: list[TextPiece], areas: list[Area], bottom: float, *, cap: bool) -> Columns | None:
        bounded = [(left, top, right, min(bottom, low)) for left, top, right, low in areas]
        columns = Columns(bounded, self.style.type, self.obstacles)
        if cap:
            pieces = [replace(pieces[0], text=pieces[0].text[1:], indent=0.0), *pieces[1:]]
        if cap and not any(one[0] < bounded[0][2] and one[2] > bounded[0][0] for one in self.obstacles):
            pitch = self.style.type.pitch
            size, (left, top, _right, _low) = pitch + 0.9 * self.em, bounded[0]
            columns.obstacles = [*self.obstacles, (left, top, left + size + 0.3 * self.em, top + 2 * pitch - 0.1)]
            letter = self._first
            columns.say(left, top + 2 * pitch - 0.2 * self.em, size, letter, "song")
        elif cap:
            return None
        return columns if columns.put(pieces) else None

    _first = ""

    def _finish(self, made: Made, columns: Columns) -> SetArticle:
        bottoms = [columns.areas[at][3] for at in range(columns.at + 1)]
        bottom = max([columns.down if columns.at == 0 else max(bottoms), *(one[3] for one in self.obstacles)])
        drawn = [*self.drawn, *(draw for _at, draw in columns.drawn)]
        if self.style.column_rules:
            for one, other in zip(columns.areas[: columns.at], columns.areas[1 : columns.at + 1], strict=True):
                x, top = (one[2] + other[0]) / 2, max(one[1], other[1])
                if not any(hole[0] < x < hole[2] for hole in self.obstacles):
                    drawn.append(lambda page, x=x, top=top: page.box(x, top, x + 0.4, bottom))  # type: ignore[misc]
        left, top, right, _low = self.outer
        edge = bottom + self.pad
        if self.style.border == "frame":
            drawn.append(lambda page: page.frame(left, top, right, edge))
        elif self.style.border == "tint":
            drawn.insert(0, lambda page: page.box(left, top, right, edge, 0.9))
        return SetArticle(drawn, made, edge)

    def _headline(self, made: Made, kind: str) -> list[Area]:
        """Draw the headline and return the areas of the columns; an empty list if there is no room."""
        left, top, right, bottom = self.area
        gutter, count = self.style.gutter, self.columns
        self._first = next((text[0] for what, text in made.pieces if what == "paragraph"), "")
        if kind == "vertical":
            return self._vertical(made, count)
        wide = (right - left - (count - 1) * gutter) / count
        lefts = [left + at * (wide + gutter) for at in range(count)]
        if kind == "beside":
            y = self._lines(made, left, top + 0.5 * (bottom - top) * self.random.random() * 0.3, lefts[0] + wide)
            if y > bottom:
                return []
            self.obstacles.append((left, top, lefts[0] + wide, y))
            return [(x, top, x + wide, bottom) for x in lefts[1:]]
        over = max(2, count // 2) if kind == "part" else count
        y = self._lines(made, left, top, lefts[over - 1] + wide) + 0.5 * self.em
        if y > bottom - 3 * self.style.type.pitch:
            return []
        return [(x, y if at < over else top, x + wide, bottom) for at, x in enumerate(lefts)]

    def _lines(self, made: Made, left: float, y: float, right: float) -> float:
        """Draw the lines of a headline and a byline between `left` and `right`; return where they end."""
        style, wide = self.style, right - left
        equal = self.random.random() < 0.1
        for part in made.title:
            small = not equal and is_minor(part)
            size = max(1.4, style.head_scale * (0.65 if small else 1.0)) * self.em
            size = max(1.35 * self.em, min(size, wide / min(ems(part), 14)))
            if small and self.random.random() < 0.5:
                size = max(1.2 * self.em, 0.6 * size)
            for line in even_lines(part, wide / size):
                y += 1.2 * size
                room = wide - ems(line) * size
                x = left + (room / 2 if style.head_align == "centre" else 0)
                face = style.head_face if not small else "kai"
                self._say(x, y - 0.15 * size, size, line, face)
        if made.byline_at == "above":
            y += 1.6 * self.em
            text = made.byline.replace(" ", "\u3000")
            room = wide - ems(text) * self.em
            face = self.random.choice(("kai", "song"))
            self._say(left + (room / 2 if style.head_align == "centre" else 0), y, self.em, text, face)
            y += 0.4 * self.em
        return y

    def _vertical(self, made: Made, count: int) -> list[Area]:
        """Draw a headline from top to bottom at the left or right side of the article."""
        left, top, right, bottom = self.area
        longest = max(map(len, made.title))
        size = min(self.style.head_scale * self.em, (bottom - top) / longest / 1.1)
        if size < 1.4 * self.em or any(character.isascii() for character in "".join(made.title)):
            return []
        room = len(made.title) * 1.25 * size + 0.8 * self.em
        at_left = self.random.random() < 0.5
        x = (left + room if at_left else right) - 1.1 * size
        for part in made.title:
            for at, character in enumerate(part):
                self._say(x, top + (at + 0.9) * 1.06 * size, size, character, self.style.head_face)
            x -= 1.25 * size
        self.obstacles.append(
            (left if at_left else right - room, top, left + room if at_left else right, top + longest * 1.1 * size)
        )
        left, right = (left + room, right) if at_left else (left, right - room)
        gutter = self.style.gutter
        wide = (right - left - (count - 1) * gutter) / count
        if wide < 7 * self.em:
            return []
        down = 0.0
        if made.byline_at == "above":
            down = 1.7 * self.em
            self._say(left, top + self.em, self.em, made.byline.replace(" ", "\u3000"), "kai")
        return [
            (left + at * (wide + gutter), top + (0 if at else down), left + at * (wide + gutter) + wide, bottom)
            for at in range(count)
        ]

    def _say(self, x: float, y: float, size: float, text: str, face: str) -> None:
        self.drawn.append(lambda page: page.text(x, y, size, text, face))

    def _picture(self, made: Made, at: int, areas: list[Area]) -> bool:
        """Draw a picture with its caption, as an obstacle to the text. Return whether there is room for it."""
        random, em = self.random, self.em
        kind = random.choice(self.style.pictures)
        count = len(areas)
        spans = random.randint(1, max(1, min(3, count - 1)))
        first = {"top": random.randint(0, count - spans), "corner": count - spans}.get(kind, 0)
        if kind == "wrap" and count < 2:
            kind = "top"
        top = max(area[1] for area in areas[first : first + spans])
        left, right = areas[first][0], areas[first + spans - 1][2]
        room = self.area[3] - top
        if kind == "wrap":
            middle = random.randint(0, count - 2)
            left = areas[middle][2] - 0.45 * (areas[middle][2] - areas[middle][0])
            right = areas[middle + 1][0] + 0.45 * (areas[middle + 1][2] - areas[middle + 1][0])
            if areas[middle][2] - areas[middle][0] < 11 * em:
                left, right = areas[middle][0], areas[middle + 1][2]
            top += random.randint(2, 6) * self.style.type.pitch
            room = self.area[3] - top
        high = min((right - left) * random.uniform(0.5, 0.8), 0.4 * room)
        if high < 4 * em or right - left < 8 * em:
            return False
        text = made.pieces[at][1] + made.credits.get(at, "").replace(" ", "\u3000")
        self._with_caption(text, (left, top, right, top + high), random.choice(self.style.captions))
        return True

    def _with_caption(self, text: str, picture: Area, place: str) -> None:
        left, top, right, bottom = picture
        em, size = self.em, self.em * self.style.caption_scale
        pitch = 1.35 * size
        wide = right - left
        if place in ("left", "right") and wide > 20 * em:
            share = 0.35 * wide
            words = (right - share + 0.6 * em, right) if place == "right" else (left, left + share - 0.6 * em)
            lines = list(_caption_lines(text, (words[1] - words[0]) / size))
            if len(lines) * pitch <= bottom - top:
                picture = (left, top, right - share, bottom) if place == "right" else (left + share, top, right, bottom)
                y = self.random.choice((top, bottom - len(lines) * pitch))
                self._caption(lines, words[0], y, size, picture)
                self._keep_out(left, top, right, bottom)
                return
        lines = list(_caption_lines(text, (wide - (0.8 * em if place == "inside" else 0)) / size))
        high = len(lines) * pitch
        if place == "inside" and high < 0.6 * (bottom - top):
            self._caption(lines, left + 0.4 * em, bottom - high - 0.4 * em, size, picture, white=True)
        elif place == "above":
            self._caption(lines, left, top, size, (left, top + high + 0.5 * em, right, bottom + high + 0.5 * em))
            bottom += high + 0.5 * em
        else:
            self._caption(lines, left, bottom + 0.3 * em, size, picture)
            bottom += high + 0.5 * em
        self._keep_out(left, top, right, bottom)

    def _keep_out(self, left: float, top: float, right: float, bottom: float) -> None:
        em = self.em
        self.obstacles.append((left - 0.6 * em, top - 0.5 * em, right + 0.6 * em, bottom + 0.4 * em))

    def _caption(
        self, lines: Sequence[str], x: float, y: float, size: float, picture: Area, *, white: bool = False
    ) -> None:
        face = self.style.caption_face
        self.drawn.append(lambda page: page.box(*picture, 0.25 if white else 0.75))
        for at, line in enumerate(lines):
            baseline = y + (at + 0.85) * 1.35 * size
            self.drawn.append(
                lambda page, baseline=baseline, line=line: page.text(x, baseline, size, line, face, 0.0, white)  # type: ignore[misc]
            )


def without_captions(made: Made) -> Made:
    """Return an article without its captions and their credits."""
    authors = [name for name in made.authors if name in made.byline]
    return replace(made, pieces=[one for one in made.pieces if one[0] != "caption"], authors=authors, credits={})


def is_minor(part: str) -> bool:
    """Return whether a part of a headline is a kicker or a deck."""
    return part.startswith("——") or any(part in text.split(" ") for text in KICKERS)


def _caption_lines(text: str, measure: float) -> Iterator[str]:
    while text:
        taken = fitting(text, measure)
        yield text[:taken]
        text = text[taken:].lstrip("\u3000")
