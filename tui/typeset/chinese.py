"""Tests for Chinese characters, by comparison: compiling a pattern with the range of Han takes milliseconds."""

_MARKS = frozenset("“”‘’…—")


def is_han(character: str) -> bool:
    """Return whether a character is an ideograph (the CJK blocks from extension A on), 〇 or 々."""
    if len(character) != 1:
        return False
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
        or character in "〇々"
    )


def is_chinese(character: str) -> bool:
    """Return whether a character makes its neighbours Chinese: Han, CJK punctuation, full-width forms, quotes, dashes,
    dots."""
    return (
        is_han(character)
        or "\u3001" <= character <= "\u303f"
        or "\uff01" <= character <= "\uff60"
        or character in _MARKS
    )
