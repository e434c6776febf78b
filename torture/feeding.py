"""Broken and hostile input for a reader of text: it must answer, quickly, without an unexpected exception.

Inputs are mutations of real files and strings of the marks that mean something to a parser. Some are followed line by
line through the program; one that comes to a line where none before has been is kept, and mutated further.
"""

from __future__ import annotations

import random
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from .outcome import Outcome
from .targets import ROOT, Fed

if TYPE_CHECKING:
    from _typeshed import TraceFunction

SLOW = 2.0
"""Seconds of processor time one input of at most some 20 kB may take."""
ENDLESS = 20
"""Seconds of processor time after which it is taken from the reader."""
LONGEST = 20_000
_FOLLOWED = 0.1
"""Of the inputs: following makes them several times as slow."""
_MARKS = (
    "--- : - [ ] { } & * ! | > ' \" % @ ` # ## ![ ]( ) ** __ ~~ ``` [^1] [^1]: |--| | \\ \x00 \x1b[2J \x1b]0;x\x07 "
    "\x9b \u202e \u2066 \u200b \ufeff \ud800 \U000e0041 “ ” ‘ ’ —— …… （ ） 。 ， 、 ： 讯 本报讯 双河讯 记者 (刘星) "
    "摄 公安局 １２ 十二 place: 地: OR -( date:2023-..2024 is: title: <script> &amp; https://例.中国/a_b 6月1日 𠮷 "
    "e\u0301 <<: *a &a !!python/object \t \r \r\n \n \n\n \u3000 javascript: =cmd fanzha fz kailu 反詐 NOT AND 或 非 "
    "驻 首席 通讯员 报道 图为 电 日 年 、 · 据 报 文/图 □ 第1版 责任编辑 局"
)
_PIECES = [*_MARKS.split(" "), " "]


def feed(name: str, fed: Fed, seconds: float, seed: int) -> Outcome:
    """Give the reader mutations of its corpus for so many seconds of processor time."""
    chance, trail = random.Random(f"{seed} {name}"), _Trail()
    corpus, finds, times = list(fed.corpus), dict[str, str](), 0
    ends, late = time.process_time() + seconds, time.monotonic() + 4 * seconds + 1
    signal.signal(signal.SIGPROF, _endless)
    while time.process_time() < ends and time.monotonic() < late:
        data = mutate(chance, corpus)
        times += 1
        followed = chance.random() < _FOLLOWED
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, ENDLESS)
        try:
            if followed:
                trail.follow()
            fed.read(data)
        except (Exception, Endless) as error:
            sys.settrace(None)
            where = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            _found(finds, at, f"{at}: {str(error)[:300]} for {data[:300]!r}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            sys.settrace(None)
        if trail.led_on():
            corpus.append(data)
        if not followed and (took := time.process_time() - started) > SLOW:
            _found(finds, "slow", f"{took:.1f} s for {len(data)} bytes {data[:300]!r}")
    return Outcome(f"fuzz: {name}", times, len(finds), tuple(finds.values())[:5])


class Endless(BaseException):
    """A reader does not come to an end; no reader may take this for an error of its own."""


def _endless(_number: int, _frame: FrameType | None) -> None:
    raise Endless(f"more than {ENDLESS} s")


def _found(finds: dict[str, str], at: str, said: str) -> None:
    """Note the first find of its kind, and say it at once: an hour is long."""
    if at not in finds:
        finds[at] = said
        print(said, file=sys.stderr, flush=True)


class _Trail:
    """The lines of the program that inputs have come to."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, int]] = set()
        self._known = 0
        self._ours = str(ROOT / "tui")

    def follow(self) -> None:
        """Until tracing is switched off, note every line."""
        sys.settrace(self._enter)

    def led_on(self) -> bool:
        """Whether there are new ones since this was last asked."""
        known, self._known = self._known, len(self._seen)
        return self._known > known

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> TraceFunction | None:
        return self._step if frame.f_code.co_filename.startswith(self._ours) else None

    def _step(self, frame: FrameType, _event: str, _argument: object) -> TraceFunction:
        self._seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._step


def mutate(chance: random.Random, corpus: list[bytes]) -> bytes:
    """A piece of real content with a few things done to it, or a string of meaningful marks alone."""
    if chance.random() < 0.3:
        return _marks(chance, chance.randint(0, 60))
    data = bytearray(chance.choice(corpus))
    if chance.random() < 0.7:
        start = chance.randrange(len(data) or 1)
        data = data[start : start + chance.randint(0, 4000)]
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        match chance.randrange(7):
            case 0:
                data[at:at] = _marks(chance, 1)
            case 1:
                del data[at : at + chance.randint(1, 30)]
            case 2:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 200)] * chance.randint(1, 20)
            case 4:
                other = chance.choice(corpus)
                start = chance.randrange(len(other) or 1)
                data[at:at] = other[start : start + chance.randint(1, 500)]
            case 5 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
            case _:
                data[at:at] = _marks(chance, 1) * chance.randint(1, 2000)
    return bytes(data[:LONGEST])


def _marks(chance: random.Random, count: int) -> bytes:
    return "".join(chance.choice(_PIECES) for _ in range(count)).encode("utf-8", "surrogatepass")
