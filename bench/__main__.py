"""`python -m bench` runs every part, `python -m bench start keys` some of them."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from .figures import Result
from .report import section, write

PARTS = (
    "start",
    "keys",
    "typing",
    "memory",
    "marks",
    "cli",
    "search",
    "ranking",
    "initials",
    "regex",
    "typeset",
    "import",
    "pdf",
    "scale",
    "files",
    "folders",
    "serve",
    "shared",
    "suite",
)
EXTRA = ("peers",)


def main() -> int:
    """Run the chosen parts; print each table and write it to docs/ unless `--dry` is given."""
    args = _arguments()
    here = Path(__file__).parent
    for part in args.parts or PARTS:
        module = "import_" if part == "import" else part
        if not (here / f"{module}.py").exists() and not (here / module).is_dir():
            print(f"{part}: not there yet", file=sys.stderr)
            continue
        print(f"{part} …", file=sys.stderr)
        result = import_module(f"bench.{module}").run(args)
        for found in result if isinstance(result, list) else [result]:
            if isinstance(found, Result):
                print(section(found))
                if not args.dry:
                    write(found)
    return 0


def _part(name: str) -> str:
    if name not in PARTS + EXTRA:
        raise argparse.ArgumentTypeError(f"there is no part {name}; parts are {', '.join(PARTS + EXTRA)}")
    return name


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART", help=", ".join(PARTS + EXTRA))
    parser.add_argument("--runs", type=int, default=9, help="times round (default %(default)s, at least 5)")
    parser.add_argument("--library", type=Path, nargs="+", help="measure with these libraries instead of made ones")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000], help="articles of the libraries made")
    parser.add_argument("--check", type=int, metavar="N", help="search: compare N queries with a plain scan instead")
    parser.add_argument("--readers", type=int, help="serve: readers at the same time (20)")
    parser.add_argument("--minutes", type=int, help="serve: instead, let 100 readers read for this many minutes")
    parser.add_argument("--dry", action="store_true", help="print only, leave docs/ alone")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
