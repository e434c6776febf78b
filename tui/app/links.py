"""Opening links in a graphical browser, and pictures in the program that the desktop has for them."""

import os
import subprocess
import sys
from pathlib import Path

from ..trusted_paths import find_program, program_environment

_SAFE = ("http://", "https://", "mailto:")
PAGE_LINK_OSC = 7750
"""Number of the OSC control string that tells the page of `ganews-tui serve` to open an address."""


def is_safe(target: str) -> bool:
    """Return whether the address is a web or mail address and has no characters that could end a control string."""
    return target.lower().startswith(_SAFE) and target.isprintable()


def page_link(target: str) -> str:
    """Return the control string that tells the page to open `target`, which must be safe."""
    return f"\x1b]{PAGE_LINK_OSC};{target}\x07"


def open_link(target: str) -> bool:
    """Open a link. Return False if there is no graphical browser or `target` is not a web or mail address.

    Never starts a text browser, which would take over the terminal.
    """
    return is_safe(target) and _open(target)


def open_picture(file: Path) -> bool:
    """Open a picture of the library. Return False if there is no desktop.

    `file` has the suffix of a picture, which the opener never starts as a program, and an absolute path.
    """
    return _open(str(file))


def _open(what: str) -> bool:
    """Start the desktop's opener. It is a script that starts other programs, so its PATH has no relative entries."""
    opener = _opener()
    if opener is None:
        return False
    try:
        subprocess.Popen(
            [opener, what],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=program_environment(),
            cwd="/",
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return find_program("open")
    if os.environ.get("WSL_DISTRO_NAME"):
        return find_program("wslview")
    return find_program("xdg-open") if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None
