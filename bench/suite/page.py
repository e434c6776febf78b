"""docs/search-suite.md: what the suite is, the scores, and every query that our program does not answer fully."""

from collections.abc import Mapping, Sequence

from ..report import DOCS, machine
from .adapters import OURS, Adapter
from .data import Query, Suite
from .scoring import FIRST, Scores

PAGE = DOCS / "search-suite.md"
_SHOWN = 4
"""Documents named for one query."""

_HEAD = """# A suite for Chinese search

Written by `python -m bench suite`; `python -m bench peers` installs the programs it compares. The suite is one file,
[chinese-search.jsonl](../bench/suite/chinese-search.jsonl), and depends on no program: use it for yours.

## The file

{documents} short documents of our own words and {queries} queries, a JSON object a line.

| field of a document | |
|---|---|
| `id` | `d001` |
| `title`, `text`, `author` | all three are searched |

| field of a query | |
|---|---|
| `id`, `category`, `query` | the query as typed; words between spaces must all occur |
| `expected` | the documents that a Chinese reader expects; {negative} queries expect none |
| `text` | the pieces of text that explain it: every expected document contains one (`a & b`: both) |
| `unexpected`, `reason` | documents that contain one and are not expected, and why |
| `at_least` | the query is ambiguous: other documents are not wrong |

A query scores the F1 of the documents found: twice the common ones over the sum of both counts; 1 if nothing is
expected and nothing found. An ambiguous one scores the share of the expected documents among the first {first}.
The score of a category is the mean of its queries, times 100; the total is the mean of the categories. Order counts
in no other way: ranking has a test of its own (docs/search.md).

Expectations follow what the words mean to a reader, not what any program does. Answers of all programs were read once
to find wrong expectations; those that a reader would not share were corrected whichever program they favoured. The
suite comes from the authors of ganews-tui: pinyin, which no other program here claims to read, is a quarter of it, so
compare categories before totals.
"""


def page(suite: Suite, adapters: Sequence[Adapter], table: Mapping[str, Scores], skipped: Mapping[str, str]) -> str:
    """Return the page. `table` has a program's scores by its name, `skipped` why a program was not asked."""
    head = _HEAD.format(
        documents=len(suite.documents),
        queries=len(suite.queries),
        negative=sum(not query.expected for query in suite.queries),
        first=FIRST,
    )
    parts = [head, _scores(suite, table), _programs(adapters, skipped)]
    if OURS in table:
        parts.append(_failures(suite, table[OURS]))
    return "\n".join(parts)


def _scores(suite: Suite, table: Mapping[str, Scores]) -> str:
    rows = [f"| | {' | '.join(table)} |", f"|---|{'--:|' * len(table)}"]
    for category in suite.categories:
        count = sum(query.category == category for query in suite.queries)
        cells = " | ".join(f"{100 * scores.by_category[category]:.0f}" for scores in table.values())
        rows.append(f"| {category} ({count}) | {cells} |")
    totals = " | ".join(f"**{100 * scores.total:.1f}**" for scores in table.values())
    right = " | ".join(str(_right(scores)) for scores in table.values())
    rows += [f"| **total** | {totals} |", f"| queries fully right, of {len(suite.queries)} | {right} |"]
    conditions = " · ".join(f"{key} {value}" for key, value in machine().items() if key in ("date", "python", "system"))
    return f"## Scores\n\n{conditions}\n\n" + "\n".join(rows) + "\n"


def _right(scores: Scores) -> int:
    return sum(score == 1 for score in scores.by_query.values())


def _programs(adapters: Sequence[Adapter], skipped: Mapping[str, str]) -> str:
    rows = [
        f"| {adapter.name} | {adapter.how} | {f'skipped: {skipped[adapter.name]}' if adapter.name in skipped else ''} |"
        for adapter in adapters
    ]
    return "## How each program was asked\n\n| program | index and query | |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _failures(suite: Suite, scores: Scores) -> str:
    failed = [query for query in suite.queries if scores.by_query[query.id] < 1]
    titles = {document.id: document.title for document in suite.documents}
    rows = [
        f"| {_cell(query.query)} | {query.category} | {100 * scores.by_query[query.id]:.0f} | "
        f"{_named(_missing(query, scores), titles)} | {_named(_extra(query, scores), titles)} | {_cell(query.reason)} |"
        for query in failed
    ]
    return (
        (
            f"## What {OURS} gets wrong\n\n{len(failed)} of {len(suite.queries)} queries.\n\n"
            "| query | category | score | not found | found, not expected | note |\n|---|---|--:|---|---|---|\n"
        )
        + "\n".join(rows)
        + "\n"
    )


def _missing(query: Query, scores: Scores) -> list[str]:
    found = scores.answers.get(query.id, ())
    return [id for id in query.expected if id not in (found[:FIRST] if query.at_least else found)]


def _extra(query: Query, scores: Scores) -> list[str]:
    return [] if query.at_least else [id for id in scores.answers.get(query.id, ()) if id not in query.expected]


def _named(ids: Sequence[str], titles: Mapping[str, str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return "; ".join(f"{id} {_cell(titles[id])}" for id in ids[:_SHOWN]) + more


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\u00ad", "")
