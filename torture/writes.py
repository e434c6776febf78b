"""Other files killed while written: settings, choices made by keys, the last screen."""

import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tui import config
from tui.cli import main
from tui.reading import Reading
from tui.terminal import last_screen

from .marks import ROOT, repeated
from .outcome import Outcome

_SETTLED = "{}"


def run(short: bool, seed: int) -> list[Outcome]:
    """Kill 500 times for each file, or four times if `short`."""
    times = 4 if short else 500
    rng = random.Random(seed)
    return [
        repeated("settings: killed (-9) while writing them", times, lambda: killed(rng, "settings")),
        repeated("choices by key: killed (-9) while choosing", times, lambda: killed(rng, "choices")),
        repeated("last screen: killed (-9) while keeping it", times, lambda: killed(rng, "screens")),
    ]


def killed(rng: random.Random, what: str) -> str:
    """Let a process write for ever, kill it, and return what is wrong with the file."""
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ) | {f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "STATE", "CACHE")}
        code = f"from torture.writes import {what} as f; f({folder!r})"
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        time.sleep(rng.random() * 0.1)
        process.kill()
        last = (process.communicate()[0].splitlines() or ["-1"])[-1]
        return _CHECKS[what](Path(folder), int(last))


def settings(folder: str) -> None:
    """Write the settings for ever. Runs in a process of its own."""
    _say("ready")
    while True:
        with contextlib.redirect_stdout(io.StringIO()):
            assert main(["config", "init"]) == 0
        os.unlink(f"{folder}/ganews-tui/config.yaml")


def choices(folder: str) -> None:
    """Choose another measure for ever and report it. Runs in a process of its own."""
    reading = Reading(Path(folder) / "reading.sqlite")
    _say("ready")
    for number in range(1 << 30):
        reading.choose("measure", str(number), _SETTLED)
        _say(str(number))


def screens(folder: str) -> None:
    """Keep a screen for ever. Runs in a process of its own."""
    last_screen.keep("初", (120, 36), 1, [])
    _say("ready")
    for number in range(1 << 30):
        last_screen.keep("禁毒" * (number % 40_000), (120, 36), 1, [folder])


def _settings(folder: Path, _last: int) -> str:
    file = folder / "ganews-tui/config.yaml"
    if file.exists() and file.read_text("utf-8") != config.sample():
        return f"{file.stat().st_size} bytes of settings"
    found, problems = config.load(file)
    if problems or found != config.Settings():
        return f"{problems}"
    file.unlink(missing_ok=True)
    return "" if config.write_sample(file) and file.read_text("utf-8") == config.sample() else "not written again"


def _choices(folder: Path, last: int) -> str:
    reading = Reading(folder / "reading.sqlite")
    chosen, notices = reading.choice("measure", _SETTLED), reading.notices()
    reading.close()
    possible = (None if last < 0 else str(last), str(last + 1))
    return "" if chosen in possible and not notices else f"{chosen} instead of {last} {notices}"


def _screens(folder: Path, _last: int) -> str:
    """The file is complete; an unfinished part may lie beside it."""
    (file,) = [path for path in (folder / "ganews-tui").iterdir() if "." not in path.name]
    head, _, rest = file.read_bytes().partition(b"\n")
    frame = rest.partition(b"\n\n")[2]
    return "" if int(head.split()[1]) == len(frame) else f"{len(frame)} bytes instead of {head!r}"


_CHECKS = {"settings": _settings, "choices": _choices, "screens": _screens}


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())
