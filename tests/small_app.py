"""A small app for tests of the driver, which shows what arrives.

`--keep` with file names saves the last screen, with these files as its dependencies. `--ask` asks the terminal for the
ambiguous width.
"""

import sys

from tui.driver.early_signals import end_on_signals
from tui.terminal import last_screen, probe, tty


def main() -> None:
    """Show the last screen, then import the app."""
    taken = last_screen.show(end_on_signals) if "--keep" in sys.argv else None
    if taken is None and (found := tty.find()) is not None:
        taken = tty.take(found, end_on_signals)
    if taken is not None and "--ask" in sys.argv:
        probe.ask(taken)

    from .shown_app import ShownApp

    files = [name for name in sys.argv[1:] if not name.startswith("--")]
    app = ShownApp(taken, files if "--keep" in sys.argv else None)
    status = app.start()
    app.keep_screen()
    tty.leave(status)


if __name__ == "__main__":
    main()
