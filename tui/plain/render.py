"""The text of the linear mode: entries, lists, articles, units as lines of any length.

Except for the article's own text, lines contain only words, digits and `，。：？`, because screen readers read out the
names of other characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..compose import reading_minutes
from ..i18n import _
from ..session.navigation import at_unit, group_sections, is_at_end
from ..session.state import Session

if TYPE_CHECKING:
    from ..article import Article, Block
    from ..session.article_text import ArticleText, Unit
    from ..session.list_model import ListItem


def joined(*parts: str) -> str:
    """Join the non-empty parts with commas."""
    return _("，").join(part for part in parts if part)


def stopped(text: str) -> str:
    """Add a full stop unless the text ends with a full stop, question mark or colon."""
    return text if text.endswith(("。", "？", "：", ".", "?", ":")) else text + _("。")


def entry(item: ListItem) -> str:
    """Return an entry's headline, place and marks."""
    return joined(
        " ".join(item.title), item.place, _("未读") if item.unread else "", _("已收藏") if item.starred else ""
    )


def entry_line(session: Session) -> str:
    """Return the entry under the cursor with its number."""
    item = session.item
    if item is None:
        return _("这一篇已经不在了。")
    return _("第 {n} 篇，共 {total} 篇：{entry}").format(
        n=(session.entry or 0) + 1, total=session.total, entry=entry(item)
    )


def section_line(session: Session, number: int, unread: int | None) -> str:
    """Return a group's label with its counts; `unread` of None omits the unread count."""
    section = session.rows.sections[number]
    counts = _("{n} 篇").format(n=section.count)
    return joined(section.label, counts, "" if unread is None else _("{n} 未读").format(n=unread))


def list_lines(
    session: Session, start: int, name: str, sentences: dict[str, str], *, with_heading: bool
) -> Iterator[str]:
    """Yield a page of the list: numbered entries, and each group's label before its first entry.

    `sentences` maps article ids to a sentence to add to the entry.
    """
    if with_heading:
        yield joined(name, _("{n} 篇").format(n=session.total))
    sections = session.rows.sections
    heads = {sections[n].start: n for n in group_sections(session) if sections[n].key != session.listing}
    items = session.rows.entries(start, session.listed)
    for number, item in enumerate(items, start):
        if number in heads and not session.query:
            yield section_line(session, heads[number], None)
        yield _("{n}：{entry}").format(n=number + 1, entry=joined(entry(item), sentences.get(item.id, "")))
    if session.listed < session.total:
        yield _("第 {first} 到 {last} 篇，共 {n} 篇，回车听后面的。").format(
            first=start + 1, last=session.listed, n=session.total
        )


def article_head(session: Session) -> Iterator[str]:
    """Yield the head of the open article: number, headline, place, author, date, minutes of reading."""
    text = session.text
    if text is None:
        return
    article = text.article
    head = joined(
        " ".join(article.title),
        article.place or "",
        author(article),
        article.date or "",
        _("约 {n} 分钟").format(n=reading_minutes([text.block(n) for n in text.readable])) if text.readable else "",
    )
    if session.entry is None:
        yield head
    else:
        yield _("第 {n} 篇，共 {total} 篇：{entry}").format(n=session.entry + 1, total=session.total, entry=head)


def author(article: Article) -> str:
    """Return the printed byline without its brackets, or the authors if there is no byline."""
    return article.byline.strip("（）() ") or " ".join(article.authors)


def resumed(session: Session) -> str:
    number, count = at_unit(session)
    return _("从{unit}接着读，g 从头读起。").format(unit=unit_number(session, number, count))


def unit_number(session: Session, number: int, count: int) -> str:
    """Return the number of a unit and the number of units."""
    names = {
        "sentence": _("第 {n} 句，共 {total} 句"),
        "paragraph": _("第 {n} 段，共 {total} 段"),
        "section": _("第 {n} 节，共 {total} 节"),
    }
    return names[session.unit].format(n=number, total=count)


def unit_lines(session: Session, *, with_number: bool = True) -> Iterator[str]:
    """Yield the lines of the current unit, then its number."""
    text = session.text
    if text is None:
        return
    number, count = at_unit(session)
    if not count:
        yield _("这一篇没有正文。")
        return
    yield from spoken(text, text.units(session.unit)[number - 1])
    if with_number:
        yield stopped(joined(unit_number(session, number, count), _("全文完") if is_at_end(session) else ""))


def spoken(text: ArticleText, unit: Unit) -> Iterator[str]:
    """Yield the lines of a unit, one per paragraph."""
    (first, start), (last, end) = unit
    for number in text.readable:
        if first <= number < last or (number == last and end):
            block = text.block(number)
            begin = start if number == first else 0
            stop = end if number == last else len(block.text)
            yield from block_lines(text, number, begin, stop)


def block_lines(text: ArticleText, number: int, start: int, end: int) -> Iterator[str]:
    """Yield the lines of a block from code point `start` to `end`."""
    block = text.block(number)
    if block.kind == "table":
        yield from _table(block, start, end)
        return
    said = block.text[start:end]
    if number == text.page.opened and start == 0 and text.page.dateline:
        said = said.replace("\u3000", " ", 1)
    if block.kind == "code":
        yield from said.split("\n")
        return
    lead = _lead(text, number) if start == 0 else ""
    yield lead + " ".join(said.split("\n"))


def _lead(text: ArticleText, number: int) -> str:
    """Return the words that announce a block before its text; empty for an ordinary paragraph."""
    block = text.block(number)
    match block.kind:
        case "subhead":
            heads = text.subheads
            return _("小标题 {n}，共 {total}：").format(n=heads.index(number) + 1, total=len(heads))
        case "item":
            nth, count = text.item_number(number)
            return _("第 {n} 项，共 {total} 项：").format(n=nth, total=count)
        case "quote":
            return _("引文：")
        case "caption":
            return _("图片：")
        case "footnote":
            return _("注 {n}：").format(n=block.marker.strip("[]^"))
    return ""


def _table(block: Block, start: int, end: int) -> Iterator[str]:
    """Yield each table row as a sentence, with the column name before every cell."""
    at = 0
    rows = block.text.split("\n")
    heads = rows[0].split("\t")
    for row in rows:
        if start <= at < end and (at or len(rows) == 1):
            cells = row.split("\t")
            named = zip(heads, cells, strict=False) if len(rows) > 1 else (("", cell) for cell in cells)
            yield stopped(joined(*(f"{head.strip()} {cell.strip()}".strip() for head, cell in named)))
        at += len(row) + 1


def sentence_of(text: ArticleText, block: int, offset: int) -> str:
    """Return the sentence at a position in the body, or the whole block if the position is outside the body."""
    if block not in text.readable:
        return " ".join(text.block(block).text.split())
    unit = text.units("sentence")[text.number_at("sentence", (block, offset))]
    return " ".join(spoken(text, unit))


def match_lines(session: Session, *, is_article_new: bool) -> Iterator[str]:
    """Yield the current match: its number, its article, and the sentence that contains it."""
    text = session.text
    if text is None:
        return
    which = _("第 {n} 处，共 {total} 处").format(n=session.match + 1, total=len(session.matches))
    entry_number = (session.entry or 0) + 1
    yield stopped(joined(which, _("第 {n} 篇，共 {total} 篇").format(n=entry_number, total=session.total)))
    if is_article_new:
        yield joined(" ".join(text.article.title), text.article.place or "")
    block, start, _end = session.matches[session.match]
    yield sentence_of(text, block, start)


def where_lines(session: Session, name: str) -> Iterator[str]:
    """Yield where the user is: list, entry, unit of the open article, match."""
    yield stopped(joined(name, _("{n} 篇").format(n=session.total)))
    if session.entry is not None:
        yield entry_line(session)
    if session.text is not None:
        number, count = at_unit(session)
        match = ""
        if session.match >= 0:
            match = _("第 {n} 处，共 {total} 处").format(n=session.match + 1, total=len(session.matches))
        yield stopped(joined(_("打开着"), unit_number(session, number, count), match))


def numbered(lines: Sequence[str], start: int = 0) -> Iterator[str]:
    """Yield the lines with numbers from `start` + 1."""
    for number, line in enumerate(lines, start + 1):
        yield _("{n}：{entry}").format(n=number, entry=line)
