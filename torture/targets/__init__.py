"""Every reader of text that others wrote, as something to be fed; each module has `readers(folder)`.

A reader takes bytes and raises where something is wrong that is not the bytes' fault.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

Reader = Callable[[bytes], None]
ROOT = Path(__file__).resolve().parent.parent.parent


class Fed(NamedTuple):
    """A reader and what its food is made of."""

    read: Reader
    corpus: list[bytes]


Readers = Mapping[str, Fed]


def text_of(data: bytes) -> str:
    """The bytes as whatever text can come from outside, lone surrogates too."""
    return data.decode("utf-8", "surrogateescape")


def real_files() -> list[bytes]:
    """The bundled articles and the raw page they come from."""
    return [path.read_bytes() for name in ("content", "seeds") for path in sorted((ROOT / name).rglob("*.*"))]
