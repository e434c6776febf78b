"""Accuracy of the importer: precision and recall of every field on the generated page set.

Every layout is combined with every style of byline and dateline. `docs/import.md` contains the tables. The pages are
generated from seeds, so the figures are the same on every machine. Half of the seeds (`held out`) are never inspected
during work on the importer.
"""

import argparse
import itertools
import re
from collections import Counter
from pathlib import Path
from random import Random

from tui.gazetteer import Gazetteer, load
from tui.importer import Imported, ImportResult, import_page
from tui.importer.source_lines import to_half_width
from tui.paths import content_dir

from .pages.articles import BYLINES, DATELINES, Habits, Made, articles
from .pages.layouts import LAYOUTS, Row, rows, with_furniture

FIELDS = ("articles", "headline", "dateline", "place", "authors", "re-join", "paragraphs", "subheads", "captions")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "import.md"
_GOLD, _FOUND, _BOTH = "gold", "found", "both"
Counts = Counter[tuple[str, str]]


def run(args: argparse.Namespace) -> None:
    """Measure, print the tables, and write them to docs/import.md unless `args.dry` is set."""
    gazetteer = load(content_dir() / "gazetteer.yaml")
    text = "\n".join(
        _tables(gazetteer, name, seeds) for name, seeds in (("worked on", range(3)), ("held out", range(100, 103)))
    )
    print(text)
    if not args.dry and PAGE.exists():
        marked = f"<!-- figures -->\n{text}<!-- /figures -->"
        page = PAGE.read_text("utf-8")
        PAGE.write_text(re.sub("<!-- figures -->.*<!-- /figures -->", lambda _: marked, page, flags=re.DOTALL), "utf-8")


def _tables(gazetteer: Gazetteer, name: str, seeds: range) -> str:
    by_layout: dict[str, Counts] = {}
    by_signing: dict[str, Counts] = {}
    total: Counts = Counter()
    pages = lost = 0
    for layout in LAYOUTS:
        for bylines in BYLINES:
            for datelines in DATELINES:
                for seed in seeds:
                    counts = measured(gazetteer, layout, bylines, datelines, seed)
                    signing = "neither dateline nor byline" if bylines == datelines == "none" else "some or all"
                    for where, key in ((by_layout, layout), (by_signing, signing)):
                        where.setdefault(key, Counter()).update(counts)
                    total.update(counts)
                    pages += 1
                    lost += counts["characters", "lost"]
    head = (
        f"### Pages {name}: {pages} pages, {total['articles', _GOLD]} articles, {lost} characters lost or doubled\n\n"
    )
    return head + _fields(total) + "\n" + _rows({**by_layout, **by_signing, "all": total})


def _fields(total: Counts) -> str:
    lines = ["| field | precision | recall | F1 | in the pages |", "|---|--:|--:|--:|--:|"]
    for field in FIELDS:
        both, found, gold = (total[field, kind] for kind in (_BOTH, _FOUND, _GOLD))
        lines.append(f"| {field} | {_share(both, found)} | {_share(both, gold)} | {_f1(total, field)} | {gold} |")
    return "\n".join(lines) + "\n"


def _rows(parts: dict[str, Counts]) -> str:
    lines = [f"| F1 | {' | '.join(FIELDS)} |", "|---|" + "--:|" * len(FIELDS)]
    lines += [f"| {name} | {' | '.join(_f1(counts, field) for field in FIELDS)} |" for name, counts in parts.items()]
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _f1(counts: Counts, field: str) -> str:
    whole = counts[field, _FOUND] + counts[field, _GOLD]
    return _share(2 * counts[field, _BOTH], whole) if counts[field, _GOLD] else "–"


def measured(gazetteer: Gazetteer, layout: str, bylines: str, datelines: str, seed: int) -> Counts:
    """Generate one page, import it, and compare the result with the truth."""
    random = Random(f"{layout} {bylines} {datelines} {seed}")
    stacked = random.random() < 0.5
    habits = Habits(bylines, datelines, random.random() < 0.7, random.random() < 0.6, stacked)
    made = articles(random, habits, gazetteer, random.randint(2, 8))
    page = rows(random, made, layout, stacked)
    if random.random() < 0.25:
        page = with_furniture(random, page)
    text = random.choice(("\n", "\n\n")).join(row.text for row in page)
    return compared(text, page, made, import_page(text, gazetteer))


def compared(text: str, page: list[Row], made: list[Made], result: ImportResult) -> Counts:
    """Count true, found and matching values of each field. Articles are matched by the line they begin on."""
    counts: Counts = Counter()
    found = result.articles
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    starts = [
        next(number for number, row in zip(numbers, page, strict=True) if row.article == at and row.kind == "headline")
        for at in range(len(made))
    ]
    gold = dict(zip(starts, made, strict=True))
    got = {article.span[0]: article for article in found}

    def count(field: str, true: list[object], said: list[object]) -> None:
        both = Counter(map(repr, true)) & Counter(map(repr, said))
        counts.update({(field, _GOLD): len(true), (field, _FOUND): len(said), (field, _BOTH): sum(both.values())})

    count("articles", list(gold), list(got))
    count(
        "headline", [(at, _plain(a.title)) for at, a in gold.items()], [(at, _plain(a.title)) for at, a in got.items()]
    )
    count("dateline", _of(gold, "dateline"), _of(got, "dateline"))
    known = {at for at, article in gold.items() if article.place}
    count("place", _of(gold, "place"), _of({at: article for at, article in got.items() if at in known}, "place"))
    count(
        "authors",
        [(at, who) for at, a in gold.items() for who in a.authors],
        [(at, who) for at, a in got.items() for who in a.authors],
    )
    for field, kind in (("paragraphs", "paragraph"), ("subheads", "subhead"), ("captions", "caption")):
        said: list[object] = [piece.text for article in found for piece in article.paragraphs if piece.kind == kind]
        true: list[object] = [text for article in made for one, text in article.pieces if one == kind]
        count(field, true, said)
    count("re-join", _gold_joins(page, numbers), _joins(found, numbers))
    out = Counter("".join(map(_letters, found)) + _plain_text("".join(one.text for one in result.furniture)))
    printed = Counter(re.sub(r"\s", "", to_half_width(text)))
    counts["characters", "lost"] = sum(((printed - out) + (out - printed)).values())
    return counts


def _of(articles: dict[int, Made] | dict[int, Imported], field: str) -> list[object]:
    return [(at, value) for at, article in articles.items() if (value := getattr(article, field))]


def _plain(parts: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(to_half_width(part) for part in parts)


def _letters(article: Imported) -> str:
    texts = [*article.title, article.dateline or "", article.byline, *(piece.text for piece in article.paragraphs)]
    return _plain_text("".join(texts))


def _plain_text(text: str) -> str:
    return re.sub(r"\s", "", to_half_width(text))


def _gold_joins(page: list[Row], numbers: list[int]) -> list[object]:
    lines = list(zip(numbers, page, strict=True))
    return [
        (above, at) for (above, _), (at, row) in itertools.pairwise(lines) if row.goes_on and row.kind == "paragraph"
    ]


def _joins(found: tuple[Imported, ...], numbers: list[int]) -> list[object]:
    joins: list[object] = []
    for article in found:
        for piece in article.paragraphs:
            if piece.kind == "paragraph":
                lines = [number for number in numbers if piece.span[0] <= number <= piece.span[1]]
                joins += itertools.pairwise(lines)
    return joins
