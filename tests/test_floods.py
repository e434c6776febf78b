"""More input than a user can type: no delay, no growth, and the next key acts at once."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.terminal.bursts import Bursts, thin
from tui.terminal.input_tokens import Pasted, Sequence, Tokens, Typed

from .program import GANEWS, Program, environment

HAN = "公安局民警深入嘎查村宣传禁毒知识，受到群众欢迎。\r"
ENGLISH = "The quick brown fox A jumps over the lazy dog, q.\r"
FLOODS = {
    "Han pasted into the list": (HAN * 3000, ""),
    "Han pasted into the search line": (HAN * 3000, "/"),
    "letters, each of them a command": (ENGLISH * 2000, ""),
    "one letter": ("j" * 100_000, ""),
    "the wheel": ("\x1b[<65;80;10M\x1b[<64;80;10M" + "\x1b[<65;80;10M" * 10_000, ""),
    "a drag": ("\x1b[<0;80;9M" + "\x1b[<32;80;9M\x1b[<32;90;20M" * 5_000 + "\x1b[<0;90;20m", ""),
    "clicks": ("\x1b[<0;10;10M\x1b[<0;10;10m" * 4_000, ""),
    "arrows": ("\x1b[B" * 10_000, ""),
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Program]:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for("7 未读")
        program.settle(0.2)
        yield program


def test_key_acts_and_memory_stays_flat_after_any_flood(app: Program) -> None:
    """No letter of a pasted text marks an article or quits the app."""
    before = app.pss("Pss_Anon")
    for flood, (data, first) in FLOODS.items():
        busy = app.busy()
        app.send(first)
        app.settle(0.05)
        feeder = threading.Thread(target=app.send, args=(data,))
        feeder.start()
        while feeder.is_alive():
            app.read(0.05)
        app.send("\x1bOP")
        app.wait_for("输入以查找")
        assert app.busy() - busy < 8, flood
        for _ in range(3):
            app.send("\x1b")
            app.settle(0.1)
        assert " 0 未读" not in app.screen.text()
        app.forget()
    assert app.pss("Pss_Anon") - before < 24_000_000


@pytest.mark.parametrize("size", [1, 3, 100, 4096])
def test_long_text_is_one_paste_however_it_is_read(size: int) -> None:
    """Reads of a few characters count as typing."""
    text = HAN * 400
    tokens, bursts = Tokens(0.025), Bursts()
    reads = [text[:4096], *(text[at : at + size] for at in range(4096, len(text), size))]
    came = [token for read in reads for token in bursts.feed(tokens.feed(read))]
    assert [*came, *bursts.expire()] == [Pasted(text)]


@pytest.mark.parametrize("keys", ["j" * 500, "jk" * 400, ":quit\r", "/第39篇\r", "公安局民警深入嘎查村宣传禁毒" * 5])
def test_typing_and_input_method_commits_are_not_pastes(keys: str) -> None:
    assert list(Bursts().feed(Tokens(0.025).feed(keys))) == [Typed(keys)]


def test_thinning_keeps_presses_and_the_last_position_of_a_drag() -> None:
    press, release = Sequence("\x1b[<0;3;5M"), Sequence("\x1b[<0;9;5m")
    drag = [Sequence(f"\x1b[<32;{x};5M") for x in range(3, 10)]
    assert list(thin([press, *drag, release, Typed("j")])) == [press, drag[-1], release, Typed("j")]


def test_paste_in_small_reads_takes_linear_time() -> None:
    def seconds(reads: int) -> float:
        tokens = Tokens(0.025)
        begun = time.process_time()
        for text in ("\x1b[200~", *["毒"] * reads):
            list(tokens.feed(text))
        assert list(tokens.feed("\x1b[201~")) == [Pasted("毒" * reads)]
        return time.process_time() - begun

    assert any(seconds(40_000) < 10 * seconds(10_000) for _ in range(3))
