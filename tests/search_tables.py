"""Make the tables of `tui/search/data/` again: `python -m tests.search_tables`.

It needs, only here, opencc-python-reimplemented (its OpenCC dictionaries, Apache-2.0), pypinyin (MIT, with the
readings of pinyin-data and phrase-pinyin-data, MIT) and jieba (its word frequencies, MIT). What is kept are facts:
which character is written for which, how a character or word is read, and which words are common.

- `fold.txt`: two lines of equal length, characters and what they are folded to.
- `readings.txt`: a line a syllable, its characters by how common they are.
- `words.txt`: a line for each run of initials: `kl`, then entries `word` + weight letter + syllables where they differ
  from the first readings.
"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "tui" / "search" / "data"
COMMON = 100
"""Words jieba counts at least so often."""
SEVERAL = 300
"""Words of two characters that jieba counts so often are found by other readings of their characters too."""
TRADE = """
反诈 涉诈 电诈 诈骗 反诈骗 电信诈骗 涉毒 毒驾 铲毒 缉毒 禁毒 戒毒 贩毒 吸毒 制毒 禁种铲毒
毒品 易制毒 辅警 民警 交警 刑警 特警 巡警 法警 网警 片警 从警 警情 警务 警务室 警犬 警示
义警 义警队 出警 接警 报警 警民 警企 警校 侦破 侦查 侦办 破获 抓获 追逃 追赃 挽损 返赃 侵财
盗窃 盗抢 入室盗窃 涉案 嫌疑人 犯罪嫌疑人 派出所 公安局 公安厅 公安机关 看守所 拘留所 刑拘 行拘
取保候审 治安 治安管理 扫黑 除恶 扫黑除恶 酒驾 醉驾 超员 超速 涉枪 涉爆 涉赌 涉黄 枪爆
枫桥经验 枫桥式 平安 平安建设 法治 普法 宣讲 走访 排查 清查 巡查 巡逻 巡防 夜巡 联防 群防群治
化解 调解 矛盾纠纷 网格 网格员 辖区 户籍 户政 身份证 养老诈骗 刷单 冒充 客服 转账 止付 劝阻
预警 国家反诈中心 反诈中心 反诈宣传 牧区 牧民 牧户 嘎查 苏木 旗县 盟市 草原 边境 戍边 守边
森林公安 生态警务 环食药 红枫 红石榴 北疆 打防管控 打击整治 百日行动 夏季行动 净网 护苗 护校
护学岗 校园 便民 利民 惠民 减证便民 一窗通办 一网通办
"""
"""Words of police bulletins that a general count has not, or has too low."""


def main() -> int:
    """Write the three tables."""
    missing = [name for name in ("opencc", "pypinyin", "jieba") if not find_spec(name)]
    if missing:
        print(f"{' '.join(missing)}: pip install opencc-python-reimplemented pypinyin jieba", file=sys.stderr)
        return 2
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    site = Path(spec.origin).parent.parent
    DATA.mkdir(exist_ok=True)
    simplified = dict(_simplified(site))
    _write("fold.txt", _fold(simplified))
    frequency = _frequency(site, simplified)
    readings = _readings(site, frequency)
    _write("readings.txt", _syllables(readings, frequency))
    _write("words.txt", _words(site, readings, frequency))
    return 0


def _write(name: str, lines: Iterable[str]) -> None:
    text = "\n".join(lines) + "\n"
    (DATA / name).write_text(text, "utf-8")
    print(f"{name}: {len(text)} characters, {len(text.encode())} bytes")


def _simplified(site: Path) -> Iterator[tuple[str, str]]:
    """OpenCC's traditional characters and the first simplified form of each; then variants that are nothing else."""
    folder = site / "opencc" / "dictionary"
    standard = dict(_first(folder / "TSCharacters.txt"))
    used = set(_gb2312()) | set(standard)
    for name, turned in (("HKVariantsRev.txt", False), ("TWVariantsRev.txt", False), ("JPVariants.txt", True)):
        for one, other in _first(folder / name):
            variant, usual = (other, one) if turned else (one, other)
            if variant not in used:
                standard[variant] = standard.get(usual, usual)
    yield from standard.items()


def _first(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        character, forms = line.split("\t")
        yield character, forms.split()[0]


def _fold(simplified: dict[str, str]) -> list[str]:
    pairs = [
        (chr(code), _folded(chr(code), simplified)) for code in range(0x21, 0x30000) if not 0xD800 <= code < 0xE000
    ]
    changed = [(one, other) for one, other in pairs if one != other]
    return ["".join(one for one, _ in changed), "".join(other for _, other in changed)]


def _folded(character: str, simplified: dict[str, str]) -> str:
    """Compatibility form, case, accents of Latin letters, traditional to simplified; punctuation is full width."""
    while (step := _step(character, simplified)) != character:
        character = step
    if "!" <= character <= "~" and not character.isalnum():
        return chr(ord(character) + 0xFEE0)
    return character


def _step(character: str, simplified: dict[str, str]) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    for form in (unicodedata.normalize("NFKC", character), base if base.isascii() else "", character.lower()):
        if len(form) == 1 and form != character:
            return form
    return QUOTES.get(character, simplified.get(character, character))


QUOTES = dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True)) | dict(zip("•・‧∙", "····", strict=True))


_VOWEL = re.compile("[aeiouv]")


def _han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def _frequency(site: Path, simplified: dict[str, str]) -> dict[str, int]:
    """How often jieba's sources have each word in simplified characters, ours added."""
    counts = {}
    for line in (site / "jieba/dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        if _han(word) and all(simplified.get(c, c) == c for c in word):
            counts[word] = int(count)
    for word in TRADE.split():
        counts[word] = max(counts.get(word, 0), 400)
    return counts


def _bare(syllable: str) -> str:
    """Without its tone; ü is v."""
    plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in plain if c.isascii() and c.isalpha())


def _phrases(site: Path) -> dict[str, tuple[str, ...]]:
    raw = json.loads((site / "pypinyin/phrases_dict.json").read_text("utf-8"))
    return {word: tuple(_bare(one[0]) for one in syllables) for word, syllables in raw.items() if _han(word)}


def _readings(site: Path, frequency: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """The first reading of each character, then those that occur in phrases."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in _phrases(site).items():
        if len(word) == len(syllables):
            for character, syllable in zip(word, syllables, strict=True):
                used[character][syllable] += 1
    raw = json.loads((site / "pypinyin/pinyin_dict.json").read_text("utf-8"))
    wanted = {c for word in frequency for c in word} | set(_gb2312())
    found = {}
    for character in sorted(wanted):
        listed = list(dict.fromkeys(_bare(one) for one in raw.get(str(ord(character)), "").split(",") if _bare(one)))
        if listed:
            others = [one for one in listed[1:] if used[character][one] > 0]
            found[character] = (listed[0], *others)
    return found


def _gb2312() -> Iterator[str]:
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", "ignore")


def _syllables(readings: dict[str, tuple[str, ...]], frequency: dict[str, int]) -> list[str]:
    """`kai 开凯慨`: a character that is read so only sometimes stands behind those that always are."""
    weight: Counter[str] = Counter()
    for word, count in frequency.items():
        for character in word:
            weight[character] += count
    lines: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for character, syllables in readings.items():
        for rank, syllable in enumerate(syllables):
            if _VOWEL.search(syllable):
                lines[syllable].append((rank, -weight[character], character))
    return [f"{syllable} {_ranked(lines[syllable])}" for syllable in sorted(lines)]


def _ranked(entries: list[tuple[int, int, str]]) -> str:
    first = "".join(c for rank, _, c in sorted(entries) if rank == 0)
    later = "".join(c for rank, _, c in sorted(entries) if rank)
    return f"{first} {later}" if later else first


def _words(site: Path, readings: dict[str, tuple[str, ...]], frequency: dict[str, int]) -> list[str]:
    phrases = _phrases(site)
    lines: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
    for word, count in frequency.items():
        if not 2 <= len(word) <= 6 or count < COMMON or any(c not in readings for c in word):
            continue
        usual = tuple(readings[c][0] for c in word)
        said = phrases.get(word, usual)
        if len(said) != len(word):
            said = usual
        for rare, syllables in enumerate(_said(said, [readings[c] for c in word] if count >= SEVERAL else [])):
            weight = chr(ord("A") + max(0, min(25, int(2 * math.log2(count / 64))) - 4 * bool(rare)))
            entry = word + weight + (" ".join(syllables).replace(" ", "'") if syllables != usual else "")
            lines["".join(s[0] for s in syllables)].append((bool(rare), -count, entry))
    return [f"{initials} {' '.join(entry for *_, entry in sorted(lines[initials]))}" for initials in sorted(lines)]


def _said(said: tuple[str, ...], possible: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The reading of a word, and of a short one the others that its characters have: 朝阳 is a place too."""
    others = [one for one in product(*possible) if one != said] if len(possible) == 2 else []
    return [said, *others[:3]]


if __name__ == "__main__":
    raise SystemExit(main())
