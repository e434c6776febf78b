"""Input and output of the linear mode: opens the stores, reads and prints lines, starts indexing."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from .. import paths
from ..config import Settings
from ..i18n import _
from ..indexer import Progress
from ..keys import remap
from ..problem import Problem
from ..search import Answer, Search
from ..session.line_runner import LineRunner
from ..session.opening import Follower, Opening
from ..terminal.crash import end_on_thread_errors
from .conversation import Conversation
from .options import Options

SILENCE_SECONDS = 1.0
"""Seconds. A task that takes longer reports its progress."""
REMARK_SECONDS = 5.0
"""Seconds between two progress reports."""


def run(opening: Opening, settings: Settings, problems: Sequence[Problem] = ()) -> int:
    """Run the linear mode on standard input and output until `q` or the end of input; return the exit status."""
    end_on_thread_errors()
    reading = opening.open_reading()
    library = opening.open(reading)
    following: Follower | None = None
    try:
        library.read_all(_progress_teller())
        following = library.follow(lambda progress: None)
        options = Options(paths.config_file(), settings, reading, problems)
        runner = LineRunner(library.stores, ask)
        talk(Conversation(runner, options, remap(settings.keys)), typed_lines(options.prompt), following.start)
    finally:
        if following:
            following.close()
        reading.close()
        library.close()
    return 0


def talk(conversation: Conversation, typed: Iterable[str], begin: Callable[[], object] = lambda: None) -> None:
    """Print the greeting, then the answer to every typed line. Ctrl+C ends an answer, not the conversation.

    `begin` is called after the greeting.
    """
    try:
        say(conversation, conversation.greeting())
        begin()
        for line in typed:
            say(conversation, conversation.answer(line))
            if conversation.is_over:
                return
            say(conversation, conversation.news())
            sys.stdout.flush()
    finally:
        conversation.close()


def say(conversation: Conversation, lines: Iterator[str]) -> None:
    """Print lines as they are produced; after Ctrl+C, print where the answer stopped."""
    try:
        for line in lines:
            print(line)
    except KeyboardInterrupt:
        for line in conversation.interrupted():
            print(line)
    sys.stdout.flush()


def typed_lines(prompt: str) -> Iterator[str]:
    """Yield the lines of standard input. On a terminal, provide a prompt, line editing and history."""
    if sys.stdin is None:  # closed
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        yield from _edited_lines(f"{prompt} " if prompt else "")
        return
    while line := sys.stdin.readline():
        yield line


def _edited_lines(prompt: str) -> Iterator[str]:
    import readline

    readline.parse_and_bind("set enable-bracketed-paste off")  # no control strings in the output
    while True:
        try:
            yield input(prompt)
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
        except UnicodeDecodeError:
            print(_("这一行不是 UTF-8，请再输入。"))


def ask(search: Search, query: str, newest: bool, limit: int) -> Answer:
    """Run a search; print its duration so far when it exceeds `SILENCE_SECONDS`, then every `REMARK_SECONDS`."""
    began = said = time.monotonic()

    def cancelled() -> bool:
        """Report that the search is still running. Never cancels it; only an interrupt does."""
        nonlocal said
        now = time.monotonic()
        if now - said > (SILENCE_SECONDS if said == began else REMARK_SECONDS):
            said = now
            print(_("正在搜索，{n} 秒").format(n=round(now - began)), flush=True)
        return False

    return search.search(query, limit=limit, newest=newest, cancelled=cancelled)


def _progress_teller() -> Callable[[Progress], None]:
    """Return a function that prints indexing progress in per cent, with the same pauses as `ask`."""
    began = said = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal said
        now = time.monotonic()
        if progress.total and now - said > (SILENCE_SECONDS if said == began else REMARK_SECONDS):
            said = now
            percent = 100 * progress.done // progress.total
            step = _("正在编目") if progress.phase == "reading" else _("正在编索引")
            print(_("{step}，百分之 {percent}").format(step=step, percent=percent), flush=True)

    return tell
