"""Commands of the table as they act without a screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..i18n import _
from ..keys import Command
from ..reading import Change
from .desk import Desk

Act = Callable[[Desk, int], Iterator[str]]


def outline(desk: Desk, _count: int) -> Iterator[str]:
    """The subheads of the open article."""
    headings = desk.text.outline() if desk.text else []
    yield from (text for _number, text in headings)
    if not headings:
        yield _("这里没有小标题。")


def reference(desk: Desk, _count: int) -> Iterator[str]:
    yield desk.reference() or _("先选一篇文章。")


def star(desk: Desk, _count: int) -> Iterator[str]:
    id = desk.here()
    if id is None:
        yield _("先选一篇文章。")
    else:
        yield _("已收藏。") if desk.reading.toggle_star(id) else _("已取消收藏。")


def toggle_read(desk: Desk, _count: int) -> Iterator[str]:
    id = desk.here()
    if id is None:
        yield _("先选一篇文章。")
    else:
        yield _("已标为已读。") if desk.reading.toggle_read(id) else _("已标为未读。")


def mark_all_read(desk: Desk, _count: int) -> Iterator[str]:
    listing = desk.catalogue.listing("place")
    ids = (row.id for start in range(0, len(listing), 500) for row in listing.summaries(start, start + 500))
    count = desk.reading.mark_all_read(ids)
    desk.renew()
    yield _("{n} 篇标为已读，U 撤销。").format(n=count)


def undo(desk: Desk, _count: int) -> Iterator[str]:
    change = desk.reading.undo()
    desk.renew()
    yield _("已撤销：{what}").format(what=said(change)) if change else _("没有可撤销的。")


def redo(desk: Desk, _count: int) -> Iterator[str]:
    change = desk.reading.redo()
    desk.renew()
    yield _("已重做：{what}").format(what=said(change)) if change else _("没有可重做的。")


def back(desk: Desk, count: int) -> Iterator[str]:
    stop = desk.reading.back(count)
    return desk.open(stop.id) if stop else iter([_("前面没有了。")])


def forward(desk: Desk, count: int) -> Iterator[str]:
    stop = desk.reading.forward(count)
    return desk.open(stop.id) if stop else iter([_("后面没有了。")])


def save_search(desk: Desk, _count: int) -> Iterator[str]:
    query = desk.session.query
    if query:
        desk.reading.save_search(query)
    yield _("已保存：{query}").format(query=query) if query else _("先搜索，再保存。")


def searches(desk: Desk, _count: int) -> Iterator[str]:
    """Searching with nothing to search for: how it is done, and the searches that were saved."""
    yield _("输入词语即可搜索。")
    for query in desk.reading.saved_searches():
        yield _("存过：{query}").format(query=query)


def problems(desk: Desk, _count: int) -> Iterator[str]:
    """What is wrong with the content, by file and line."""
    found = desk.catalogue.problems()
    yield from map(str, found)
    if not found:
        yield _("内容没有问题。")


def said(change: Change) -> str:
    """What a change was, in words."""
    words = {
        ("read", True): _("{n} 篇标为已读"),
        ("read", False): _("{n} 篇标为未读"),
        ("star", True): _("收藏 {n} 篇"),
        ("star", False): _("取消收藏 {n} 篇"),
        ("search", True): _("保存 {n} 个搜索"),
        ("search", False): _("删去 {n} 个搜索"),
    }
    return words[change.kind, change.is_on].format(n=change.count)


def manual(commands: Sequence[Command]) -> Iterator[str]:
    """The commands that can be used here, with the keys that can be typed on a line."""
    for command in commands:
        if command.id in ACTS or command.id in ("read", "help", "quit"):
            typed = [shown for shown in command.shown_keys if len(shown) == 1]
            yield _("{keys}：{act}").format(keys=" ".join(typed) or command.id, act=command.title)


ACTS: Mapping[str, Act] = {
    "down": lambda desk, count: desk.step(count),
    "up": lambda desk, count: desk.step(-count),
    "next_article": lambda desk, count: desk.step(count),
    "previous_article": lambda desk, count: desk.step(-count),
    "next_match": lambda desk, count: desk.step(count),
    "previous_match": lambda desk, count: desk.step(-count),
    "page_down": lambda desk, _count: desk.go_on(),
    "page_up": lambda desk, _count: desk.go_back(),
    "top": lambda desk, _count: desk.top(),
    "leave": lambda desk, _count: desk.to_list(),
    "list_pane": lambda desk, _count: desk.to_list(),
    "next_unread": lambda desk, _count: desk.next_unread(),
    "back": back,
    "forward": forward,
    "outline": outline,
    "copy_reference": reference,
    "search": searches,
    "problems": problems,
    "save_search": save_search,
    "grouping": lambda desk, _count: desk.regroup(),
    "order": lambda desk, _count: desk.reorder(),
    "star": star,
    "toggle_read": toggle_read,
    "mark_all_read": mark_all_read,
    "undo": undo,
    "redo": redo,
    "list_all": lambda desk, _count: desk.show("all"),
    "list_unread": lambda desk, _count: desk.show("unread"),
    "list_starred": lambda desk, _count: desk.show("starred"),
    "list_history": lambda desk, _count: desk.show("history"),
}
"""`read`, `help` and `quit` belong to the loop."""
