"""Patterns of the tokens of inline markup."""

import re
from functools import cache

from ..clean import clean_line

# Most bodies have no markup, so the longest patterns are compiled only when markup occurs, by `compiled`.
_ADDRESS = r"https?://(?:[!#-;=?-Z_a-z~]|(?<=[/=_#?&-])[\u3400-\u9fff]++)++"
TOKEN = (
    r"\\[\n!-/:-@\[-`{-~•]|`+|\*+|_+|~+|!?\[\[(?!\d+\]\])[^\[\]\n]{1,300}\]\](?![(\[])|\[\^[^\]\s\[]{1,40}\]|!?\[(?!\^[^\]\s\[]{1,40}\])|\]|"
    r"<(?:[A-Za-z][A-Za-z0-9+.\-]{1,31}://|[Mm][Aa][Ii][Ll][Tt][Oo]:)[!-;=?-~]*>|<[\w.+-]{1,64}@[\w.-]{1,200}>|<!--|</?[A-Za-z][A-Za-z0-9-]{0,30}+(?=[\s/>])"
    rf"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|{_ADDRESS}|"
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|"
    r"\$\$[^$]{1,1000}\$\$|\$(?![\s$])[^$\n]{1,1000}(?<!\s)\$(?![0-9])|\{\{[^{}\n]{1,500}\}\}|\{%[^{}\n]{1,500}%\}"
)
TOKEN_START = re.compile(r"[\\`*_~\[\]<&${!h]")
"""The first character of every token. Looking for one first takes a third of the time in Chinese text."""
SPECIAL = re.compile(r"[\\`*_~\[\]<&${]|://")
_TITLE = r"(?:\s++(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+"
_CHARACTER = r"[^\s()\\]|\\."
_BRACKETED = rf"\((?:{_CHARACTER})*+\)"
for _depth in range(2):
    _BRACKETED = rf"\((?:{_CHARACTER}|{_BRACKETED})*+\)"
TARGET = rf"\(\s*+(?:<((?:[^<>\n\\]|\\.)*+)>|((?!<)(?:{_CHARACTER}|{_BRACKETED})*+)){_TITLE}\s*+\)"
PICTURE = r"!\[((?:[^\[\]\\]|\\.)*+)\]" + TARGET + r"\s*"
"""Pattern of a picture: group 1 is the description, group 2 or 3 the address."""
BRACKETS_MATTER = re.compile(r"\[[^\[\]*_~\\`<${]*+[\[*_~\\`<${]")
"""A bracket with a delimiter after it, another bracket, or markup that may hide its closing bracket."""
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern."""
    return re.compile(pattern)


def decoded_entity(text: str) -> str:
    """Return a decoded and cleaned character reference; the text itself if its name is unknown."""
    from html import unescape
    from html.entities import html5

    return clean_line(unescape(text)) if text[1] == "#" or text[1:] in html5 else text
