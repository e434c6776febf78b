"""The linear mode on a small library in memory: lines in, lines out."""

from pathlib import Path
from tempfile import gettempdir

from tests.small import stores
from tui.config import Settings
from tui.keys import COMMANDS, Command
from tui.plain.conversation import Conversation
from tui.plain.options import Options
from tui.plain.run import ask
from tui.session.line_runner import LineRunner
from tui.session.stores import Stores


def conversation(
    given: Stores | None = None, settings: Settings | None = None, commands: tuple[Command, ...] = COMMANDS
) -> Conversation:
    """Return a conversation that has not greeted the user yet."""
    held = given or stores()
    options = Options(Path(gettempdir()) / "no-such-folder/config.yaml", settings or Settings(), held.reading)
    return Conversation(LineRunner(held, ask), options, commands)


def answers(typed: list[str], given: Stores | None = None, settings: Settings | None = None) -> list[list[str]]:
    """Return the output for each typed line, preceded by the greeting."""
    talk = conversation(given, settings)
    said = [list(talk.greeting())]
    for line in typed:
        said.append([*talk.answer(line), *talk.news()])
    talk.close()
    return said


def said(typed: list[str], given: Stores | None = None, settings: Settings | None = None) -> list[str]:
    """Return the output for the last line."""
    return answers(typed, given, settings)[-1]
