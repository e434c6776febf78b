"""The outcome of one stress test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of the table: what was tried, how often, how often it failed, and the first failures."""

    tried: str
    times: int
    lost: int
    remarks: tuple[str, ...] = ()
