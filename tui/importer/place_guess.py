"""Determination of an article's place, from its dateline or else from the weighted places in its text.

A dateline overrides everything (锡林郭勒讯 above a text about 锡林浩特). Otherwise the place is a league with half of
the total weight, or the county in it with half of the league's weight; without such a league, it is the region. No
place is better than a wrong one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..gazetteer import Gazetteer, Place
from ..segmentation import WordTable, common_words
from .other_places import ELSEWHERE

_AUTHORITY = re.compile(
    r"^(?:市|县|区|旗|盟)?(?:公安|分局|法院|人民法院|检察|人民检察|司法局|派出所|交警|交管|刑警|刑侦|特警|巡警|禁毒|消防|森林公安|边境管理|"
    r"政法委|应急|人民政府|政府|委|纪委|税务|教育局|卫健|农牧|市场监管|融媒体|气象|林草|民政|人社|住建|审计|看守所|监狱|团委|妇联|"
    r"总工会|人大|政协|供电)"
)
_BODY = re.compile("市?(?:公安局|人民法院|人民检察院|检察院)?")
_ON_THE_WAY = re.compile(r"(?:在|赴|到|从|往|至|去|抵达|前往|来自|途经|籍)(?:内蒙古(?:自治区)?)?$")
_AMBIGUOUS = frozenset(
    ["自治区", "全区", "和林", "西乌", "东乌", "西苏", "东苏", "杭后", "二连", "锡市", "额市", "太旗", "陈旗"]
)
_HEADLINE, _FIRST, _REST = 3.0, 2.0, 1.0
_OF_AN_AUTHORITY, _ON_ITS_WAY, _SHORT_ALONE = 3.0, 0.5, 0.2
"""Factors of a mention: before the name of an authority; of a place to which someone goes; of a short form in a text
that names neither the place in full nor any other place of the region."""
_COMMON_NOUNS = frozenset(("清水河", "四子王"))
_UNITS = frozenset("县旗市区盟")
_NOT_A_PLACE = re.compile(
    r"^(?:多(?!个|名|次|年|位|家|处|地|人)|[东西南北中]?(?:[一二三四五]?(?:路|街|巷|号线)|大街|大道|胡同|桥|立交|大厦|宾馆|饭店|"
    r"酒店|大酒店|广场|花园|小区|家园|站|杯|牌|烤|羊肉|舞|长调))"
)
"""Text after a place's name that makes it another name: 多伦多, 呼伦贝尔路, 包头街."""
_CITY_BEFORE = re.compile(r"([一-鿿]{2,5}?)(?:省|市)(?:公安局|人民法院|人民检察院|检察院|人民政府)?$")
_ADJECTIVE = re.compile(r"(?:千年|百年|古都|历史|大|隋唐|国际|殷|的|之|新|老|古)$")
"""What makes a short form a common noun, as in 千年商都. A short form is a place's name without 县, 旗, 市 or 区."""
_MANCHU_BANNER, _MANCHU = re.compile("正蓝旗|镶黄旗"), re.compile("八旗|满洲(?!里)|清[代朝末初]|旗人|佐领")
"""Banners of Inner Mongolia that have the name of one of the Eight Banners, and words of texts about those."""
_STARTS_ALONE = frozenset(
    "的了着过地得是在有和与及或同对向从自由于以为被把将让给到往也都就还又其这那各每人市县区旗盟镇乡站籍城民警方东南西北中"
)
"""Characters that may follow a place's name as words of their own."""
_MORE_WORDS = re.findall(
    r"\S+",
    "石材 石料 石化 屯田 屯垦 屯粮 峰值 头条 头羊 布料 布展 特产 特战 特种 纳税 里程 里弄 勒索 勒令 托管 托运 托盘 "
    "边检 边防 警方 警务 警犬 水务 水利 城管 法官 检方 交警 特警 消防 税务 路政 供电 供热 医保 社保 海关 口岸 机场 "
    "铁路 民航",
)
"""Words beside or across the end of a place's name that the table of common words lacks."""
_AROUND = 12
"""Characters on each side of a name in which words may contain it or overlap with it."""
_SLIGHT = 2.0
"""Points. A lower total weight means one passing mention, which is ignored."""
_LONGEST = 20_000
"""Code points. Only this much of an article is searched for places."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What a whole text says about the places in it."""

    elsewhere: frozenset[str]
    """Names that it uses for districts of cities outside the gazetteer."""
    known: frozenset[int]
    """Codes of the places that it names in full."""
    inner: bool
    """Whether it names any place of the gazetteer in full, other than a district."""


@dataclass(frozen=True, slots=True)
class PlaceGuess:
    """A place, or None, with its confidence from 0 to 1."""

    place: Place | None
    confidence: float
    reason: str
    """Code of the note on a doubtful place: empty, `ambiguous-place` or `weighed-place`."""


class PlaceFinder:
    """A gazetteer prepared for finding places in text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._codes = dict(_forms(gazetteer))
        self._branches = dict(_branches(gazetteer))
        names = sorted({*self._codes, *self._branches}, key=lambda name: (-len(name), name))
        self._words = _words_with(tuple(names))
        self._pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")

    def place_of(self, dateline: str, title: Sequence[str], paragraphs: Sequence[str]) -> PlaceGuess:
        """Determine the place of an article. `dateline` is the place in its dateline, or empty."""
        weights, authority, elsewhere = self._weights(title, paragraphs)
        named = self._named(dateline) if dateline else ()
        if len(named) == 1:
            return PlaceGuess(named[0], 1.0, "")
        if named:
            return self._most_named(named, weights)
        total = sum(weights.values())
        if dateline and total < _OF_AN_AUTHORITY * (2 if ELSEWHERE.search(dateline) else 1):
            return PlaceGuess(None, 0.8, "weighed-place")
        if 0 < total < _SLIGHT or (total < elsewhere and not authority):
            return PlaceGuess(None, 0.6, "weighed-place")
        return self._weighed(weights)

    def hierarchy(self, place: Place | None) -> tuple[str, ...]:
        """Return the labels of the league and the county, outermost first; empty for None and for the region."""
        if place is None or place.level == "region":
            return ()
        return tuple(one.label for one in (*reversed(self.gazetteer.above(place)), place))

    def _named(self, name: str) -> tuple[Place, ...]:
        for form in (name, name.removesuffix("镇"), *(name + suffix for suffix in "县旗市区盟")):
            found = self.gazetteer.resolve(form)
            if found:
                return found
        ending = max((form for form in self._codes if name.endswith(form)), key=len, default="")
        place = self.gazetteer.by_id(self._codes.get(ending))
        return (place,) if place else ()

    def _most_named(self, places: Sequence[Place], weights: Mapping[int, float]) -> PlaceGuess:
        """Choose among counties with a seat of the same name (城关) by mentions of each county and its league."""

        def named(place: Place) -> float:
            above = sum(weights.get(one.id, 0.0) for one in self.gazetteer.above(place))
            return weights.get(place.id, 0.0) * 4 + above

        best = max(places, key=named)
        others = max(named(place) for place in places if place != best)
        if named(best) <= others:
            return PlaceGuess(None, 0.5, "ambiguous-place")
        return PlaceGuess(best, 0.9 if named(best) > 2 * others else 0.6, "ambiguous-place")

    def _weighed(self, weights: Mapping[int, float]) -> PlaceGuess:
        leagues: dict[int, float] = defaultdict(float)
        for code, weight in weights.items():
            place = self.gazetteer.by_id(code)
            if place and place.level != "region":
                leagues[next((above.id for above in self.gazetteer.above(place)), code)] += weight
        region = self.gazetteer.region
        total = sum(leagues.values())
        if not total:
            return PlaceGuess(region if weights else None, 0.95, "weighed-place")
        league = max(leagues, key=lambda code: leagues[code])
        if leagues[league] < total / 2 or (region and weights.get(region.id, 0.0) > total):
            return PlaceGuess(region, 0.7, "weighed-place")
        inside = {code: weight for code, weight in weights.items() if self._lies_in(code, league)}
        county = max(inside, key=lambda code: inside[code], default=league)
        if inside.get(county, 0.0) >= leagues[league] / 2:
            return PlaceGuess(self.gazetteer.by_id(county), _sureness(inside[county], total), "weighed-place")
        return PlaceGuess(self.gazetteer.by_id(league), _sureness(leagues[league], total), "weighed-place")

    def _lies_in(self, code: int, league: int) -> bool:
        place = self.gazetteer.by_id(code)
        return place is not None and place.parent == league

    def _weights(self, title: Sequence[str], paragraphs: Sequence[str]) -> tuple[dict[int, float], bool, float]:
        """Return the weights of places by code, whether an authority is among them, and other provinces' weight."""
        weights: dict[int, float] = defaultdict(float)
        left, authority, other = _LONGEST, False, 0.0
        texts = [(_HEADLINE, " ".join(title)), *((_REST if at else _FIRST, text) for at, text in enumerate(paragraphs))]
        whole = "\n".join(text for _weight, text in texts)[:_LONGEST]
        context = self._context(whole)
        for weight, text in texts:
            part = text[: max(0, left)]
            for code, factor in self._mentions(part, context):
                weights[code] += weight * factor
                authority = authority or factor == _OF_AN_AUTHORITY
            other += weight * len(ELSEWHERE.findall(part))
            left -= len(text)
        return weights, authority, other

    def _context(self, text: str) -> "_Context":
        """Return what the whole text says about names in it: which districts lie elsewhere, which names are full."""
        elsewhere: set[str] = set()
        known: set[int] = set()
        inner = False
        for found in self._pattern.finditer(text):
            name = found[0]
            if name.endswith("区") and self._is_no_mention(text, found.start(), found.end()):
                elsewhere.add(name)
            elif name in self._branches or name[-1] in _UNITS or not _is_short(name):
                known.update((self._codes.get(name, 0),))
                inner = inner or not name.endswith("区")
        return _Context(frozenset(elsewhere), frozenset(known), inner)

    def _mentions(self, text: str, context: "_Context") -> Iterable[tuple[int, float]]:
        for found in self._pattern.finditer(text):
            name, start, end = found[0], found.start(), found.end()
            if name in context.elsewhere or self._is_no_mention(text, start, end):
                continue
            branch = self._branches.get(name)
            if branch is not None:
                yield branch, _OF_AN_AUTHORITY
                continue
            code = self._codes[name]
            if self._is_prefix(code, text, end):
                continue
            if _AUTHORITY.match(text[end : end + 8]):
                yield code, _OF_AN_AUTHORITY
            elif _is_short(name) and code not in context.known:
                yield code, _ON_ITS_WAY if context.inner else _SHORT_ALONE
            elif _ON_THE_WAY.search(text[max(0, start - 10) : start]):
                yield code, _ON_ITS_WAY
            else:
                yield code, 1.0

    def _is_prefix(self, code: int, text: str, end: int) -> bool:
        """Return whether the name only begins a longer one, as in 内蒙古通辽市 or 赤峰市公安局红山区分局."""
        region = self.gazetteer.region
        if region is not None and code == region.id:
            return self._pattern.match(text, end) is not None
        body = _BODY.match(text, end)
        found = self._pattern.match(text, body.end()) if body else None
        return found is not None and self._lies_in(self._codes.get(found[0], 0), code)

    def _is_no_mention(self, text: str, start: int, end: int) -> bool:
        """Return whether the characters are part of another name: a street, or a city or district elsewhere."""
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        if _NOT_A_PLACE.match(after) or (end - start == 2 and _ADJECTIVE.search(before)):
            return True
        if _MANCHU_BANNER.fullmatch(text, start, end) and _MANCHU.search(text[max(0, start - 30) : end + 30]):
            return True
        inside = self._words.inside_words(before + text[start:end] + after)
        if len(before) in inside:
            return True
        across = len(before) + end - start in inside or self._is_swallowed(before, text[start:end], after)
        if across and not self._lends_unit(text[start:end], after):
            return True
        city = _CITY_BEFORE.search(before)
        if city:
            return bool(ELSEWHERE.search(city[1])) or (
                text[start:end].endswith("区") and not any(city[1].endswith(form) for form in self._codes)
            )
        return bool(text[start:end].endswith("区") and ELSEWHERE.search(before[-3:]))

    def _lends_unit(self, name: str, after: str) -> bool:
        """Return whether the last character of the name begins the next word and the place is meant: 商都县委."""
        return name[-1] in _UNITS and (name[:-1] in self._codes or after[:1] in ("委", "长", "政"))

    def _is_swallowed(self, before: str, name: str, after: str) -> bool:
        """Return whether the name's end begins another word, as in 扎兰屯兵, or its start ends one, as in 象牙克石.

        It is not if the characters next to the name are words without those of the name. Names of two characters are
        rare enough among words to be told apart by the cheapest segmentation.
        """
        if len(name) == 2:
            return False
        if _is_han(after[:1]) and 1 not in self._inside(after[:6]):
            across = (name[-one:] + after[:more] for one in (1, 2) for more in range(1, min(3, len(after)) + 1))
            if any(map(self._is_word, across)):
                return True
        last = before[-1:]
        if not _is_han(last) or len(before[-6:]) - 1 in self._inside(before[-6:]):
            return False
        return self._is_word(last + name[0])

    def _inside(self, text: str) -> set[int]:
        return self._words.inside_words(text)

    def _is_word(self, text: str) -> bool:
        return len(self._words.segment(text)) == 1


@cache
def _words_with(names: tuple[str, ...]) -> WordTable:
    """Return the table of common words with the names of places."""
    return common_words().with_words((*names, *_MORE_WORDS))


def _is_han(character: str) -> bool:
    """Return whether this is a Han character that is no word of its own beside a place's name."""
    return "一" <= character <= "鿿" and character not in _STARTS_ALONE


def _is_short(name: str) -> bool:
    """Return whether the name may be an ordinary word, unless the text also names the place in full."""
    return len(name) == 2 or name in _COMMON_NOUNS


def _sureness(part: float, whole: float) -> float:
    return min(0.95, 0.5 + 0.5 * part / whole) if part >= 2 else 0.6


def _forms(gazetteer: Gazetteer) -> Iterable[tuple[str, int]]:
    """Yield the names that count as places in running text, with codes. Ambiguous short forms are left out."""
    for place in (*([gazetteer.region] if gazetteer.region else []), *gazetteer.places):
        for form in (place.name, place.label, *place.short):
            if form not in _AMBIGUOUS and len(form) >= 2:
                yield form, place.id


def _branches(gazetteer: Gazetteer) -> Iterable[tuple[str, int]]:
    """Yield the names of forest police branches, each with the code of the county in which it works."""
    for body in gazetteer.authorities:
        for name in (body.name, *body.aliases):
            if body.place is not None:
                yield name, body.place
            yield from ((name + branch, code) for branch, code in body.branches.items())
        yield from ((f"{branch}森林公安局", code) for branch, code in body.branches.items())
