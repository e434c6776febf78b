"""Printed pages: accuracy on pages set in the project's own layouts, and cost against PDFium's own time.

The cost is CPU time for the pages of one file: reading the characters with PDFium, extracting lines from them, and
importing the lines. It is a ratio of runs that take turns. Starting the child process comes once for each file.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from statistics import median

import pypdfium2

from tests.printed_pages import PdfPage, pdf_of
from tui.gazetteer import Gazetteer, load
from tui.importer.formats import import_file
from tui.importer.jumps import with_jumps_joined
from tui.importer.pdf import extract
from tui.importer.pdf.process import read_pdf
from tui.importer.printed import import_printed
from tui.importer.result import Imported
from tui.importer.source_lines import to_half_width
from tui.paths import content_dir

from .pages.articles import BYLINES, DATELINES, Habits, Made, articles
from .pdf_documents import DOCUMENTS
from .pdf_layouts import PrintedFile
from .pdf_pages import SETTINGS, Setting, printed_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "import.md"
FIELDS = ("articles", "headline", "dateline", "authors", "subheads", "captions", "paragraphs")
PAGES = 12
"""Pages of each layout."""
Counts = Counter[tuple[str, str]]


def run(args: argparse.Namespace) -> None:
    """Measure, print the tables, and write them to docs/import.md unless `args.dry` is set."""
    gazetteer = load(content_dir() / "gazetteer.yaml")
    lines = [f"| F1 | {' | '.join(FIELDS)} | lost or doubled |", "|---|" + "--:|" * (len(FIELDS) + 1)]
    files: list[bytes] = []
    for name in (*SETTINGS, *DOCUMENTS):
        pages = _pages_in(SETTINGS[name], gazetteer, name) if name in SETTINGS else _documents(gazetteer, name)
        counts, file = measured(gazetteer, name, pages)
        files += [file] if name in SETTINGS else []
        shares = (_f1(counts, field) for field in FIELDS)
        lines.append(f"| {name} | {' | '.join(shares)} | {counts['characters', 'lost']} |")
    ratios = [cost(file, gazetteer, max(5, args.runs)) for file in files]
    text = "\n".join(lines) + f"\n\nCPU time of a page: {median(ratios):.1f} times what PDFium takes to give its "
    text += f"characters ({min(ratios):.1f} to {max(ratios):.1f} in {len(ratios)} layouts).\n"
    print(text)
    if not args.dry:
        page = PAGE.read_text("utf-8")
        marked = f"<!-- printed figures -->\n{text}<!-- /printed figures -->"
        page = re.sub("<!-- printed figures -->.*<!-- /printed figures -->", lambda _: marked, page, flags=re.DOTALL)
        PAGE.write_text(page, "utf-8")


def measured(gazetteer: Gazetteer, name: str, documents: Iterable[PrintedFile]) -> tuple[Counts, bytes]:
    """Import the pages of a layout, and compare. Return the counts and a file of all pages."""
    counts: Counts = Counter()
    pages: list[PdfPage] = []
    for number, document in enumerate(documents):
        (result,) = with_jumps_joined([import_file(pdf_of(*document.pages), f"{name} {number}", gazetteer)])
        pages += document.pages
        printed = Counter(_plain("".join(text for page in document.pages for text in _texts(page))))
        found = Counter(_plain("".join((*map(_letters, result.articles), *(one.text for one in result.furniture)))))
        counts["characters", "lost"] += sum(((printed - found) + (found - printed)).values())
        _compare(counts, document.made, result.articles)
    return counts, pdf_of(*pages)


def _pages_in(setting: Setting, gazetteer: Gazetteer, name: str) -> Iterator[PrintedFile]:
    """Yield pages of reports in one setting."""
    for number in range(PAGES):
        random = Random(f"{name} {number}")
        habits = Habits(
            random.choice(BYLINES), random.choice(DATELINES), random.random() < 0.6, random.random() < 0.5, True
        )
        page, made = printed_page(random, articles(random, habits, gazetteer, 9), setting)
        yield PrintedFile([page], made)


def _documents(gazetteer: Gazetteer, name: str) -> Iterator[PrintedFile]:
    """Yield files of a kind, in which all the rest is drawn."""
    number = found = 0
    while found < PAGES:
        document = DOCUMENTS[name](Random(f"{name} {number}"), gazetteer)
        number += 1
        if len(document.made) > 1:
            found += 1
            yield document


def cost(file: bytes, gazetteer: Gazetteer, runs: int) -> float:
    """Return the median ratio of the CPU time of an import to that of PDFium for the characters alone."""
    pages = read_pdf(file, "pages")

    def characters() -> None:
        document = pypdfium2.PdfDocument(file)
        for page in document:
            page.get_textpage().get_text_range()

    def imported() -> None:
        json.dumps(extract._document(pypdfium2, file))
        import_printed(pages, gazetteer)

    imported()
    return median(_seconds(imported) / _seconds(characters) for _ in range(runs))


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _texts(page: PdfPage) -> list[str]:
    return [bytes.fromhex(text).decode("utf-16-be") for line in page.content for text in re.findall("<(.*)>", line)]


def _letters(article: Imported) -> str:
    texts = [*article.title, article.dateline or "", article.byline, *(piece.text for piece in article.paragraphs)]
    return "".join(texts)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", to_half_width(text))


def _compare(counts: Counts, made: list[Made], found: tuple[Imported, ...]) -> None:
    """Count true, found and matching values of each field. Articles match by their headline's text."""

    def count(field: str, true: list[object], said: list[object]) -> None:
        both = Counter(map(repr, true)) & Counter(map(repr, said))
        counts.update({(field, "gold"): len(true), (field, "found"): len(said), (field, "both"): both.total()})

    def parts(title: list[str] | tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_plain, title))

    count("articles", ["".join(parts(a.title)) for a in made], ["".join(parts(a.title)) for a in found])
    count("headline", [parts(a.title) for a in made], [parts(a.title) for a in found])
    count("dateline", [a.dateline for a in made if a.dateline], [a.dateline for a in found if a.dateline])
    count("authors", [who for a in made for who in a.authors], [who for a in found for who in a.authors])
    for field, kind in (("subheads", "subhead"), ("captions", "caption"), ("paragraphs", "paragraph")):
        kinds = (kind, "row") if kind == "paragraph" else (kind,)
        count(
            field,
            [_plain(text) for a in made for one, text in a.pieces if one in kinds],
            [_plain(piece.text) for a in found for piece in a.paragraphs if piece.kind == kind],
        )


def _f1(counts: Counts, field: str) -> str:
    whole = counts[field, "found"] + counts[field, "gold"]
    return f"{2 * counts[field, 'both'] / whole:.3f}" if whole else "–"
