"""The articles that a listing leaves out, possibly nearly all."""

import json
from array import array
from collections.abc import Iterable
from itertools import islice

from .connection import ReadConnection

RENUMBERED = "SELECT json_group_array(old), json_group_array(number) FROM renumbered WHERE old IN ({})"
_NUMBERS = "SELECT json_group_array(number) FROM article WHERE id IN ({})"
_BATCH_IDS = 4096
"""Ids looked up at once."""


class Hidden:
    """The numbers of the articles with some ids: a byte for each number of the library.

    Numbers are negative until the first walk of a library is complete (see `CatalogueWriter`).
    """

    def __init__(self, store: ReadConnection, ids: Iterable[str]) -> None:
        self._store = store
        self._positive = bytearray()
        self._negative = bytearray()
        waiting = iter(ids)
        while part := list(islice(waiting, _BATCH_IDS)):
            for (numbers,) in store.many(_NUMBERS, part):
                self._add(json.loads(numbers))

    def __bool__(self) -> bool:
        return bool(self._positive or self._negative)

    def use_new_numbers(self) -> None:
        """Replace the negative numbers by those that the articles have since they were sorted by date."""
        old = [-number for number, is_held in enumerate(self._negative) if is_held]
        self._negative = bytearray()
        self._add(list(dict(self._store.pairs(RENUMBERED, old)).values()))

    def without(self, numbers: Iterable[int]) -> "array[int]":
        """Return the numbers that are not hidden."""
        return array("i", (number for number in numbers if not self._holds(number)))

    def _holds(self, number: int) -> bool:
        held = self._positive if number >= 0 else self._negative
        return abs(number) < len(held) and bool(held[abs(number)])

    def _add(self, numbers: list[int]) -> None:
        for number in numbers:
            held = self._positive if number >= 0 else self._negative
            if abs(number) >= len(held):
                held.extend(bytes(abs(number) + _BATCH_IDS - len(held)))
            held[abs(number)] = 1
