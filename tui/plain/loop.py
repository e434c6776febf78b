"""A line in, lines out."""

from collections.abc import Iterable, Iterator, Sequence

from ..cells import drawn
from ..clean import clean
from ..i18n import _
from ..keys import COMMANDS, Command
from .acts import ACTS, manual
from .desk import Desk
from .typed import Act, Number, Words, understand


def converse(desk: Desk, typed: Iterable[str], commands: Sequence[Command] = COMMANDS) -> Iterator[str]:
    """Everything that is said, line by line, to what is typed, line by line; ends with `q` or with the input.

    An empty line is said where the next typed line is waited for.
    """
    try:
        yield from map(_said, desk.greeting())
        yield ""
        for line in typed:
            meant = understand(line, commands)
            if isinstance(meant, Act) and meant.id == "quit":
                return
            yield from map(_said, _answer(desk, meant, commands))
            yield from map(_said, desk.reading.notices())
            yield ""
    finally:
        desk.close()


def _said(line: str) -> str:
    return drawn(clean(line))


def _answer(desk: Desk, meant: Number | Act | Words | None, commands: Sequence[Command]) -> Iterator[str]:
    desk.catalogue.refresh()
    match meant:
        case None:
            yield from desk.go_on()
        case Number(value):
            yield from desk.open_nth(value)
        case Words(query):
            yield from desk.find(query)
        case Act("help"):
            yield from manual(commands)
        case Act("read"):
            yield from desk.step(0)
        case Act(name, count) if name in ACTS:
            yield from ACTS[name](desk, count)
        case Act():
            yield _("这个命令要有屏幕才能用。")
