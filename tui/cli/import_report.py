"""What an import would write, as a table people can read, and what would change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff

from ..cells import cell_len
from ..clean import clean, clean_line
from ..importer import Imported, ImportResult
from ..words import _
from .style import column_width

_TITLE = 44
"""Cells of the column of headlines."""


def report(pages: Sequence[tuple[str, ImportResult]], files: Mapping[str, str]) -> str:
    """The articles that would be written, page by page, and every doubtful decision with its reason."""
    stems = (name.removesuffix(".md") for name in files if name.endswith(".md"))
    lines: list[str] = []
    for name, result in pages:
        lines += [clean_line(name), ""]
        lines += _table([_row(next(stems), article) for article in result.articles])
        lines += ["", *_notes(result), ""]
    return clean("\n".join(lines))


def diff(before: Mapping[str, str], after: Mapping[str, str], folder: str) -> str:
    """What would change in the files, as a unified diff."""
    changes: list[str] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            changes += unified_diff(
                old.splitlines(keepends=True),
                new.splitlines(keepends=True),
                f"{folder}/{name}" if name in before else "/dev/null",
                f"{folder}/{name}" if name in after else "/dev/null",
            )
    return clean("".join(changes))


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
    """The text, shortened to a width."""
    if cell_len(text) <= cells:
        return text
    while cell_len(text) > cells - 2:
        text = text[:-1]
    return text + "…"
