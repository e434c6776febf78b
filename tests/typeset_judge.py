"""A judge of Chinese text set in lines, which compares rows of characters with their source.

It shares no code with `tui.typeset`: widths come from the Unicode database, numbers are found character by character,
and the two characters at a line break decide whether it is allowed.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

RULES = (
    *("start", "end", "pair", "token", "overflow", "lost", "extra"),
    *("indent", "ragged", "orphan", "flat", "lead", "merged"),
)
_WORDS = """
千瓦时 平方公里 平方米 立方米 百分点 分钟 小时 公里 公斤 周年 月份 年底 人次 万元 亿元 个月 时许
年 月 日 时 分 个 名 人 起 件 次 元 米 吨 岁 天 届 期 号 户 场 项 轮 对 万 亿 余 多
"""
MEASURE_WORDS = tuple(_WORDS.split())

_FOLDED = str.maketrans("，：；！？（）“”", ',:;!?()""')
_FLAT = set(",;:!?()")
_NEVER_FIRST = set("。，、；：！？．·・～–‐—…⋯‥々〻ー％‰℃°′″,.:;!?%/／")
_NEVER_LAST = set("￥＄№±/／")
_SCALES = "百千万亿"
_PAIRED = "…—⋯"


@dataclass(frozen=True)
class Fault:
    rule: str
    row: int
    what: str


@dataclass
class _Row:
    """One displayed row with text, and its source characters."""

    number: int
    text: str
    left: int
    right: int
    characters: list[tuple[int, int]] = field(default_factory=list)


@cache
def cells(character: str, ambiguous: int = 1) -> int:
    """Return the cells of a character (UAX #11, by Python's database)."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return {"W": 2, "F": 2, "A": ambiguous}.get(unicodedata.east_asian_width(character), 1)


def judge(
    paragraphs: Sequence[tuple[str, str]],
    rows: Sequence[str],
    measure: int,
    *,
    indent: int = 4,
    ambiguous: int = 1,
    gutter: int = 0,
    padded: bool = False,
) -> list[Fault]:
    """Return the faults of rows that should show these paragraphs (kind, text) in a column that begins at cell 0."""
    return list(_Judgement(paragraphs, rows, measure, indent, ambiguous, gutter, padded).faults())


class _Judgement:
    def __init__(
        self,
        paragraphs: Sequence[tuple[str, str]],
        rows: Sequence[str],
        measure: int,
        indent: int,
        ambiguous: int,
        gutter: int,
        padded: bool,
    ) -> None:
        self.measure, self.indent, self.ambiguous = measure, indent, ambiguous
        self.gutter, self.padded = gutter, padded
        self.kinds = [kind for kind, _ in paragraphs]
        self.texts = ["".join(text.split()) for _, text in paragraphs]
        self.spaces = [_spaces(text) for _, text in paragraphs]
        self.rows = [self._row(n, text) for n, text in enumerate(rows) if text.strip()]

    def faults(self) -> Iterator[Fault]:
        yield from self._align()
        for row in self.rows:
            if row.right > self.measure + self.gutter:
                yield Fault("overflow", row.number, row.text)
            if row.characters:
                yield from self._first(row)
        yield from self._flat()
        for above, row, below in zip([None, *self.rows], self.rows, [*self.rows[1:], None], strict=False):
            if row.characters:
                yield from self._break(above, row, below)

    def _width(self, text: str) -> int:
        return sum(cells(character, self.ambiguous) for character in text)

    def _row(self, number: int, text: str) -> _Row:
        text = text.rstrip()
        return _Row(number, text, self._width(text) - self._width(text.lstrip()), self._width(text))

    def _align(self) -> Iterator[Fault]:
        """Find the source character of each displayed one; yield faults for missing and extra characters."""
        source = [(n, k) for n, text in enumerate(self.texts) for k in range(len(text))]
        shown = [(row, c) for row in self.rows for c in row.text if not c.isspace()]
        wanted = "".join(self.texts).translate(_FOLDED)
        got = "".join(c for _, c in shown).translate(_FOLDED)
        if wanted == got:
            for (row, _), place in zip(shown, source, strict=True):
                row.characters.append(place)
            self._take_shown([c for _, c in shown])
            return
        for tag, a, b, c, d in difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
            if tag == "equal":
                for k in range(d - c):
                    shown[c + k][0].characters.append(source[a + k])
                continue
            if b > a:
                yield Fault("lost", -1, wanted[a:b])
            if d > c:
                yield Fault("extra", shown[c][0].number, got[c:d])

    def _take_shown(self, characters: list[str]) -> None:
        """Replace the paragraphs by the displayed text, which has restored punctuation."""
        at = 0
        for n, text in enumerate(self.texts):
            self.texts[n] = "".join(characters[at : at + len(text)])
            at += len(text)

    def _first(self, row: _Row) -> Iterator[Fault]:
        paragraph, at = row.characters[0]
        if any(other != paragraph for other, _ in row.characters):
            yield Fault("merged", row.number, row.text)
        if self.kinds[paragraph] != "paragraph":
            return
        allowed = {2} if self.measure <= 28 else {self.indent}
        if at == 0 and self.indent and row.left not in allowed:
            yield Fault("indent", row.number, row.text)
        if at > 0 and row.left:
            yield Fault("lead", row.number, row.text)

    def _flat(self) -> Iterator[Fault]:
        """Yield ASCII punctuation that is displayed beside Chinese."""
        for row in self.rows:
            text = "".join(row.text.split())
            for k, character in enumerate(text):
                if character not in _FLAT:
                    continue
                around = text[max(0, k - 1) : k] + text[k + 1 : k + 2]
                if len(around) == 2 and around.isascii() and around.isalnum():
                    continue
                if any(_is_han(neighbour) for neighbour in around):
                    yield Fault("flat", row.number, text[max(0, k - 4) : k + 4])

    def _break(self, above: _Row | None, row: _Row, below: _Row | None) -> Iterator[Fault]:
        paragraph, last = row.characters[-1]
        text = self.texts[paragraph]
        first = min(k for n, k in row.characters if n == paragraph)
        if last == len(text) - 1:
            if first > 0 and _letters(text[first:]) < 2 and self._has_more_than_one_unit(above, paragraph, first):
                yield Fault("orphan", row.number, text[first:])
            return
        if below is None or not below.characters or below.characters[0] != (paragraph, last + 1):
            return
        k = last + 1
        around = f"{text[max(0, k - 4) : k]}|{text[k : k + 4]}"
        if k in self.spaces[paragraph]:
            pass
        elif whole := _token(text, k):
            if self._could_be_whole(text, whole, k, row):
                yield Fault("token", row.number, around)
        elif _inside_pair(text, k):
            yield Fault("pair", row.number, around)
        elif _never_first(text, k):
            yield Fault("start", row.number, around)
        elif _never_last(text, k):
            yield Fault("end", row.number, around)
        yield from self._ragged(row, below, paragraph, k)

    def _has_more_than_one_unit(self, above: _Row | None, paragraph: int, end: int) -> bool:
        """Return whether a unit can be taken from the line above; a number that fills the line stays."""
        if above is None or not above.characters:
            return True
        begin = min((k for n, k in above.characters if n == paragraph), default=0)
        return any(k in self.spaces[paragraph] or _may_break(self.texts[paragraph], k) for k in range(begin + 1, end))

    def _could_be_whole(self, text: str, whole: tuple[int, int, int], k: int, row: _Row) -> bool:
        """Return whether a unit should not have been split. It may be if longer than a line or too costly to keep."""
        start, seam, end = whole
        if self._width(text[start:end]) > self.measure - row.left:
            return False
        hole = self.measure - row.right + self._width(text[start:k])
        return not (k == seam and end - seam >= 2 and hole > 6)

    def _ragged(self, row: _Row, below: _Row, paragraph: int, k: int) -> Iterator[Fault]:
        missing = self.measure - row.right
        if self.kinds[paragraph] != "paragraph" or missing < 3:
            return
        text, spaces = self.texts[paragraph], self.spaces[paragraph]
        end = k + 1
        while end < len(text) and end not in spaces and not _may_break(text, end):
            end += 1
        unit = self._width(text[k:end]) + (k in spaces)
        if self.padded and text[k] in "“‘" and _letters(text[k - 1]):
            unit += 1
        leaves_orphan = (
            below.characters[-1] == (paragraph, len(text) - 1) and end < len(text) and _letters(text[end:]) < 2
        )
        if unit <= missing and not leaves_orphan:
            yield Fault("ragged", row.number, f"{row.text[-6:]}|{text[k:end]}")


def _spaces(text: str) -> set[int]:
    """Return the indices of characters after a space, counted without spaces."""
    found: set[int] = set()
    count = 0
    for before, character in zip(" " + text, text, strict=False):
        if not character.isspace():
            if before.isspace() and count:
                found.add(count)
            count += 1
    return found


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\u3001" <= character <= "\u3011" or character in "—…“”‘’"


def _letters(text: str) -> int:
    return sum(unicodedata.category(character)[0] in "LN" for character in text)


def _is_word(character: str) -> bool:
    return character.isalnum() and cells(character) == 1


def _inside_pair(text: str, k: int) -> bool:
    """Return whether a position is inside a pair of dots or dashes, counted from the start of the run."""
    if text[k] != text[k - 1] or text[k] not in _PAIRED:
        return False
    begin = k
    while begin and text[begin - 1] == text[k]:
        begin -= 1
    return (k - begin) % 2 == 1


def _never_first(text: str, k: int) -> bool:
    return text[k] in _NEVER_FIRST or unicodedata.category(text[k]) in ("Pe", "Pf")


def _never_last(text: str, k: int) -> bool:
    return text[k - 1] in _NEVER_LAST or unicodedata.category(text[k - 1]) in ("Ps", "Pi", "Sc")


def _token(text: str, k: int) -> tuple[int, int, int] | None:
    """Return the number or word that a break before `k` splits, as (start, start of its measure word, end), or None."""
    return _tokens(text).get(k)


@lru_cache(maxsize=512)
def _tokens(text: str) -> dict[int, tuple[int, int, int]]:
    """Return the number or word at every position inside one."""
    inside: dict[int, tuple[int, int, int]] = {}
    at = 0
    while at < len(text):
        if not _is_word(text[at]):
            at += 1
            continue
        seam, end = _walk(text, at)
        start = at - 1 if at and text[at - 1] == "第" and text[at].isdigit() else at
        inside.update(dict.fromkeys(range(start + 1, end), (start, seam, end)))
        at = end
    return inside


def _after_join(text: str, k: int) -> int:
    """Return where a word or number continues after the signs at `k`, or -1 if it does not."""
    on = k
    while on < len(text) and text[on] in ".,:/-'’_@&+#=?~":
        on += 1
    if on == k or on >= len(text) or not _is_word(text[on]) or not _is_word(text[k - 1]):
        return -1
    if text[k - 1].isdigit() and text[on].isdigit():
        return on if on == k + 1 and text[k] in ".,:/" else -1
    return -1 if "," in text[k:on] else on


def _walk(text: str, begin: int) -> tuple[int, int]:
    """Return the start of the measure word (the end if there is none) and the end of the word or number at `begin`."""
    at = begin
    while at < len(text):
        if _is_word(text[at]):
            at += 1
        elif (on := _after_join(text, at)) > 0:
            at = on
        else:
            break
    if not text[at - 1].isdigit():
        return at, at
    if at < len(text) and text[at] in "%‰％℃":
        at += 1
    scaled = _scales(text, at)
    about = scaled
    if about < len(text) and text[about] in "余多来几":
        about = _scales(text, about + 1)
    for seam in (about, scaled):
        word = next((word for word in MEASURE_WORDS if text.startswith(word, seam)), "")
        if word:
            return seam, seam + len(word)
    return scaled, scaled


def _scales(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SCALES and text[at + 1 : at + 2] not in ("瓦", "米", "克", "伏"):
        at += 1
    return at


def _may_break(text: str, k: int) -> bool:
    """Return whether a line may certainly end before `k`."""
    both_ascii = text[k - 1].isascii() and text[k].isascii()
    return not (_inside_pair(text, k) or _never_first(text, k) or _never_last(text, k) or _token(text, k) or both_ascii)
