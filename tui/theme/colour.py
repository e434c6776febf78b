"""Contrast of colours, and the nearest colour of a palette of 256."""

from functools import cache

_LEVELS = (0, 95, 135, 175, 215, 255)
"""Values of red, green and blue in xterm's colour cube."""

Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    """Return red, green and blue of `#rrggbb`. Raises ValueError."""
    if len(colour) != 7 or colour[0] != "#" or not colour.isascii():
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, 1.4.6)."""
    light, dark = sorted((_luminance(rgb(one)), _luminance(rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def nearest_256(colour: str) -> str:
    """Return the colour among 16 to 255 of xterm's palette that is nearest in Oklab."""
    wanted = _lab(rgb(colour))
    return min(_palette(), key=lambda each: sum((a - b) ** 2 for a, b in zip(wanted, _lab(rgb(each)), strict=True)))


@cache
def _palette() -> tuple[str, ...]:
    cube = [(red, green, blue) for red in _LEVELS for green in _LEVELS for blue in _LEVELS]
    greys = [(level, level, level) for level in range(8, 248, 10)]
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in cube + greys)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: Rgb) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _lab(colour: Rgb) -> tuple[float, float, float]:
    """Return the colour in Oklab, where distance matches perceived difference."""
    red, green, blue = map(_linear, colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
