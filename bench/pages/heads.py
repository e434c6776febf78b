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

    Particles and some other words are left out, as editors leave them out; the clause's halves may change places.
    """
    clauses = [one for one in _CLAUSES.split(text) if shortest <= len(one) <= _LONGEST and not _OPENS.match(one)]
    if not clauses:
        return ""
    words = common_words().segment(random.choice(clauses))
    dropping = random.choice((0.0, 0.0, 0.1, 0.25))
    kept = [word for word in words if word not in PARTICLES and random.random() >= dropping]
    if len(kept) > 3 and random.random() < 0.15:
        half = len(kept) // 2
        kept = kept[half:] + kept[:half]
    while kept and len("".join(kept)) > longest:
        kept.pop(random.choice((0, -1)))
    heading = "".join(kept)
    return heading if len(heading) >= shortest else ""
