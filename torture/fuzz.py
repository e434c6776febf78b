"""Broken and hostile input for every parser of foreign text, for more than an hour."""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from .feeding import feed
from .outcome import Outcome
from .targets import Target

MODULES = ("pages", "queries", "kept", "settings", "content")
SECONDS = 210.0
"""Processor seconds for each target. Eighteen targets make more than an hour."""


def run(short: bool, seed: int) -> list[Outcome]:
    """Feed each target for minutes, or for a fifth of a second if `short`."""
    before = dict(os.environ)
    try:
        with tempfile.TemporaryDirectory() as name:
            seconds = 0.2 if short else SECONDS
            outcomes = []
            for each, fed in targets(Path(name)).items():
                outcomes.append(feed(each, fed, seconds, seed))
                if not short:
                    print(f"{each}: {outcomes[-1].times:,}, {outcomes[-1].lost} found", file=sys.stderr, flush=True)
            return outcomes
    finally:
        os.environ.clear()
        os.environ.update(before)


def targets(folder: Path) -> dict[str, Target]:
    """Return all targets by name; their files go below `folder`."""
    found: dict[str, Target] = {}
    for module in MODULES:
        own = folder / module
        own.mkdir()
        found.update(import_module(f"torture.targets.{module}").targets(own))
    return found
