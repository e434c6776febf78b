"""Addresses of shared archives: `service=NAME` or `postgresql://…`, as libpq reads them. Any other text is a folder."""

import re
from urllib.parse import unquote

from .clean import clean_line

PREFIXES = ("service=", "postgresql://", "postgres://")
_USER = re.compile(r"(?<=://)([^/@:?#]*):[^/?#]*@")
"""The user and password of a URL. A password ends at the last @, lest a part of it be taken for the host."""
_VALUE = re.compile(r"(\w*password\s*=\s*)('(?:\\.|[^'\\])*'?|(?:\\.|[^\s\\&])*)", re.IGNORECASE)
"""A password in the form `name=value`, where the value may be in quotes."""


def is_address(text: str) -> bool:
    """Return whether the text names a shared archive rather than a folder."""
    return text.startswith(PREFIXES)


def node_addresses(address: str) -> tuple[str, ...]:
    """Return the addresses of the nodes: `service=north,south` names two services; a URL is one node."""
    if not address.startswith("service="):
        return (address,)
    first, _space, options = address.removeprefix("service=").partition(" ")
    return tuple(f"service={name} {options}".rstrip() for name in first.split(",") if name)


def shown(address: str) -> str:
    """Return the address for messages, without its password."""
    return clean_line(_VALUE.sub(r"\1***", _USER.sub(r"\1:***@", _plain(address))))


def without_password(address: str) -> str:
    """Return the address without its password, to be stored."""
    left = _VALUE.sub("", _USER.sub(r"\1@", _plain(address)))
    return re.sub(r"(?<=[?&])&+", "", re.sub(r" {2,}", " ", left)).rstrip("?& ")


def has_password(address: str) -> bool:
    """Return whether there is a password in the address."""
    plain = _plain(address)
    return bool(_USER.search(plain) or _VALUE.search(plain))


def _plain(address: str) -> str:
    """Return the address with the names of a URL's parameters decoded: libpq also reads `p%61ssword`."""
    head, question, query = address.partition("?")
    pairs = (name.partition("=") for name in query.split("&"))
    return head + question + "&".join(unquote(name) + sign + value for name, sign, value in pairs)
