"""Every parser of foreign text as a target for fuzzing; each module has `targets(folder)`.

A target takes bytes and raises an exception if something is wrong that is not the bytes' fault.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

Reader = Callable[[bytes], None]
ROOT = Path(__file__).resolve().parent.parent.parent


class Target(NamedTuple):
    """A target and the corpus from which its input is made."""

    read: Reader
    corpus: list[bytes]


Targets = Mapping[str, Target]


def text_of(data: bytes) -> str:
    """Return the bytes as text that may come from outside, including lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def real_files() -> list[bytes]:
    """Return the bundled articles and the raw page they come from."""
    return [path.read_bytes() for name in ("content", "seeds") for path in sorted((ROOT / name).rglob("*.*"))]
