"""The last screen: shown again from a file in the cache before anything slow is imported.

The file also holds everything that the screen depends on: the command line, the terminal's size, kind, width of
ambiguous characters and background, and the size and time stamps of the program's files and of each file that the app
names. If any of it differs, the screen is not shown. The app's side is `driver.first_frame`.
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

    from .tty import Background, OnSignals, Width

SLOTS = 16
"""Files in the cache, by a checksum of the command line. Two command lines may share one."""
MAX_BYTES = 4_000_000
"""Bytes. A larger file is not read."""
_VARIABLES = (
    *("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "COLORTERM", "NO_COLOR", "FORCE_COLOR"),
    *("LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),
    *("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME", "TEXTUAL_FILTERS", "ACCESSIBLE"),
)


def show(on_signals: OnSignals | None = None) -> RawTerminal | None:
    """Show the last screen if everything it depends on is unchanged, and return the terminal in raw mode.

    Return None with the terminal untouched if the file or a condition differs. If only the terminal's answers differ,
    return it without the screen. `on_signals` gives it back on signals: see `tty.take`.
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
        taken.shows_last_screen = True
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

    `width` is the terminal's answer about ambiguous characters, or None if it was not asked; `background` is its answer
    about the colour. `files` are those that the screen depends on, besides the program's own. Call it last, when all
    files are closed. Raises OSError.
    """
    names = {os.path.abspath(name) for name in files}
    journals = {f"{name}-wal" for name in names}
    conditions = _conditions(size, sorted({*_program(), *names, *journals}))
    body = frame.encode("utf-8", "replace")
    answers = "any any" if width is None else f"{width} {background}"
    head = f"{zlib.crc32(body)} {len(body)} {answers}\n"
    _write(_file(), head.encode() + conditions + b"\n\n" + body)


def forget() -> None:
    """Remove the kept screen of this command line."""
    try:
        os.unlink(_file())
    except OSError:
        return


def _conditions(size: tuple[int, int], names: list[str]) -> bytes:
    """Return everything that the screen depends on, one item on each line."""
    surroundings = [os.environ.get(name) for name in _VARIABLES]
    first = ascii((sys.argv[1:], _here(), size, sys.version, surroundings))
    return os.fsencode("\n".join([first, *map(_stamp, names)]))


def _stamp(name: str) -> str:
    try:
        found = os.stat(name)
    except (OSError, ValueError):  # a damaged file may contain a name with NUL
        return f"- - - - {name}"
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino} {name}"


def _names(conditions: bytes) -> list[str]:
    """Return the file names that the conditions list."""
    return [line.split(" ", 4)[-1] for line in os.fsdecode(conditions).split("\n")[1:]]


def _program() -> list[str]:
    """Return the files of the loaded modules of the program, and of the libraries that draw."""
    modules = list(sys.modules.items())
    is_private = [module for name, module in modules if name.partition(".")[0] == "tui" or name in ("textual", "rich")]
    return [file for module in is_private if (file := getattr(module, "__file__", None)) is not None]


def _here() -> str:
    """Return the working folder, which relative paths on the command line depend on."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _file() -> str:
    slot = zlib.crc32(ascii((sys.argv[1:], _here())).encode()) % SLOTS
    return os.path.join(cache_folder(), f"last-screen-{slot}")


def _read() -> tuple[bytes, str, str, bytes] | None:
    """Return conditions, answers and frame, or None if the file is damaged or if another user could have written it."""
    try:
        file = os.open(_file(), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        found = os.fstat(file)
        is_private = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
        data = os.read(file, found.st_size) if is_private and found.st_size <= MAX_BYTES else b""
    except OSError:
        return None
    finally:
        os.close(file)
    head, _, rest = data.partition(b"\n")
    conditions, _, frame = rest.partition(b"\n\n")
    try:
        check, length, width, background = head.decode().split(" ")
        is_complete = int(length) == len(frame) and int(check) == zlib.crc32(frame)
    except ValueError:
        return None
    return (conditions, width, background, frame) if is_complete else None


def _write(name: str, data: bytes) -> None:
    """Write the file in one step, readable by its owner only, as the screen may show private text."""
    private_folder(os.path.dirname(name))
    part = f"{name}.{os.getpid()}"
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(file, 0o600)  # the umask may have removed even the owner's rights
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)
    os.replace(part, name)
