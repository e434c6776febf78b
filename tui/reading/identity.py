"""Which library lies in a folder: recognised by where it lies and by what it holds. The rule is in docs/state.md.

`recognise` only decides; `LibraryFolder` looks at the disk, and never writes to it.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..library import BadFile
from ..library.safe_open import read_part, read_text
from ..paths import content_dir

MARKER = ".ganews-tui-library"
"""The file that `ganews-tui state identify` puts into a library: its id and a line feed."""
BUNDLED = "0" * 31 + "1"
"""The id of the library that comes with the program, wherever the program is installed."""
SAMPLES = 32
"""Pieces of a library that are remembered."""
SAME = 0.5
"""The share of a library's samples that a folder must hold to be taken for that library."""
SAMPLE_BYTES = 4096
"""Of a longer piece only the beginning is remembered."""
_FIRST = 4
"""Samples of which one must be there before the others are looked at."""
_MARKER_BYTES = 64
_TITLE = re.compile(rb'^title:.*(?:\n[ -].*)*|"title":[^\]]*', re.MULTILINE)


class Piece(NamedTuple):
    """A part of a file in a library, such as an article."""

    path: str
    """Relative to the library's folder."""
    start: int
    length: int
    """Bytes."""


class Sample(NamedTuple):
    """A piece and a digest of what it held."""

    path: str
    start: int
    length: int
    digest: str
    title: str
    """A digest of the title in it; empty if there is none."""


class KnownFolder(NamedTuple):
    """A folder in which a library lay when it was last opened there."""

    path: str
    device: int
    inode: int


class KnownLibrary(NamedTuple):
    """What is remembered of a library."""

    key: int
    samples: tuple[Sample, ...]
    folders: tuple[KnownFolder, ...]


class LibraryFolder:
    """A library's folder as it lies on the disk now."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.path = str(self.root)
        self.device, self.inode = _numbers(self.path)
        self.marker = BUNDLED if self.root == content_dir().resolve() else read_marker(self.root)
        """The id that the library itself gives; None for most."""

    def sample(self, pieces: Iterable[Piece]) -> tuple[Sample, ...]:
        """Return samples of the pieces that can be read, at most `SAMPLES`."""
        held = ((piece, _read(self.root, piece)) for piece in islice(pieces, SAMPLES))
        return tuple(Sample(*piece, _digest(text), _digest(_title(text))) for piece, text in held if text)


def share(root: Path, samples: Sequence[Sample]) -> float:
    """Return the share of the samples that a folder holds, byte for byte; 0.0 if there are no samples."""
    if not any(_holds(root, sample) for sample in samples[:_FIRST]):
        return 0.0
    return sum(_holds(root, sample) for sample in samples) / len(samples)


def stayed(folder: LibraryFolder, here: KnownLibrary) -> bool:
    """Return whether the library that last lay at this path is still the one there, in the same folder."""
    if not here.samples:
        return True
    if not _is_folder_of(folder, here):
        return False
    first = here.samples[:_FIRST]
    return any(_holds(folder.root, sample) for sample in first) or any(
        _holds(folder.root, sample) or _rewritten(folder.root, sample) for sample in here.samples
    )


def recognise(folder: LibraryFolder, known: Sequence[KnownLibrary], here: KnownLibrary | None) -> int | None:
    """Return the key of the library that has come to this folder, or None if it is a new one.

    `known` are all libraries, the last opened first; `here` is the one that last lay at this path, and has not stayed.
    """
    shares = {library.key: share(folder.root, library.samples) for library in known}
    alike = sorted((library for library in known if shares[library.key] >= SAME), key=lambda each: -shares[each.key])
    renamed = [library for library in alike if _is_folder_of(folder, library)]
    restored = [library for library in alike if here is not None and library.key == here.key]
    moved = renamed or restored or [library for library in alike if not _goes_on(library)]
    never_read = [library for library in known if not library.samples and _is_folder_of(folder, library)]
    found = next(iter(moved or never_read), None)
    if found is None and here is not None:
        titles = [_titled(folder.root, sample) for sample in here.samples]
        return here.key if sum(titles) >= SAME * len(titles) else None
    return found.key if found else None


def read_marker(root: Path) -> str | None:
    """Return the id in the library's own file, or None if there is none or it is no id."""
    if not os.path.lexists(root / MARKER):
        return None
    try:
        written = read_text(root, MARKER, _MARKER_BYTES).strip()
    except (BadFile, OSError):
        return None
    return written if is_id(written) else None


def write_marker(root: Path, uid: str) -> None:
    """Write the id into the library. Raises OSError, FileExistsError where a file of this name is there already."""
    file = os.open(root / MARKER, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    try:
        os.write(file, f"{uid}\n".encode())
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(root / MARKER)
        raise
    finally:
        os.close(file)


def new_id() -> str:
    """Return an id for a library: 32 hexadecimal digits, drawn at random."""
    return os.urandom(16).hex()


def is_id(text: str) -> bool:
    """Return whether the text is the id of a library."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


def _is_folder_of(folder: LibraryFolder, library: KnownLibrary) -> bool:
    """Return whether the library lay in this very folder, maybe under another name."""
    return any((known.device, known.inode) == (folder.device, folder.inode) for known in library.folders)


def _goes_on(library: KnownLibrary) -> bool:
    """Return whether the library still lies in one of its folders: what is found elsewhere is then a copy."""
    return any(share(Path(known.path), library.samples) >= SAME for known in library.folders)


def _holds(root: Path, sample: Sample) -> bool:
    return _digest(_read(root, Piece(*sample[:3]))) == sample.digest


def _titled(root: Path, sample: Sample) -> bool:
    """Return whether an article of the same title is where the sample was."""
    return sample.title != "" and _digest(_title(_read(root, Piece(*sample[:2], SAMPLE_BYTES)))) == sample.title


def _rewritten(root: Path, sample: Sample) -> bool:
    """Return whether a file that stays in its folder may have been written anew: in one of lines everything moves."""
    return _titled(root, sample) or (sample.path.endswith(".jsonl") and os.path.lexists(root / sample.path))


def _read(root: Path, piece: Piece) -> bytes:
    """Return the piece's beginning; nothing if it cannot be read."""
    try:
        return read_part(root, piece.path, piece.start, min(piece.length, SAMPLE_BYTES))
    except (BadFile, OSError, ValueError, OverflowError):
        return b""


def _title(text: bytes) -> bytes:
    """Return the title that a piece of Markdown with a YAML head, or a line of JSON, names in it."""
    found = _TITLE.search(text)
    return found[0] if found else b""


def _digest(held: bytes) -> str:
    """Return what stands for the bytes; an empty text if there are none."""
    from _blake2 import blake2b  # hashlib would load OpenSSL

    return blake2b(held, digest_size=8).hexdigest() if held else ""


def _numbers(path: str) -> tuple[int, int]:
    """Return the device and inode of a folder; zeros if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0, 0
    return found.st_dev, found.st_ino
