"""A cache of Textual that would keep removed widgets alive."""

from textual._styles_cache import StylesCache


def forget_removed_widgets() -> None:
    """Empty the cache of `StylesCache.get_inner_outer`, whose keys hold up to 1,024 widgets.

    A workaround for https://github.com/Textualize/textual/issues/6665.
    """
    StylesCache.get_inner_outer.cache_clear()
