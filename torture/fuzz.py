"""Every reader of text that others wrote is fed broken and hostile input for an hour and more."""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from .feeding import feed
from .outcome import Outcome
from .targets import Fed

ROOMS = ("pages", "queries", "kept", "settings", "content")
SECONDS = 210.0
"""Of processor time, for each reader: eighteen of them make more than an hour."""


def run(short: bool, seed: int) -> list[Outcome]:
    """Feed each reader for minutes, or for a fifth of a second."""
    before = dict(os.environ)
    try:
        with tempfile.TemporaryDirectory() as name:
            seconds = 0.2 if short else SECONDS
            outcomes = []
            for each, fed in readers(Path(name)).items():
                outcomes.append(feed(each, fed, seconds, seed))
                if not short:
                    print(f"{each}: {outcomes[-1].times:,}, {outcomes[-1].lost} found", file=sys.stderr, flush=True)
            return outcomes
    finally:
        os.environ.clear()
        os.environ.update(before)


def readers(folder: Path) -> dict[str, Fed]:
    """All of them, by name; what they write goes below the folder."""
    found: dict[str, Fed] = {}
    for room in ROOMS:
        own = folder / room
        own.mkdir()
        found.update(import_module(f"torture.targets.{room}").readers(own))
    return found
