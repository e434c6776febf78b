"""The literals that every match of a regular expression contains: what an index can look for."""

import re

from ..fold import dense
from .tree import And, Node, Or, Term

_DEEPEST = 40
"""Levels of nested groups; a deeper expression has no known literals."""
_GROUP = re.compile(r"\(\?(?:P?<[^>]*>|[A-Za-z-]*(?P<end>[:)]))")
"""The beginning of a group: with a name, or with flags."""
_REPETITION = re.compile(r"(?:[*?]|\{0+(?:,[0-9]*)?\}|(?P<kept>\+|\{[0-9]+(?:,[0-9]*)?\}))\??")
_CLASS = re.compile(r"\[\^?\]?(?:\[:[^\]]*:\]|\\.|[^\]\\])*\]", re.DOTALL)
_SPECIAL = re.compile(r"\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[dDwWsSbBAzafnrtv])")
"""Escapes that stand for no known character."""
_ANYTHING: Node = And(())


def required_literals(source: str) -> Node:
    """Return a condition on folded text that every text with a match meets; `And(())` if there is none.

    Folding ignores letter case, so flags make no difference. What is not understood has no literals.
    """
    try:
        return _Literals(source).alternatives(0)
    except _Unknown:
        return _ANYTHING


class _Unknown(Exception):
    """The expression has a part that is not understood."""


class _Literals:
    """A recursive-descent parser of RE2's syntax that keeps only literals."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def alternatives(self, depth: int) -> Node:
        """Read up to the end of the group."""
        if depth > _DEEPEST:
            raise _Unknown
        found = [self._sequence(depth)]
        while self._source.startswith("|", self._at):
            self._at += 1
            found.append(self._sequence(depth))
        if _ANYTHING in found:
            return _ANYTHING
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        run = ""
        while self._at < len(self._source) and self._source[self._at] not in "|)":
            character, group = self._atom(depth)
            repeated = _REPETITION.match(self._source, self._at)
            if repeated:
                self._at = repeated.end()
            is_kept = repeated is None or repeated["kept"] is not None
            if character and is_kept:
                run += character
            if not character or repeated:
                parts += [*_term(run), *([group] if is_kept else ())]
                run = ""
        parts = [part for part in (*parts, *_term(run)) if part != _ANYTHING]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _atom(self, depth: int) -> tuple[str, Node]:
        """Read one atom; return it if it is a literal character, and the condition that it sets otherwise."""
        source, at = self._source, self._at
        if source[at] == "(":
            return "", self._group(depth)
        if source[at] in ".^$":
            self._at += 1
            return "", _ANYTHING
        if source[at] in "[\\" and (found := (_CLASS if source[at] == "[" else _SPECIAL).match(source, at)):
            self._at = found.end()
            return "", _ANYTHING
        if source[at] == "[":
            raise _Unknown
        if source[at] == "\\":
            at += 1
            if at == len(source) or source[at].isalnum() or not source[at].isascii():
                raise _Unknown
        self._at = at + 1
        # RE2 ignores the case of a few characters that folding keeps apart, such as σ and ς
        is_certain = source[at].isascii() or source[at].lower() == source[at].upper()
        return source[at] if is_certain else "", _ANYTHING

    def _group(self, depth: int) -> Node:
        """Read a group, or flags."""
        if found := _GROUP.match(self._source, self._at):
            self._at = found.end()
            if found["end"] == ")":
                if _REPETITION.match(self._source, self._at):  # it repeats what precedes the flags
                    raise _Unknown
                return _ANYTHING
        else:
            self._at += 1
        inner = self.alternatives(depth + 1)
        if not self._source.startswith(")", self._at):
            raise _Unknown
        self._at += 1
        return inner


def _term(run: str) -> list[Node]:
    text = dense(run)
    return [Term(text, run, literal=True)] if text else []
