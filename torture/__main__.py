"""`python -m torture` runs every part, `python -m torture marks fuzz` some of them; `--short` takes a minute in all.

A part is a module here with `run(short: bool, seed: int) -> list[Outcome]`. The exit status is 1 if anything was lost.
"""

import argparse
import sys
import time
from importlib import import_module

from .outcome import Outcome

PARTS = ("ends", "windows", "marks", "imports", "writes", "disks", "index", "monkey", "longrun", "fuzz")


def main() -> int:
    """Run the chosen parts and print one table."""
    args = _arguments()
    outcomes: list[Outcome] = []
    for part in args.parts or PARTS:
        started = time.monotonic()
        came = import_module(f"torture.{part}").run(args.short, args.seed)
        outcomes.extend(came)
        if not args.short:  # a long run takes hours, so print each part at once
            print(table(came), file=sys.stderr)
        print(f"{part}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print(table(outcomes))
    return int(any(outcome.lost for outcome in outcomes))


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes as a Markdown table with the failures below it."""
    lines = ["| tried | times | lost |", "|---|--:|--:|"]
    lines += [f"| {outcome.tried} | {outcome.times:,} | {outcome.lost} |" for outcome in outcomes]
    remarks = [f"- {outcome.tried}: {remark}" for outcome in outcomes for remark in outcome.remarks]
    return "\n".join([*lines, *([""] if remarks else []), *remarks])


def _part(name: str) -> str:
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"there is no part {name}; parts are {', '.join(PARTS)}")
    return name


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--short", action="store_true", help="about a minute in all")
    parser.add_argument("--seed", type=int, default=20231)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
