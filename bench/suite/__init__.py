"""A public suite for Chinese search: documents, queries, and the documents that a Chinese reader expects.

`python -m bench suite` asks every program that is installed and writes docs/search-suite.md.
"""

import argparse
import sys

from .adapters import ADAPTERS, Unavailable
from .data import load
from .page import PAGE, page
from .scoring import Scores, scores


def run(args: argparse.Namespace) -> None:
    """Ask each program every query; print the page, and write it unless `args.dry`."""
    suite = load()
    table: dict[str, Scores] = {}
    skipped: dict[str, str] = {}
    for adapter in ADAPTERS:
        print(f"suite: {adapter.name} …", file=sys.stderr)
        try:
            table[adapter.name] = scores(suite.queries, adapter.answer(suite))
        except Unavailable as error:
            skipped[adapter.name] = str(error)
    text = page(suite, ADAPTERS, table, skipped)
    print(text)
    if not args.dry:
        PAGE.write_text(text, "utf-8")
