"""Opening links in a graphical browser."""

import os
import subprocess
import sys

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

    Never starts a text browser, which would take over the terminal. The opener is a script that starts other programs,
    so it gets a PATH without relative entries and a working folder outside the library.
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
