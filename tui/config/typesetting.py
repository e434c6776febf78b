"""Convert the settings, in em, to typesetting options in cells."""

from ..cells import AmbiguousWidth
from ..typeset import Style
from .settings import Settings


def style_of(settings: Settings, ambiguous: AmbiguousWidth | None = None) -> Style:
    """Return the typesetting style. `ambiguous` is the terminal's answer; a setting other than `auto` overrides it."""
    asked: AmbiguousWidth = 2 if settings.ambiguous_width == "2" else 1
    return Style(
        indent=2 * settings.indent,
        blank_lines=settings.blank_lines,
        hanging=settings.hanging,
        justify=settings.justify,
        quotes=settings.quotes,
        optimal=settings.optimal,
        ambiguous=asked if ambiguous is None or settings.ambiguous_width != "auto" else ambiguous,
    )


def measure_of(settings: Settings) -> int:
    """Return the preferred measure in cells."""
    return 2 * settings.measure
