"""The screen as it was left, on the terminal again before anything is imported that takes time.

It is kept in the cache, with everything it depends on: the command line, the terminal's size and kind, its width of
ambiguous characters and its background, the program's own files, and each file the app names (settings, catalogue,
reading state, the article shown), by time stamps and size. When the least of it differs, nothing is shown: never a
wrong screen.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib

from ..paths import cache_folder, private_folder
from .probe import ask
from .tty import ALTERNATE_ON, RawTerminal, find, take

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .answers import Background
    from .tty import OnSignals, Width

SLOTS = 16
"""Command lines of which a screen is kept; one more replaces another."""
LARGEST = 4_000_000
"""Bytes."""
_SURROUNDINGS = (
    *("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "COLORTERM", "NO_COLOR", "FORCE_COLOR"),
    *("LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),
    *("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME", "TEXTUAL_FILTERS", "ACCESSIBLE"),
)


def show(on_signals: OnSignals | None = None) -> RawTerminal | None:
    """Show it if everything is as it was; the terminal is then taken, in raw mode, and what is typed is kept.

    None, and nothing touched, otherwise; a terminal that answers otherwise than it did is taken, with nothing shown.
    """
    tty = find()
    kept = _read() if tty is not None and tty.in_foreground() else None
    if tty is None or kept is None:
        return None
    conditions, width, background, frame = kept
    if conditions != _conditions(tty.size(), _names(conditions)):
        return None
    taken = take(tty, on_signals)
    if taken is None:
        return None
    if width != "any":
        ask(taken)
    if width in ("any", str(taken.width)) and background in ("any", str(taken.background)):
        taken.shown = True
        tty.write(ALTERNATE_ON.encode() + frame)
    return taken


def keep(
    frame: str,
    size: tuple[int, int],
    width: Width | None,
    files: Iterable[str],
    background: Background | None = None,
) -> None:
    """Keep a screen for the next start with this command line.

    `width` is what the terminal answered about ambiguous characters, None when it was not asked, and `background` how
    light it said its ground is; `files` is all it depends on besides the program. Call it last, when every file is
    written and closed. Raises OSError.
    """
    names = {os.path.abspath(name) for name in files}
    journals = {f"{name}-wal" for name in names}
    conditions = _conditions(size, sorted({*_program(), *names, *journals}))
    body = frame.encode("utf-8", "replace")
    answers = "any any" if width is None else f"{width} {background}"
    head = f"{zlib.crc32(body)} {len(body)} {answers}\n"
    _write(_file(), head.encode() + conditions + b"\n\n" + body)


def forget() -> None:
    """The next start with this command line shows nothing early."""
    try:
        os.unlink(_file())
    except OSError:
        return


def _conditions(size: tuple[int, int], names: list[str]) -> bytes:
    """Everything the screen depends on, one line each."""
    surroundings = [os.environ.get(name) for name in _SURROUNDINGS]
    first = ascii((sys.argv[1:], _here(), size, sys.version, surroundings))
    return os.fsencode("\n".join([first, *map(_stamp, names)]))


def _stamp(name: str) -> str:
    try:
        found = os.stat(name)
    except (OSError, ValueError):  # a name with NUL in it comes from a damaged file
        return f"- - - - {name}"
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino} {name}"


def _names(conditions: bytes) -> list[str]:
    """The files named in conditions as they were written."""
    return [line.split(" ", 4)[-1] for line in os.fsdecode(conditions).split("\n")[1:]]


def _program() -> list[str]:
    """The program's own files, as far as loaded, and the libraries that draw."""
    modules = list(sys.modules.items())
    ours = [module for name, module in modules if name.partition(".")[0] == "tui" or name in ("textual", "rich")]
    return [file for module in ours if (file := getattr(module, "__file__", None)) is not None]


def _here() -> str:
    """Relative paths on the command line mean what they mean here."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _file() -> str:
    slot = zlib.crc32(ascii((sys.argv[1:], _here())).encode()) % SLOTS
    return os.path.join(cache_folder(), f"last-screen-{slot}")


def _read() -> tuple[bytes, str, str, bytes] | None:
    """Conditions, answers and frame; None unless the file is whole, ours, and nobody else could have written it."""
    try:
        file = os.open(_file(), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        found = os.fstat(file)
        ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
        data = os.read(file, found.st_size) if ours and found.st_size <= LARGEST else b""
    except OSError:
        return None
    finally:
        os.close(file)
    head, _, rest = data.partition(b"\n")
    conditions, _, frame = rest.partition(b"\n\n")
    try:
        check, length, width, background = head.decode().split(" ")
        whole = int(length) == len(frame) and int(check) == zlib.crc32(frame)
    except ValueError:
        return None
    return (conditions, width, background, frame) if whole else None


def _write(name: str, data: bytes) -> None:
    """Whole or not at all; readable by nobody else, as it may show what is private."""
    private_folder(os.path.dirname(name))
    part = f"{name}.{os.getpid()}"
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(file, 0o600)  # a umask may have taken even the owner's rights
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)
    os.replace(part, name)
