"""Broken and hostile input for a parser, which must answer quickly and without an unexpected exception.

Inputs are mutations of real files, and strings of marks that mean something to a parser. Some inputs are traced line by
line; an input that reaches a new line is kept and mutated further.
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
from .targets import ROOT, Target

if TYPE_CHECKING:
    from _typeshed import TraceFunction

SLOW_SECONDS = 2.0
"""Processor seconds that an input of up to `MAX_INPUT` bytes may take."""
TIMEOUT_SECONDS = 20
"""Processor seconds after which an input is interrupted."""
MAX_INPUT = 20_000
_TRACED_SHARE = 0.1
"""The share of inputs that are traced, which makes them several times slower."""
_MEANINGFUL = (
    "--- : - [ ] { } & * ! | > ' \" % @ ` # ## ![ ]( ) ** __ ~~ ``` [^1] [^1]: |--| | \\ \x00 \x1b[2J \x1b]0;x\x07 "
    "\x9b \u202e \u2066 \u200b \ufeff \ud800 \U000e0041 “ ” ‘ ’ —— …… （ ） 。 ， 、 ： 讯 本报讯 双河讯 记者 (刘星) "
    "摄 公安局 １２ 十二 place: 地: OR -( date:2023-..2024 is: title: <script> &amp; https://例.中国/a_b 6月1日 𠮷 "
    "e\u0301 <<: *a &a !!python/object \t \r \r\n \n \n\n \u3000 javascript: =cmd fanzha fz kailu 反詐 NOT AND 或 非 "
    "驻 首席 通讯员 报道 图为 电 日 年 、 · 据 报 文/图 □ 第1版 责任编辑 局"
)
_PIECES = [*_MEANINGFUL.split(" "), " "]


def feed(name: str, target: Target, seconds: float, seed: int) -> Outcome:
    """Feed mutations of a target's corpus to it for `seconds` of processor time."""
    chance, trail = random.Random(f"{seed} {name}"), _Trace()
    corpus, finds, times = list(target.corpus), dict[str, str](), 0
    end, late = time.process_time() + seconds, time.monotonic() + 4 * seconds + 1
    signal.signal(signal.SIGPROF, _time_out)
    while time.process_time() < end and time.monotonic() < late:
        data = mutate(chance, corpus)
        times += 1
        followed = chance.random() < _TRACED_SHARE
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, TIMEOUT_SECONDS)
        try:
            if followed:
                trail.follow()
            target.read(data)
        except (Exception, TargetTimeout) as error:
            sys.settrace(None)
            where = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            _found(finds, at, f"{at}: {str(error)[:300]} for {data[:300]!r}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            sys.settrace(None)
        if trail.has_new_lines():
            corpus.append(data)
        if not followed and (took := time.process_time() - started) > SLOW_SECONDS:
            _found(finds, "slow", f"{took:.1f} s for {len(data)} bytes {data[:300]!r}")
    return Outcome(f"fuzz: {name}", times, len(finds), tuple(finds.values())[:5])


class TargetTimeout(BaseException):
    """Interrupts a target that does not finish. No target may mistake it for an error of its own."""


def _time_out(_number: int, _frame: FrameType | None) -> None:
    raise TargetTimeout(f"more than {TIMEOUT_SECONDS} s")


def _found(finds: dict[str, str], at: str, said: str) -> None:
    """Note the first find of its kind and print it at once, since a run takes an hour."""
    if at not in finds:
        finds[at] = said
        print(said, file=sys.stderr, flush=True)


class _Trace:
    """The lines of the program that inputs have reached."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, int]] = set()
        self._known = 0
        self._ours = str(ROOT / "tui")

    def follow(self) -> None:
        """Note every line until tracing is switched off."""
        sys.settrace(self._enter)

    def has_new_lines(self) -> bool:
        """Return whether there are new lines since the last call."""
        known, self._known = self._known, len(self._seen)
        return self._known > known

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> TraceFunction | None:
        return self._step if frame.f_code.co_filename.startswith(self._ours) else None

    def _step(self, frame: FrameType, _event: str, _argument: object) -> TraceFunction:
        self._seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._step


def mutate(chance: random.Random, corpus: list[bytes]) -> bytes:
    """Return a piece of real content with a few changes, or a string of meaningful marks."""
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
    return bytes(data[:MAX_INPUT])


def _marks(chance: random.Random, count: int) -> bytes:
    return "".join(chance.choice(_PIECES) for _ in range(count)).encode("utf-8", "surrogatepass")
