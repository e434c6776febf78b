"""The subcommand `import`, which turns raw pages into a bulletin of a library."""

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..article import Bulletin
from ..clean import clean_line
from ..gazetteer import BadGazetteer, Gazetteer, load
from ..i18n import _
from ..importer import ImportResult, as_json
from ..importer.bulletin import files_of
from ..importer.folio import common_date
from ..importer.jumps import with_jumps_joined
from ..library.bulletin_writer import BulletinWriter, Unfinished, has_room, last_imported
from ..library.library import own_gazetteer
from ..library.safe_open import BadFile
from ..library.written_dates import ISO_DATE
from ..paths import content_dir
from ..problem import Problem
from ..yaml_reader import BadYaml, mapping
from .arguments import Arguments, UsageError
from .decision_store import DecisionStore
from .finished_imports import FinishedImports
from .import_pages import STDIN, PageFile, missing_page, read_pages
from .import_report import diff, report, summary
from .output import Json, remark, write_json


def run(arguments: Arguments) -> int:
    """Import the pages and return the exit status.

    The status is 1 if there are no articles, and 2 if a page is unusable or a bulletin would be overwritten.
    """
    library = arguments.path("into")
    if arguments.flag("undo"):
        return _undo(_required(library), _usable(arguments.text("bulletin")))
    if not arguments.operands:
        raise UsageError(_("要给出版面文件，或 - 表示标准输入。"))
    if missing := [problem for name in arguments.operands if (problem := missing_page(name))]:
        for problem in missing:
            remark(str(problem))
        return 2
    if not arguments.flag("json") and not arguments.flag("dry-run"):
        _required(library)
    try:
        gazetteer = _gazetteer(library)
    except (BadFile, BadGazetteer) as error:
        for problem in error.problems if isinstance(error, BadGazetteer) else [error.problem]:
            remark(str(problem))
        return 2
    store = _decision_store(arguments, library)
    finished = None
    if len(arguments.operands) > 1 and not store.review:
        finished = FinishedImports(_signature(gazetteer) + store.signature)
    pages = list(
        read_pages(
            arguments.operands,
            gazetteer,
            store,
            finished,
            quiet=arguments.flag("json"),
            dated_by_name=arguments.flag("date-from-name"),
        )
    )
    blank = [page.name for page in pages if not page.result.articles]
    pages = [
        replace(page, result=result)
        for page, result in zip(pages, with_jumps_joined([page.result for page in pages]), strict=True)
    ]
    refused = 2 if len(pages) < len(arguments.operands) else 0
    if refused and not pages:
        return refused
    if arguments.flag("json"):
        write_json(_json([page.result for page in pages]))
    if not any(page.result.articles for page in pages):
        remark(_("没有找到文章。"))
        return refused or 1
    for name in blank:
        remark(_("{name}：没有找到文章。").format(name=name))
    status = 0 if arguments.flag("json") else _write(arguments, library, pages, gazetteer, store)
    if finished and status == 0 and not arguments.flag("dry-run"):
        finished.forget()
    return max(refused, status, 1 if blank else 0)


def _decision_store(arguments: Arguments, library: Path | None) -> DecisionStore:
    review = arguments.flag("review")
    if review and (STDIN in arguments.operands or arguments.flag("json") or arguments.flag("dry-run")):
        raise UsageError(_("--review 要从键盘读答案，并写进库里：不能和 -、--json、--dry-run 一起用。"))
    id = _usable(arguments.text("bulletin")) or Path(arguments.operands[0]).stem
    return DecisionStore(library, id, review=review)


def _write(
    arguments: Arguments,
    library: Path | None,
    pages: Sequence[PageFile],
    gazetteer: Gazetteer,
    store: DecisionStore,
) -> int:
    id = _bulletin_id(arguments, pages)
    shelf = BulletinWriter(library, id) if library else None
    try:
        before = shelf.texts() if shelf else {}
    except OSError as error:
        status = _failed(error, Path(library or "", id), "unreadable", _("读不出来：{why}。"))
        if shelf and not arguments.flag("dry-run"):
            _say_untouched(shelf)
        return status
    bulletin = _bulletin(arguments, id, before, [page.date for page in pages if page.date])
    dates = [None if arguments.text("issued") else page.date for page in pages]
    files = files_of(bulletin, [(page.name, page.result.articles) for page in pages], gazetteer, dates)
    if arguments.flag("dry-run"):
        print(report([(page.name, page.result) for page in pages], files))
    if shelf is None or before == files:
        if before == files:
            remark(_("{id} 没有变化。").format(id=id))
        return _saved(store, id, shelf) if shelf and not arguments.flag("dry-run") else 0
    if before and (arguments.flag("replace") or arguments.flag("dry-run")):
        print(diff(before, files, id), end="")
    if arguments.flag("dry-run"):
        return 0
    if before and not arguments.flag("replace"):
        remedy = _("要替换就加 --replace，会先显示差别；要另存就换一个 --bulletin。")
        remark(str(Problem(clean_line(str(shelf.folder)), None, "exists", _("已有这一册。"), remedy)))
        return 2
    return _put(shelf, files, pages) or _saved(store, id, shelf)


def _saved(store: DecisionStore, id: str, shelf: BulletinWriter) -> int:
    try:
        store.save(id)
    except OSError as error:
        return _unwritable(shelf.folder.with_name(f"{id}.decisions.json"), error)
    return 0


def _put(shelf: BulletinWriter, files: dict[str, str], pages: Sequence[PageFile]) -> int:
    there = os.path.lexists(shelf.folder)
    try:
        shelf.put(files)
    except OSError as error:
        status = _unwritable(shelf.folder, error)
        if isinstance(error, Unfinished):
            remark(_("新的内容已经换上。"))
        elif there:
            _say_untouched(shelf)
        return status
    notes = sum(len(page.result.notes) for page in pages)
    articles = sum(len(page.result.articles) for page in pages)
    if len(pages) > 1:
        counts = ((page.name, len(page.result.articles), len(page.result.notes)) for page in pages)
        print(summary(counts), end="")
    written = _("{articles} 篇写进 {folder}。")
    remark(written.format(articles=articles, folder=clean_line(str(shelf.folder))))
    if notes:
        remark(_("{n} 处拿不准，用 --dry-run 看。").format(n=notes))
    return 0


def _undo(library: Path, id: str) -> int:
    try:
        id = id or last_imported(library) or ""
    except OSError as error:
        return _unwritable(library, error)
    shelf = BulletinWriter(library, id)
    try:
        undone = bool(id) and shelf.undo()
    except OSError as error:
        status = _unwritable(shelf.folder, error)
        if isinstance(error, Unfinished):
            remark(_("{id} 已经恢复成上一次的样子。").format(id=id))
        else:
            _say_untouched(shelf)
        return status
    if not undone:
        remark(_("没有可以恢复的。"))
        return 2
    remark(_("{id} 恢复成上一次的样子；再做一次 --undo 就换回来。").format(id=id))
    return 0


def _say_untouched(shelf: BulletinWriter) -> None:
    """Tell the user where the old files are after a change failed."""
    aside = shelf.set_aside()
    if aside:
        text = _("原来的内容在 {folder}，下次导入或 --undo 时放回原处。")
        remark(text.format(folder=clean_line(str(aside))))
    else:
        remark(_("原来的内容没有动。"))


def _unwritable(folder: Path, error: OSError) -> int:
    return _failed(error, folder, "unwritable", _("写不进去：{why}。"))


def _failed(error: OSError, path: Path, code: str, message: str) -> int:
    """Report why the operating system refused, naming the file if it is not `path` itself. Return 2."""
    why = clean_line(error.strerror or str(error))
    if isinstance(error.filename, str) and error.filename != str(path):
        why += _("（{path}）").format(path=clean_line(error.filename))
    remark(str(Problem(clean_line(str(path)), None, code, message.format(why=why))))
    return 2


def _signature(gazetteer: Gazetteer) -> bytes:
    return repr((gazetteer.places, gazetteer.authorities)).encode()


def _gazetteer(library: Path | None) -> Gazetteer:
    """Return the library's own gazetteer, or else the bundled one."""
    own = own_gazetteer(library) if library else None
    return own or load(content_dir() / "gazetteer.yaml")


def _bulletin_id(arguments: Arguments, pages: Sequence[PageFile]) -> str:
    """Return the id from `--bulletin`, or else the first page's name. Raises UsageError for an unusable id."""
    id = arguments.text("bulletin")
    if not id:
        if arguments.operands[0] == STDIN and not arguments.flag("dry-run"):
            raise UsageError(_("从标准输入读时要用 --bulletin 给出册的 id。"))
        id = Path(pages[0].name).stem
    if not id.strip():
        raise UsageError(_unusable(id))
    return _usable(id)


def _usable(id: str) -> str:
    """Return the id, which may be empty. Raises UsageError if it cannot be the name of a folder."""
    if "/" in id or "\\" in id or id.startswith(".") or id != clean_line(id) or not has_room(id):
        raise UsageError(_unusable(id))
    return id


def _unusable(id: str) -> str:
    return _("“{id}”不能用作册的 id，它是文件夹的名字。").format(id=clean_line(id[:80]))


def _bulletin(arguments: Arguments, id: str, before: dict[str, str], dates: Sequence[str]) -> Bulletin:
    """Return the bulletin's metadata: from the options, or else from its previous `bulletin.yaml`.

    Without a date there, it is the date, month or year that the `dates` of its pages share.
    """
    try:
        said = mapping(before.get("bulletin.yaml", "")).values
    except BadYaml:
        said = {}
    known = {key: str(said[key]) for key in ("title", "issued", "source") if said.get(key)}
    issued = arguments.text("issued", known.get("issued", common_date(dates) or ""))
    if issued and not re.fullmatch(ISO_DATE, issued):
        raise UsageError(_("--issued 应为 2023、2023-06 或 2023-06-01 这样的日期。"))
    title = clean_line(arguments.text("title", known.get("title", id)))
    return Bulletin(id, title, issued or None, clean_line(arguments.text("source", known.get("source", ""))))


def _required(library: Path | None) -> Path:
    if library is None:
        raise UsageError(_("要用 --into 给出写进哪个库。"))
    return library


def _json(results: Sequence[ImportResult]) -> dict[str, Json]:
    """Combine the results of all pages into one document."""
    articles: list[Json] = []
    notes: list[Json] = []
    furniture: list[Json] = []
    for result in results:
        found = as_json(result)
        articles += found["articles"]
        notes += found["notes"]
        furniture += found["furniture"]
    return {"articles": articles, "notes": notes, "furniture": furniture}
