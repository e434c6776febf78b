"""Headlines and subheads made from sentences of their own text, whose words they repeat, shorten and reorder."""

import re
from random import Random

from tui.segmentation import PARTICLES, common_words

_CLAUSES = re.compile("[，。；：？！“”、（）—…]")
_OPENS = re.compile(
    r"^(?:近日|日前|据|为|在|经|当|从|这|那|他|她|也|都|还|又|并|而|但|只|就|如今|目前|今年|去年|下一步|截至|随着|以前|往年|其中|同时|\d)"
)
_LONGEST = 24


def heading_from(random: Random, text: str, shortest: int, longest: int = _LONGEST) -> str:
    """Return a heading of `shortest` to `longest` characters made from a clause of the text; empty if none serves.

    Particles and some other words are left out, as editors leave them out; the clause's halves may change places, and
    some words come from another clause.
    """
    clauses = [one for one in _CLAUSES.split(text) if shortest <= len(one) <= _LONGEST and not _OPENS.match(one)]
    clauses = clauses or [one for one in _CLAUSES.split(text) if len(one) > shortest]
    if not clauses:
        return ""
    words = _words(random, random.choice(clauses))
    if random.random() < 0.3:
        more = _words(random, random.choice(clauses))
        words = words[: random.randint(1, 3)] + more[-random.randint(1, 4) :]
    elif len(words) > 3 and random.random() < 0.15:
        half = len(words) // 2
        words = words[half:] + words[:half]
    while words and len("".join(words)) > longest:
        words.pop(random.choice((0, -1)))
    heading = "".join(words)
    return heading if len(heading) >= shortest else ""


def _words(random: Random, clause: str) -> list[str]:
    dropping = random.choice((0.0, 0.0, 0.1, 0.25))
    return [word for word in common_words().segment(clause) if word not in PARTICLES and random.random() >= dropping]
