"""Copying text to the clipboard, and what is known about the outcome.

A terminal receives text by OSC 52 and never says whether it accepted it. tmux ignores that sequence by default
(`set-clipboard external`), but its own command takes the text, reports success, and passes it on to its terminal.
"""

import base64
import subprocess
from collections.abc import Mapping
from typing import Literal

from ..i18n import _
from ..trusted_paths import find_program, program_environment

Outcome = Literal["terminal", "tmux and terminal", "tmux", "refused"]
"""Where the text went: to the terminal; into tmux's buffer, with or without its terminal; nowhere, as tmux refused it.
"""

TIMEOUT_SECONDS = 2.0
_SCREEN_CHUNK = 240
"""Bytes. GNU screen passes on the contents of a device control string, but not of a much longer one."""


def in_tmux(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal is a tmux pane."""
    return bool(environ.get("TMUX"))


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """Return OSC 52 with the text, wrapped for GNU screen if necessary, which would otherwise not pass it on."""
    plain = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\x07"
    if not environ.get("STY") or in_tmux(environ):
        return plain
    chunks = (plain[at : at + _SCREEN_CHUNK] for at in range(0, len(plain), _SCREEN_CHUNK))
    return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)


def load_into_tmux(text: str) -> Outcome:
    """Load the text into tmux's buffer and let tmux pass it on to its terminal, which tmux 3.2 and later can."""
    if _tmux(text, "load-buffer", "-w", "-") is None:
        return "refused" if _tmux(text, "load-buffer", "-") is None else "tmux"
    features = _tmux("", "display-message", "-p", "#{client_termfeatures}")
    return "tmux and terminal" if features and "clipboard" in features.split(",") else "tmux"


def outcome_message(outcome: Outcome, what: str) -> str:
    """Return a line about the outcome that claims only what is known."""
    match outcome:
        case "terminal":
            line = _("{what}已交给终端；贴不出来，就要在终端里允许 OSC 52")
        case "tmux and terminal":
            line = _("{what}已存进 tmux 的缓冲区，也交给了终端")
        case "tmux":
            line = _("{what}已存进 tmux 的缓冲区，用前缀键 ] 粘贴")
        case "refused":
            line = _("tmux 没有收下{what}；请设 tmux set -g set-clipboard on 再试")
    return line.format(what=what)


def _tmux(text: str, *command: str) -> str | None:
    """Run a tmux command with the text as input; return its output, or None if it failed."""
    program = find_program("tmux")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *command],
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=program_environment(),
            cwd="/",
            timeout=TIMEOUT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip()
