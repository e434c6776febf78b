"""Recognise the library in a folder by its path and content. docs/state.md states the rule.

`recognise` decides. `LibraryFolder` reads the disk and never writes to it.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..library import BadFile
from ..library.safe_open import read_part, read_text
from ..paths import content_dir

MARKER = ".ganews-tui-library"
"""The file that `ganews-tui state identify` writes into a library. It holds the id and a line feed."""
BUNDLED = "0" * 31 + "1"
"""The id of the bundled library, wherever the program is installed."""
MAX_SAMPLES = 32
"""Samples that are stored for a library."""
SAME_SHARE = 0.5
"""Share of a library's samples that a folder must hold to be recognised as that library."""
SAMPLE_BYTES = 4096
"""Bytes. Only the beginning of a longer piece is sampled."""
_FIRST_SAMPLES = 4
"""Samples of which at least one must match before the others are read."""
_MARKER_BYTES = 64
_TITLE = re.compile(rb'^title:.*(?:\n[ -].*)*|"title":[^\]]*', re.MULTILINE)


class FilePart(NamedTuple):
    """A part of a file in a library, such as an article."""

    path: str
    """Relative to the folder of the library."""
    start: int
    length: int
    """Bytes."""


class Sample(NamedTuple):
    """A piece of a library with digests of its content and title."""

    path: str
    start: int
    length: int
    digest: str
    title: str
    """A digest of its title, or empty."""


class KnownFolder(NamedTuple):
    """A folder from which a library was opened."""

    path: str
    device: int
    inode: int


class KnownLibrary(NamedTuple):
    """What the state file stores about a library."""

    key: int
    samples: tuple[Sample, ...]
    folders: tuple[KnownFolder, ...]


class LibraryFolder:
    """The folder of a library as it is on disk now."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.path = str(self.root)
        self.device, self.inode = _device_and_inode(self.path)
        self.marker = BUNDLED if self.root == content_dir().resolve() else read_marker(self.root)
        """The id of the bundled library or in the marker file, or None."""

    def sample(self, pieces: Iterable[FilePart]) -> tuple[Sample, ...]:
        """Return samples of the readable pieces among the first `MAX_SAMPLES`."""
        held = ((piece, _read(self.root, piece)) for piece in islice(pieces, MAX_SAMPLES))
        return tuple(Sample(*piece, _digest(text), _digest(_title(text))) for piece, text in held if text)


def matching_share(root: Path, samples: Sequence[Sample]) -> float:
    """Return the share of the samples that the folder holds byte for byte; 0.0 if there are no samples."""
    if not any(_holds(root, sample) for sample in samples[:_FIRST_SAMPLES]):
        return 0.0
    return sum(_holds(root, sample) for sample in samples) / len(samples)


def has_stayed(folder: LibraryFolder, here: KnownLibrary) -> bool:
    """Return whether `here`, the last library at this path, is still there, in the same folder."""
    if not here.samples:
        return True
    if not _is_folder_of(folder, here):
        return False
    first = here.samples[:_FIRST_SAMPLES]
    return any(_holds(folder.root, sample) for sample in first) or any(
        _holds(folder.root, sample) or _may_be_rewritten(folder.root, sample) for sample in here.samples
    )


def recognise(folder: LibraryFolder, known: Sequence[KnownLibrary], here: KnownLibrary | None) -> int | None:
    """Return the key of the library that was renamed, restored or moved to this folder; None if it is new.

    `known` are all libraries, the last opened first. `here` is the last library at this path, which has not stayed.
    """
    shares = {library.key: matching_share(folder.root, library.samples) for library in known}
    alike = sorted(
        (library for library in known if shares[library.key] >= SAME_SHARE), key=lambda each: -shares[each.key]
    )
    renamed = [library for library in alike if _is_folder_of(folder, library)]
    restored = [library for library in alike if here is not None and library.key == here.key]
    candidates = renamed or restored or [library for library in alike if not _still_exists(library)]
    never_read = [library for library in known if not library.samples and _is_folder_of(folder, library)]
    found = next(iter(candidates or never_read), None)
    if found is None and here is not None:
        titles = [_has_title_of(folder.root, sample) for sample in here.samples]
        return here.key if sum(titles) >= SAME_SHARE * len(titles) else None
    return found.key if found else None


def read_marker(root: Path) -> str | None:
    """Return the id in the marker file, or None if there is no file or it holds no id."""
    if not os.path.lexists(root / MARKER):
        return None
    try:
        written = read_text(root, MARKER, _MARKER_BYTES).strip()
    except (BadFile, OSError):
        return None
    return written if is_id(written) else None


def write_marker(root: Path, uid: str) -> None:
    """Write the marker file. Raises FileExistsError if there is one already, or another OSError."""
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
    """Return a random id for a library: 32 hexadecimal digits."""
    return os.urandom(16).hex()


def is_id(text: str) -> bool:
    """Return whether the text has the form of a library id."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


def _is_folder_of(folder: LibraryFolder, library: KnownLibrary) -> bool:
    """Return whether the library was opened from this folder, possibly under another name."""
    return any((known.device, known.inode) == (folder.device, folder.inode) for known in library.folders)


def _still_exists(library: KnownLibrary) -> bool:
    """Return whether one of its folders still holds the library, so that another folder is a copy."""
    return any(matching_share(Path(known.path), library.samples) >= SAME_SHARE for known in library.folders)


def _holds(root: Path, sample: Sample) -> bool:
    return _digest(_read(root, FilePart(*sample[:3]))) == sample.digest


def _has_title_of(root: Path, sample: Sample) -> bool:
    """Return whether an article with the same title is where the sample was."""
    return sample.title != "" and _digest(_title(_read(root, FilePart(*sample[:2], SAMPLE_BYTES)))) == sample.title


def _may_be_rewritten(root: Path, sample: Sample) -> bool:
    """Return whether the sampled file may have been rewritten. In a JSON lines file any edit moves all samples."""
    return _has_title_of(root, sample) or (sample.path.endswith(".jsonl") and os.path.lexists(root / sample.path))


def _read(root: Path, piece: FilePart) -> bytes:
    """Return the beginning of the piece, or no bytes if it cannot be read."""
    try:
        return read_part(root, piece.path, piece.start, min(piece.length, SAMPLE_BYTES))
    except (BadFile, OSError, ValueError, OverflowError):
        return b""


def _title(text: bytes) -> bytes:
    """Return the raw title in a Markdown file with YAML front matter or in a line of JSON."""
    found = _TITLE.search(text)
    return found[0] if found else b""


def _digest(held: bytes) -> str:
    """Return a digest of the bytes; empty if there are none."""
    return blake2b(held, digest_size=8).hexdigest() if held else ""


def _device_and_inode(path: str) -> tuple[int, int]:
    """Return the device and inode of a folder, or zeros if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0, 0
    return found.st_dev, found.st_ino
