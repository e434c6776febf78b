"""Verse whose lines are made of words of the word table: what counts is how long they are and how they end."""

from random import Random

from .wording import content_words

_TUNES = ("沁园春", "满江红", "浣溪沙", "鹧鸪天", "七律", "七绝", "五律", "清平乐", "西江月")
_LINKS = ("的", "在", "了", "着", "与", "是", "也", "又", "向", "过")


def invented_verse(random: Random) -> tuple[str, str]:
    """Return the title and the text of a poem in an old or a free form."""
    title = "".join(random.sample(content_words(), random.choice((1, 1, 2))))
    form = random.choice(("regular", "tune", "tune", "free", "free", "free"))
    if form == "regular":
        length, title = random.choice((5, 7, 7)), random.choice((title, f"{random.choice(_TUNES)}·{title}"))
        couplets = [f"{_line(random, length)}，{_line(random, length)}。" for _ in range(random.choice((2, 4, 4, 8)))]
        return title, "\n".join(couplets if random.random() < 0.7 else _halves(couplets))
    if form == "tune":
        title = f"{random.choice(_TUNES)}·{title}" if random.random() < 0.6 else title
        sentences = [
            "".join(_line(random, random.choice((3, 4, 4, 5, 6, 7, 7, 8))) + "，" for _ in range(random.randint(1, 4)))[
                :-1
            ]
            + random.choice("。。。！？；")
            for _ in range(random.randint(4, 10))
        ]
        return title, "\n".join(sentences if random.random() < 0.6 else _halves(sentences))
    marked = random.choice((0.0, 0.0, 0.2, 0.8))
    lines = [
        _line(random, random.randint(2, random.choice((8, 12, 16))))
        + (random.choice("，，。！") if random.random() < marked else "")
        for _ in range(random.randint(5, 30))
    ]
    return title, "\n".join(lines)


def _line(random: Random, length: int) -> str:
    """Return words of together `length` characters."""
    line = ""
    while len(line) < length:
        line += random.choice(_LINKS) if line and random.random() < 0.3 else random.choice(content_words())
    return line[:length]


def _halves(sentences: list[str]) -> list[str]:
    """Return the clauses of the sentences, each with its mark."""
    return [clause for sentence in sentences for clause in sentence.replace("，", "，\n").split("\n")]
