"""Opening a link in a graphical browser, where there is one."""

import os
import subprocess
import sys
from shutil import which

_SAFE = ("http://", "https://", "mailto:")


def open_link(target: str) -> bool:
    """Open it; False where no browser with a window can be had, or the address is of another kind than web or mail.

    A text browser would take the terminal away, so none is started.
    """
    opener = _opener()
    if opener is None or not target.lower().startswith(_SAFE):
        return False
    try:
        subprocess.Popen(
            [opener, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return which("open")
    if os.environ.get("WSL_DISTRO_NAME"):
        return which("wslview")
    return which("xdg-open") if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None
