"""Compare the parser with the examples of the CommonMark specification, which are not part of the project.

`python -m tests.commonmark_spec spec.txt` reads them from a checkout of commonmark-spec. It prints how many give the
same blocks and text as the oracle, and every other one that `MEANT_EXAMPLES` does not explain.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.test_markdown_oracle import by_oracle, by_us

_EXAMPLE = re.compile(r"^`{32} example\b[^\n]*\n(.*?)^\.\n.*?^`{32}$|^#{1,6} +([^\n]*)$", re.DOTALL | re.MULTILINE)
MEANT_EXAMPLES: dict[str, tuple[int, ...]] = {
    "marks inside HTML are read": (148, 150, 151, 155, 156, 158, 159, 161, 163, 164, 165, 166, 167, 173, 179, 188, 191),
    "scripts, styles and CDATA are no text": (172, 174, 175, 178, 180, 184),
    "preformatted HTML is code": (171,),
    "indented HTML, items and pictures are what they are without the indent": (110, 185, 186, 193, 240, 291, 314, 315),
    "what is no element of HTML is text": (203, 615, 625, 629, 630, 631),
    "a malformed tag of a known element is one": (621, 623, 624, 626),
    "emphasis works beside Chinese and other marks": (354, 356, 370, 382, 394),
    "a mark between digits is none": (358,),
    "a run of more than six marks is text": (419,),
    "an inline picture is its description or its file's name": (477,),
    "the lines of a paragraph are joined before links are looked for": (493,),
    "double brackets are a link by name": (550, 561, 592),
    "a picture that is described by a link is a line of text": (522, 576, 577),
    "an address needs `//` or `mailto:`, so that `std::string` in brackets stays": (600, 603),
}
"""Examples of version 0.31.2 that are read differently on purpose, by reason."""


class Example(NamedTuple):
    """An example of the specification, numbered from 1."""

    number: int
    section: str
    body: str


def examples(specification: str) -> list[Example]:
    """Return the examples in the text of the specification."""
    found: list[Example] = []
    section = ""
    for match in _EXAMPLE.finditer(specification):
        if match[2] is not None:
            section = match[2]
        else:
            found.append(Example(len(found) + 1, section, match[1].replace("→", "\t").removesuffix("\n")))
    return found


def main(path: str) -> int:
    """Print the comparison. Return 0 if every difference is meant, else 1."""
    every = examples(Path(path).read_text("utf-8"))
    different = [one for one in every if by_us(one.body) != by_oracle(one.body)]
    reasons = {number: reason for reason, numbers in MEANT_EXAMPLES.items() for number in numbers}
    unexplained = [one for one in different if one.number not in reasons]
    for one in unexplained:
        print(f"{one.number} ({one.section}): {one.body!r}\n  ours   {by_us(one.body)}\n  theirs {by_oracle(one.body)}")
    for reason, count in Counter(reasons[one.number] for one in different if one.number in reasons).most_common():
        print(f"{count:4} {reason}")
    obsolete = set(reasons) - {one.number for one in different}
    print(f"{len(every) - len(different)} of {len(every)} equal, {len(unexplained)} unexplained, obsolete: {obsolete}")
    return 1 if unexplained or obsolete else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
