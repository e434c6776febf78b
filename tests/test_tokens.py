"""Tokens of the terminal's input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.input_tokens import MAX_PASTE, Escape, Pasted, Sequence, Token, Tokens, Typed

PIECES = st.lists(
    st.sampled_from(
        (
            *("j", "禁毒", "（", "\x01", "\x7f", "\x1bb", "\x1b[A", "\x1bOP", "\x1b[1;5C", "\x1b[<0;3;5M"),
            *("\x1b[200~贴\x1bq\n入\x1b[201~", "\x1b[27u", "\x1b[0;;31105:27602u"),
            *("\x1b]11;rgb:0/0/0\x07", "\x1bP1+r\x1b\\", "\x1b[?62;22c"),
        )
    ),
    max_size=12,
)


def cut(*reads: str) -> list[Token]:
    tokens = Tokens(0.025)
    return [token for read in reads for token in tokens.feed(read)]


def joined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with neighbouring text joined, as the end of a read does not matter."""
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, Typed) and out and isinstance(out[-1], Typed):
            out[-1] = Typed(out[-1].text + token.text)
        else:
            out.append(token)
    return out


CASES: dict[str, tuple[str, list[Token]]] = {
    "text": ("公安", [Typed("公安")]),
    "text and a sequence": ("j\x1b[Ak", [Typed("j"), Sequence("\x1b[A"), Typed("k")]),
    "kitty text of twelve": ("\x1b[0;;" + ":".join(["31105"] * 12) + "u", [Typed("禁" * 12)]),
    "a kitty key with its text": ("\x1b[97;2;65u", [Typed("A")]),
    "a kitty key without": ("\x1b[99;5u", [Sequence("\x1b[99;5u")]),
    "a kitty key let go": ("\x1b[97;1:3u\x1b[1;1:3A", []),
    "a number no character has": ("\x1b[0;;1114112:97u", [Typed("a")]),
    "a paste": ("\x1b[200~一\x1b[31m二\x1b[201~j", [Pasted("一\x1b[31m二"), Typed("j")]),
    "an empty paste": ("\x1b[200~\x1b[201~", [Pasted("")]),
    "alt and a letter": ("\x1bb", [Sequence("\x1bb")]),
    "alt and an arrow in PuTTY": ("\x1b\x1b[A", [Sequence("\x1b\x1b[A")]),
    "Escape and a mouse report": ("\x1b\x1b[<0;3;5M", [Escape(), Sequence("\x1b[<0;3;5M")]),
    "Escape twice": ("\x1b\x1bj", [Escape(), Sequence("\x1bj")]),
    "Escape and a commit of the input method": ("\x1b公", [Escape(), Typed("公")]),
    "Enter before raw mode": ("\n", [Typed("\r")]),
    "focus": ("\x1b[I\x1b[O", []),
    "controls of the upper half": ("\x9b31m", [Typed("31m")]),
    "a sequence broken off": ("\x1b[12\x01j", [Typed("\x01j")]),
    "the oldest mouse": ("\x1b[M !!j", [Sequence("\x1b[M !!"), Typed("j")]),
}


@pytest.mark.parametrize("case", CASES)
def test_input_is_split_into_tokens(case: str) -> None:
    sent, meant = CASES[case]
    assert joined(cut(sent)) == meant


@given(PIECES, st.data())
def test_tokens_do_not_depend_on_where_reads_end(pieces: list[str], data: st.DataObject) -> None:
    whole = "".join(pieces)
    ends = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=4)))
    reads = [whole[start:end] for start, end in zip([0, *ends], [*ends, len(whole)], strict=True)]
    assert joined(cut(*reads)) == joined(cut(whole))


@given(st.text(alphabet="\x1b[]O~;?<M200156u:jq\x07\\\x00\x9b禁", max_size=60))
def test_tokens_survive_any_input(text: str) -> None:
    """After a silence and the end of an open paste, a key is a key again."""
    tokens = Tokens(0.025)
    list(tokens.feed(text))
    list(tokens.expire())
    list(tokens.feed("\x1b"))
    list(tokens.expire())
    assert list(tokens.feed("j")) == [Typed("j")]


def test_lone_escape_waits_and_is_a_key() -> None:
    tokens = Tokens(0.025)
    assert list(tokens.feed("\x1b")) == []
    assert tokens.wait == 0.025
    assert list(tokens.expire()) == [Escape()]
    assert tokens.wait is None


def test_unfinished_sequence_waits_longer_and_is_dropped() -> None:
    tokens = Tokens(0.025)
    assert list(tokens.feed("\x1b[1;")) == []
    assert tokens.wait == 0.2
    assert list(tokens.expire()) == []


def test_escape_ends_a_paste_without_an_end() -> None:
    tokens = Tokens(0.025)
    list(tokens.feed("\x1b[200~一"))
    list(tokens.feed("\x1b"))
    assert list(tokens.expire()) == [Pasted("一")]


def test_paste_is_bounded() -> None:
    tokens = Tokens(0.025)
    list(tokens.feed("\x1b[200~"))
    for _ in range(300):
        list(tokens.feed("毒" * 4096))
    (pasted,) = tokens.feed("\x1b[201~")
    assert isinstance(pasted, Pasted) and len(pasted.text) == MAX_PASTE
