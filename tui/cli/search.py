"""The subcommand `search`: print the hits of a query in the order of the app."""

import sys
import time
from collections.abc import Iterator

from ..article import Block, InlineSpan
from ..i18n import _
from ..search import Answer, Hit
from .arguments import Arguments
from .exit_status import AnsweredInterrupt
from .open_library import open_source
from .output import Json, paged_output, remark, use_colour, write_json_list, write_jsonl, write_lines
from .terminal_style import paint, paint_matches

TERMINAL_HITS = 20
"""Hits printed to a terminal without `--limit`. A pipe gets all hits."""
SLOW_SECONDS = 1.0
"""Reading the files for longer than this is worth a hint."""
_CELLS = ("article", "title", "place", "date", "score", "snippet")


def run(arguments: Arguments) -> int:
    """Print the hits of the query, and return 1 if there are none."""
    source = open_source(arguments, for_search=True)
    if source is None:
        return 2
    output_format, colour = arguments.format(), use_colour(arguments)
    limit = arguments.number("limit")
    if limit is None and output_format == "text" and sys.stdout.isatty() and not arguments.flag("pager"):
        limit = TERMINAL_HITS
    began = time.monotonic()
    answer = source.search(" ".join(arguments.operands), limit, arguments.flag("newest"))
    if answer.refusal:
        remark(f"ganews-tui: {answer.refusal}")
        return 2
    with paged_output(arguments):
        _print(answer, output_format, colour)
    is_empty = not answer.hits and next(iter(source.entries()), None) is None
    if output_format == "text" and not is_empty:  # an empty library is reported already
        _report_total(answer)
        if answer.partial:
            pass  # interrupted: one line is enough
        elif answer.is_from_files and time.monotonic() - began > SLOW_SECONDS:
            remark(_("库还没有编目，搜的是文件；ganews-tui index 编目以后更快。"))
        elif answer.is_from_files:
            remark(_("库还没有编目，搜的是文件。"))
    if answer.is_from_files and answer.partial:  # the user interrupted the indexing or reading
        sys.stdout.flush()
        raise AnsweredInterrupt
    return 0 if answer.hits else 1


def _print(answer: Answer, output_format: str, colour: bool) -> None:
    if output_format == "json":
        about: dict[str, Json] = {"query": answer.query, "read_as": answer.read_as, "total": answer.total}
        write_json_list("hits", map(hit_json, answer.hits), about)
    elif output_format == "jsonl":
        write_jsonl(map(hit_json, answer.hits))
    elif output_format == "csv":
        from ..export.csv_file import csv_lines

        rows = ((one.article, " ".join(one.title), one.place, one.date, one.score, one.snippet) for one in answer.hits)
        for line in csv_lines(_CELLS, rows):
            print(line, end="")
    elif output_format == "md":
        write_lines(_markdown(answer))
    elif output_format == "html":
        from ..export.html_page import page

        for part in page(_("检索：{query}").format(query=answer.read_as or answer.query), _html(answer)):
            print(part, end="")
    else:
        write_lines(_text(answer, colour))


def hit_json(hit: Hit) -> dict[str, Json]:
    """Return the hit as JSON. A span is a field or paragraph number, and its start and end in code points."""
    return {
        "article": hit.article,
        "title": list(hit.title),
        "place": hit.place,
        "date": hit.date,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "spans": [[field, start, end] for field, start, end in hit.spans],
        "tags": list(hit.tags),
    }


def _text(answer: Answer, colour: bool) -> Iterator[str]:
    for hit in answer.hits:
        about = "  ".join(part for part in (hit.article, hit.place, hit.date) if part)
        yield f"{paint(' '.join(hit.title), 'strong', colour)}  {paint(about, 'quiet', colour)}"
        yield f"    {paint_matches(hit.snippet, hit.snippet_spans, colour)}"


def _report_total(answer: Answer) -> None:
    if answer.near:
        remark(_("没有找到。相近：{words}").format(words=_("、").join(one.word for one in answer.near)))
        return
    if answer.read_as and answer.read_as != answer.query:
        remark(_("读作：{read_as}").format(read_as=answer.read_as))
    total = len(answer.hits) if answer.total is None else answer.total
    if len(answer.hits) < total:
        remark(_("找到 {n} 篇，这里是前 {shown} 篇。").format(n=total, shown=len(answer.hits)))
    else:
        remark(_("找到 {n} 篇。").format(n=total))


def _markdown(answer: Answer) -> Iterator[str]:
    from ..markdown.write import render

    for hit in answer.hits:
        about = _("，").join(part for part in (hit.article, hit.place, hit.date) if part)
        marks = tuple(InlineSpan("strong", start, end) for start, end in hit.snippet_spans)
        heading = Block("subhead", f"{' '.join(hit.title)} ({about})", level=2)
        yield render([heading, Block("paragraph", hit.snippet, marks)]) + "\n"


def _html(answer: Answer) -> Iterator[str]:
    from ..export.inline_html import text_of

    for hit in answer.hits:
        about = " · ".join(part for part in (hit.article, hit.place, hit.date) if part)
        out: list[str] = []
        at = 0
        for start, end in hit.snippet_spans:
            out.append(f"{text_of(hit.snippet[at:start])}<mark>{text_of(hit.snippet[start:end])}</mark>")
            at = end
        snippet = "".join(out) + text_of(hit.snippet[at:])
        yield f'<h2>{text_of(" ".join(hit.title))}</h2>\n<p class="about">{text_of(about)}</p>\n<p>{snippet}</p>'
