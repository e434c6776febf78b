"""What the components of the browse screen may ask of it, and it of the app. None depends on the other's class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual.timer import Timer

if TYPE_CHECKING:
    from ...session.effects import Change


class Perform(Protocol):
    """Performs a command; `typed` is the time at which its key was typed."""

    def __call__(self, command: str, count: int | None = None, *, typed: float | None = None) -> None: ...


class Above(Protocol):
    """What is above the screen: the app, with its choosers and the terminal."""

    def obey(self, command: str, count: int | None) -> None:
        """Run a command that belongs to no screen. Ignore unknown commands."""
        ...

    def ask(self, title: str, label: str, function: Callable[[], None]) -> None:
        """Ask the user, and call `function` if the answer is yes. `label` describes the action."""
        ...

    def open_elsewhere(self, target: str, *, is_picture: bool) -> None:
        """Open a picture or a web address outside the program."""
        ...


class Hooks(NamedTuple):
    """The functions of the screen that its components may call."""

    show: Callable[[Iterator[Change]], None]
    """Shows changes of the session."""
    notice: Callable[[str], None]
    """Shows a message until the next key."""
    perform: Perform
    after: Callable[[float, Callable[[], None]], Timer]
    """Calls a function after a number of seconds."""
    in_thread: Callable[[Callable[[], object]], object]
    """Runs a function in another thread."""
    from_thread: Callable[..., object]
    """Calls a function in the app's thread, from another thread."""
    after_layout: Callable[[Callable[[], None]], None]
    """Calls a function after the next layout."""
    quit: Callable[[], object]
    """Ends the program, even if commands wait."""
    painted_article: Callable[[], str | None]
    """Returns the id of the article under the cursor if it is painted, else None."""
    take_keys: Callable[[], object]
    """Resumes the handling of queued keys."""
