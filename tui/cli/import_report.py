"""The reports of `import --dry-run`: a table of the articles, and a diff of the files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff

from ..cells import cell_len
from ..clean import clean, clean_line
from ..i18n import _
from ..importer import Imported, ImportResult
from .terminal_style import column_width

_TITLE = 44
"""Cells. Maximum width of a headline in the table."""
MOST_COMPARED = 2000
"""Lines. `difflib` compares two files of this length in 0.1 s at worst; double the length takes eight times as long."""


def report(pages: Sequence[tuple[str, ImportResult]], files: Mapping[str, str]) -> str:
    """Return a table of the articles of each page, with the notes on doubtful decisions below it."""
    stems = (name.removesuffix(".md") for name in files if name.endswith(".md"))
    lines: list[str] = []
    for name, result in pages:
        lines += [clean_line(name), ""]
        lines += _table([_row(next(stems), article) for article in result.articles])
        lines += ["", *_notes(result), ""]
    return clean("\n".join(lines))


def summary(pages: Iterable[tuple[str, int, int]]) -> str:
    """Return a table of the pages: name, number of articles, number of doubtful decisions."""
    heads = (_("版面"), _("篇"), _("拿不准"))
    rows = [(name, str(articles), str(doubts) if doubts else "") for name, articles, doubts in pages]
    return clean("".join(f"{line}\n" for line in _aligned(heads, rows)))


def diff(before: Mapping[str, str], after: Mapping[str, str], folder: str) -> str:
    """Return a unified diff of the files; `before` and `after` are texts by file name."""
    changes: list[str] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            was, is_now = (f"{folder}/{name}" if name in files else "/dev/null" for files in (before, after))
            changes += _changes(old.splitlines(keepends=True), new.splitlines(keepends=True), was, is_now)
    return clean("".join(changes))


def _changes(old: list[str], new: list[str], was: str, is_now: str) -> Iterator[str]:
    """Yield the diff of one file. Above `MOST_COMPARED` lines it replaces all lines: a minimal diff takes too long."""
    if max(len(old), len(new)) <= MOST_COMPARED:
        yield from unified_diff(old, new, was, is_now)
        return
    yield f"--- {was}\n+++ {is_now}\n@@ -{bool(old):d},{len(old)} +{bool(new):d},{len(new)} @@\n"
    for sign, lines in (("-", old), ("+", new)):
        yield from (f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n" for line in lines)


def _row(stem: str, article: Imported) -> tuple[str, ...]:
    kinds = Counter(piece.kind for piece in article.paragraphs)
    return (
        stem,
        _cut(" ".join(article.title) or _("无题"), _TITLE),
        article.place or _("无"),
        article.dateline or "",
        "、".join(article.authors),
        str(kinds["paragraph"]),
        str(kinds["subhead"]),
        str(kinds["caption"]),
        f"{article.span[0]}–{article.span[1]}",
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    heads = (_("文件"), _("标题"), _("地方"), _("讯头"), _("作者"), _("段"), _("小标题"), _("图片"), _("行"))
    yield from _aligned(heads, rows)


def _aligned(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [column_width(cell_len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = (text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _notes(result: ImportResult) -> Iterator[str]:
    if not result.notes:
        yield _("没有拿不准的地方。")
        return
    yield _("拿不准的 {n} 处：").format(n=len(result.notes))
    for note in result.notes:
        line = _("第 {line} 行（{percent}%）：{message}")
        yield "  " + line.format(line=note.line, percent=round(100 * note.confidence), message=note.message)


def _cut(text: str, cells: int) -> str:
    """Shorten the text to at most `cells` cells, with `…` at the end if it was cut."""
    if cell_len(text) <= cells:
        return text
    text = text[:cells]
    while cell_len(text) > cells - 2:
        text = text[:-1]
    return text + "…"
