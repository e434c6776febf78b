"""Opening a link in a graphical browser, where there is one."""

import os
import subprocess
import sys

from ..trusted_paths import find_program, program_environment

_SAFE = ("http://", "https://", "mailto:")
PAGE_LINK_OSC = 7750
"""Number of the control string by which the page of `ganews-tui serve` is told to open an address."""


def is_safe(target: str) -> bool:
    """Return whether the address is one of web or mail, in characters that end no control string."""
    return target.lower().startswith(_SAFE) and target.isprintable()


def page_link(target: str) -> str:
    """Return the control string that has the page open `target`, a safe address."""
    return f"\x1b]{PAGE_LINK_OSC};{target}\x07"


def open_link(target: str) -> bool:
    """Open it; False where no browser with a window can be had, or the address is of another kind than web or mail.

    A text browser would take the terminal away, so none is started. The opener is a script that starts other programs:
    it gets no relative entry of PATH, and a working folder that holds nothing of the library.
    """
    opener = _opener()
    if opener is None or not is_safe(target):
        return False
    try:
        subprocess.Popen(
            [opener, target],
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
