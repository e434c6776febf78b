"""A number typed before a command: `5j`, and alone `5` for the fifth place."""

import unicodedata


class CountPrefix:
    """Digits as they come, half or full width."""

    def __init__(self) -> None:
        self._digits = ""

    def digit(self, character: str | None) -> bool:
        """Take a digit; False when it is none, or a zero at the start."""
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
        """The number, which is forgotten by this; None without one."""
        digits, self._digits = self._digits, ""
        return int(digits) if digits else None
