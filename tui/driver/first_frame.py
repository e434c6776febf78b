"""The app's side of the last screen: what waits for the first frame, and what is kept for the next start.

`terminal.last_screen` has shown the screen of the last run before Textual was imported. The app must not clear it or
draw half of a new one over it. While `is_starting`, the driver therefore sends nothing and reads no key; then the
first frame is drawn over the last screen in one piece. On the way out the final frame is kept for the next start.

An app has two hooks: `first_frame_shown` starts what the first frame does not need, and `screen_files` says which files
the screen depends on. Its first screen is a `FirstScreen`. All else about the last screen is here and in
`terminal.last_screen`.
"""

import gc
from collections.abc import Iterable

from rich.control import Control
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.theme import Theme
from textual.types import CSSPathType

from ..terminal import last_screen
from ..terminal.frame_compressor import compact
from ..terminal.tty import RawTerminal
from .driver import TerminalDriver


class FirstFrameApp(App[None]):
    """An app that starts over the last screen and keeps its own."""

    is_starting = True
    """True until the first frame: output before it would be half a screen, and keys would be lost."""
    _theme_in_use: Theme | None = None

    def __init__(self, terminal: RawTerminal | None = None, css_path: CSSPathType | None = None) -> None:
        """`terminal` is the one that was taken before the imports; None lets the driver take it."""
        super().__init__(driver_class=TerminalDriver, css_path=css_path)
        self.terminal = terminal
        self._final_frame: tuple[str, Size, tuple[str, ...]] | None = None

    def first_frame_shown(self) -> None:
        """Start what the first frame does not need. For subclasses; does nothing by default."""

    def screen_files(self) -> Iterable[str] | None:
        """Return the files that the current screen depends on, or None if the next start will show another one.

        For subclasses; called on leaving. By default nothing is kept.
        """
        return None

    def keep_screen(self) -> None:
        """Keep the final frame for the next start, or forget an older one if there is none to keep.

        Call it last: a file that is written or closed afterwards counts as changed.
        """
        if self._final_frame is None:
            last_screen.forget()
            return
        frame, size, files = self._final_frame
        width, background = (None, None) if self.terminal is None else (self.terminal.width, self.terminal.background)
        try:
            last_screen.keep(frame, (size.width, size.height), width, files, background)
        except OSError:
            last_screen.forget()

    def use_theme(self, theme: Theme) -> None:
        """Colour the style sheet. Before the first frame this sets its variables only, as nothing is styled yet."""
        self.register_theme(theme)
        self._theme_in_use = theme
        if self.theme == theme.name:
            self.refresh_css(animate=False)
        else:
            self.theme = theme.name
        if self.is_starting:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by name. Textual asks for every line it draws and would copy the table of all themes."""
        theme = self._theme_in_use
        return theme if theme is not None and theme.name == theme_name else super().get_theme(theme_name)

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the style sheet again, except before the first frame, when `use_theme` has done all that is needed."""
        if not self.is_starting:
            super().refresh_css(animate)

    def _on_ready(self) -> None:
        self.call_after_refresh(self._show_first_frame)

    def _show_first_frame(self) -> None:
        """Draw the first frame, then read keys. Objects made so far stay, so the garbage collector skips them."""
        self.is_starting = False
        if isinstance(self._driver, TerminalDriver):
            self._driver.send_output()
            self._display(self.screen, self.screen._compositor.render_full_update())
            self._driver.read_keys()
        gc.freeze()
        gc.enable()
        self.first_frame_shown()

    async def _shutdown(self) -> None:
        """Read the final frame off the screen before Textual removes it."""
        if self._driver is not None and self._exception is None and not self.is_headless:
            files = self.screen_files()
            if files is not None:
                frame = self.screen._compositor.render_full_update().render_segments(self.console)
                cursor = Control.move_to(*self.cursor_position).segment.text
                self._final_frame = compact(frame) + cursor, self.size, tuple(files)
        await super()._shutdown()


class FirstScreen(Screen[None]):
    """A screen that draws nothing before the first frame of a `FirstFrameApp`."""

    def _compositor_refresh(self) -> None:
        """Draw what has changed; while the app starts, drop it, as the first frame draws everything."""
        if getattr(self.app, "is_starting", False):
            self._dirty_widgets.clear()
        else:
            super()._compositor_refresh()
