"""The suite's file: one JSON object a line, documents first."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("chinese-search.jsonl")
ALL_OF = " & "
"""Separates the pieces of an alternative that must all occur."""


@dataclass(frozen=True, slots=True)
class Document:
    """A short article. Title, text and author are searched."""

    id: str
    title: str
    text: str
    author: str

    @property
    def searched(self) -> str:
        """Everything searched: a line for each field."""
        return f"{self.title}\n{self.text}\n{self.author}"


@dataclass(frozen=True, slots=True)
class Query:
    """What a user types, and what is expected."""

    id: str
    category: str
    query: str
    expected: tuple[str, ...]
    """Ids of documents; empty if nothing is expected."""
    text: tuple[str, ...]
    """Alternatives. A document that contains one of them is expected; see `ALL_OF`."""
    unexpected: tuple[str, ...] = ()
    """Ids of documents that contain an alternative and are not expected, for `reason`."""
    reason: str = ""
    """Why the expectation does not follow from the query's own characters."""
    at_least: bool = False
    """The query is ambiguous: further documents are not wrong, but the expected ones belong among the first."""


@dataclass(frozen=True)
class Suite:
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(dict.fromkeys(query.category for query in self.queries))


def load(file: Path = FILE) -> Suite:
    """Read the suite. Raises TypeError for an unknown or missing field."""
    documents, queries = [], []
    for line in file.read_text("utf-8").splitlines():
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(line).items()
        }
        if fields.pop("kind") == "document":
            documents.append(Document(**fields))
        else:
            queries.append(Query(**fields))
    return Suite(tuple(documents), tuple(queries))


def contains(document: Document, alternative: str) -> bool:
    """Return whether a document contains every piece of an alternative."""
    return all(piece in document.searched for piece in alternative.split(ALL_OF))
