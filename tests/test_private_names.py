"""Which private names of Textual, Rich and Python the program uses, where, and what depends on them.

When an upgrade breaks one of these tests, the last column says what to look at. The names belong to two places only:
`tui/driver/`, as Textual has no public interface for drivers, and `tui/rich_widths.py`.
"""

import inspect
from importlib import import_module
from typing import NamedTuple

import pytest

from .private_names import Use, members, uses


class PrivateName(NamedTuple):
    """A private name as `private_names.uses` reports it."""

    name: str
    owner: str
    """Module, or module and class, that defines it."""
    signature: str
    """Parameters of a function or method; empty for anything else."""
    breaks: str
    """What no longer works without it, and the public way that is missing."""


APP, PUMP = "textual.app:App", "textual.message_pump:MessagePump"
SCREEN, LINUX, DRIVER = "textual.screen:Screen", "textual.drivers.linux_driver:LinuxDriver", "textual.driver:Driver"
FIRST_FRAME = "the first frame over the last screen, and the frame that is kept"
ERRORS = "errors reported in three lines; Textual prints a page of trace (Textualize/textual#3069)"
SIGNALS = "an orderly end on signals and on a lost terminal (Textualize/textual#5140)"
INPUT = "input by form and by time, not by length (Textualize/textual#541)"
WIDTHS = "ambiguous characters two cells wide (Textualize/rich#4197)"

NAMES = (
    PrivateName("App._driver", APP, "", "mouse, clipboard, first frame: `App` has no public driver"),
    PrivateName(
        "App._display", APP, "(self, screen: 'Screen', renderable: 'RenderableType | None') -> 'None'", "caret"
    ),
    PrivateName("App._clipboard", APP, "", "`App.clipboard` after a copy by tmux"),
    PrivateName("App._exit", APP, "", "errors while the app closes are logged only"),
    PrivateName("App._exception", APP, "", "no screen is kept after an error"),
    PrivateName("App._exit_renderables", APP, "", ERRORS),
    PrivateName("App._fatal_error", APP, "(self) -> 'None'", ERRORS),
    PrivateName("App._handle_exception", APP, "(self, error: 'Exception') -> 'None'", ERRORS),
    PrivateName("App._print_error_renderables", APP, "(self) -> 'None'", ERRORS),
    PrivateName("MessagePump._close_messages_no_wait", PUMP, "(self) -> 'None'", ERRORS),
    PrivateName("App._shutdown", APP, "(self) -> 'None'", FIRST_FRAME),
    PrivateName("_compositor", SCREEN, "", FIRST_FRAME),
    PrivateName("Screen._compositor_refresh", SCREEN, "(self) -> 'None'", FIRST_FRAME),
    PrivateName("Screen._dirty_widgets", SCREEN, "", FIRST_FRAME),
    PrivateName("Driver._app", DRIVER, "", SIGNALS),
    PrivateName("Driver._loop", DRIVER, "", SIGNALS),
    PrivateName("Driver._size", DRIVER, "", "the size of the first layout"),
    PrivateName("_post_message", PUMP, "(self, message: 'Message') -> 'bool'", "resizing, awaited in the app's loop"),
    PrivateName("LinuxDriver._get_terminal_size", LINUX, "(self) -> 'tuple[int, int]'", "sizes from the kernel alone"),
    PrivateName("LinuxDriver._key_thread", LINUX, "", INPUT),
    PrivateName("LinuxDriver._run_input_thread", LINUX, "(self) -> 'None'", INPUT),
    PrivateName("LinuxDriver._must_signal_resume", LINUX, "", "the screen after `fg`"),
    PrivateName("LinuxDriver._sigcont_application", LINUX, "(self, *_) -> 'None'", "no deadlock on SIGCONT"),
    PrivateName("LinuxDriver._writer_thread", LINUX, "", SIGNALS),
    PrivateName("WriterThread._queue", "textual.drivers._writer_thread:WriterThread", "", SIGNALS),
    PrivateName("textual.drivers._writer_thread.WriterThread", "textual.drivers._writer_thread", "", SIGNALS),
    PrivateName("textual._xterm_parser.XTermParser", "textual._xterm_parser", "", INPUT),
    PrivateName(
        "XTermParser._sequence_to_key_events",
        "textual._xterm_parser:XTermParser",
        "(self, sequence: 'str', alt: 'bool' = False) -> 'Iterable[events.Key]'",
        "names of keys",
    ),
    PrivateName("textual._ansi_sequences.ANSI_SEQUENCES_KEYS", "textual._ansi_sequences", "", "names of keys"),
    PrivateName(
        "textual._styles_cache.StylesCache", "textual._styles_cache", "", "flat memory (Textualize/textual#6665)"
    ),
    PrivateName("_signal", "_signal", "", "the last screen 4 ms earlier (python/cpython#118761)"),
    PrivateName("_SINGLE_CELLS", "rich.cells", "", WIDTHS),
    PrivateName("_is_single_cell_widths", "rich.cells", "", WIDTHS),
    PrivateName("_split_cells", "rich.segment:Segment", "", WIDTHS),
)


@pytest.fixture(scope="module")
def used() -> set[Use]:
    return uses()


def test_private_names_are_used_in_two_places(used: set[Use]) -> None:
    assert [use for use in used if not use.file.startswith("tui/driver/") and use.file != "tui/rich_widths.py"] == []


def test_private_names_are_listed_with_what_depends_on_them(used: set[Use]) -> None:
    assert {use.name for use in used} == {entry.name for entry in NAMES}


@pytest.mark.parametrize("entry", NAMES, ids=lambda entry: entry.name)
def test_private_name_exists_with_its_signature(entry: PrivateName) -> None:
    module, _, owner = entry.owner.partition(":")
    scope = getattr(import_module(module), owner) if owner else import_module(module)
    name = entry.name.rpartition(".")[2]
    if not entry.signature:
        assert name in (members(scope) if owner else {module, *vars(scope)})
    else:
        assert str(inspect.signature(getattr(scope, name))) == entry.signature
