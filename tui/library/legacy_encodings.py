"""Decoding of Chinese text in GB18030 or Big5, told apart by how common its characters are."""

_READ, _FEW_CHARACTERS, _LEAST_CHINESE = 20_000, 8, 0.6
"""Characters examined; non-ASCII characters below which no judgement is made; least share of common characters."""
_SCRIPTS = (("gb2312", 0xD7), ("big5", 0xC6))


def decode_legacy(raw: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Raises UnicodeDecodeError if it is valid in neither encoding or is no Chinese in either; its start is where the more
    successful one stopped.
    """
    texts: dict[str, str] = {}
    stopped = 0
    for encoding in ("gb18030", "big5"):
        try:
            texts[encoding] = raw.decode(encoding)
        except UnicodeDecodeError as error:
            stopped = max(stopped, error.start)
    shares = {encoding: _chinese(text) for encoding, text in texts.items()}
    best = max(shares, key=lambda encoding: shares[encoding]) if shares else ""
    if shares.get(best, 0.0) < _LEAST_CHINESE:
        raise UnicodeDecodeError("gb18030", raw, stopped, min(stopped + 1, len(raw)), "no Chinese text")
    return texts[best], best


def _chinese(text: str) -> float:
    """Return the share of the characters beyond ASCII that are common in Chinese; 1 if there are few of them."""
    beyond = [character for character in text[:_READ] if character > "\x7f"]
    if len(beyond) < _FEW_CHARACTERS:
        return 1.0
    return max(sum(_common(character, *script) for character in beyond) for script in _SCRIPTS) / len(beyond)


def _common(character: str, encoding: str, last: int) -> bool:
    """Return whether a character is a mark or belongs to the first level, the common characters, of a standard.

    `last` is the lead byte at which the first level of `encoding` ends.
    """
    try:
        code = character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and (code[0] <= 0xA3 or 0xA4 < code[0] <= last) and not "\u3040" <= character <= "\u30ff"
