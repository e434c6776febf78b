"""Whether characters that stand together form a word where they occur, or only end one word and begin the next."""

from ..word_tables import word_tables


def is_accidental(characters: str, folded: str) -> bool:
    """Return whether, wherever the characters occur, they begin within one word of the table and end within another.

    警积 in 民警积极 does. Looks at words of two characters. The folded text must contain the characters.
    """
    pairs = word_tables().pairs
    at = folded.find(characters)
    while at >= 0:
        end = at + len(characters)
        if folded[max(at - 1, 0) : at + 1] not in pairs or folded[end - 1 : end + 1] not in pairs:
            return False
        at = folded.find(characters, at + 1)
    return True
