"""Signal handlers for the time before the driver runs.

Importing the standard module `signal` builds its enums, which takes 4 of the 20 ms until the last screen is shown
(https://github.com/python/cpython/issues/118761). `_signal` is the C module behind it, with the same functions. This
module is headless: it is imported before anything else.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_signal = __import__("_signal")


def end_on_signals(give_back: "Callable[[], None] | None") -> None:
    """End the process on a signal, with `give_back` called first and status 128 + signal; None: as Python does it."""

    def end(number: int, _frame: object) -> None:
        if give_back is not None:
            give_back()
        os._exit(128 + number)

    for number in (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGQUIT, _signal.SIGINT):
        usual = _signal.default_int_handler if number == _signal.SIGINT else _signal.SIG_DFL
        _signal.signal(number, usual if give_back is None else end)
