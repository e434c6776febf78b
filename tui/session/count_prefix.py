"""The number typed before a command, as in `5j`. `5` without a command goes to the fifth place."""

import unicodedata


class CountPrefix:
    """Collects the digits of a count prefix, half or full width."""

    def __init__(self) -> None:
        self._digits = ""

    def digit(self, character: str | None) -> bool:
        """Add a digit. Return False for any other character, for a leading zero, and after seven digits."""
        if not character or len(character) != 1:
            return False
        value = unicodedata.decimal(character, -1)
        if value < 0 or (value == 0 and not self._digits) or len(self._digits) > 6:
            return False
        self._digits += str(value)
        return True

    @property
    def shown(self) -> str:
        return self._digits

    def take(self) -> int | None:
        """Return the number and reset it, or None if no digit was typed."""
        digits, self._digits = self._digits, ""
        return int(digits) if digits else None
