"""`ganews-tui import --review`: asks about doubtful decisions and keeps the answers for the next import."""

import io
import json
import os
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.import_review import ReviewStopped, reviewed
from tui.importer import ImportResult, import_page
from tui.importer.decisions import Decisions, decisions_text, read_decisions

PAGE = (
    "平安校园\n\n开鲁讯 近日，民警进校园，宣传安全知识。\n\n护学岗前一抹蓝\n\n"
    "民警来到学校门口站岗，家长们都说放心。\n\n（刘星）\n"
)
DOUBTFUL = "护学岗前一抹蓝"


def offset_of(text: str, page: str = PAGE) -> int:
    return len("".join(page[: page.index(text)].split()))


def digest(page: str = PAGE) -> str:
    return import_page(page).digest


def decided(label: str, page: str = PAGE) -> Decisions:
    text = json.dumps({"version": 1, "pages": {digest(page): {str(offset_of(DOUBTFUL, page)): label}}})
    return read_decisions(text)


@pytest.mark.parametrize(
    ("label", "titles", "kind"),
    [
        ("headline", [("平安校园",), (DOUBTFUL,)], "headline"),
        ("subhead", [("平安校园",)], "subhead"),
        ("caption", [("平安校园",)], "caption"),
        ("paragraph", [("平安校园",)], "paragraph"),
    ],
)
def test_decided_label_is_kept(label: str, titles: list[tuple[str, ...]], kind: str) -> None:
    articles = import_page(PAGE, decisions=decided(label)).articles
    assert [article.title for article in articles] == titles
    opened = [piece.kind for article in articles for piece in article.paragraphs if piece.text.startswith(DOUBTFUL)]
    assert opened == ([] if kind == "headline" else [kind])


def test_line_decided_to_go_on_is_joined() -> None:
    (article,) = import_page(PAGE, decisions=decided("join")).articles
    assert DOUBTFUL in article.paragraphs[0].text


def test_decisions_survive_other_white_space_but_not_other_words() -> None:
    spaced = PAGE.replace("\n\n", "\r\n").replace("近日", " 近日")
    assert digest(spaced) == digest()
    assert len(import_page(spaced, decisions=decided("headline")).articles) == 2
    assert digest(PAGE.replace("刘星", "苏强")) != digest()


def test_decisions_file_of_any_content_is_read_without_an_error() -> None:
    for text in ("", "[]", "{", '{"version": 9}', '{"version": 1, "pages": {"x": {"a": "headline", "3": "word"}}}'):
        assert not any(read_decisions(text).pages.values())
    kept = decided("headline")
    assert read_decisions(decisions_text(kept)) == kept


def test_review_asks_about_every_doubt_and_shows_it() -> None:
    told: list[str] = []
    decisions = Decisions()
    result = import_page(PAGE)
    asked = [doubt.offset for doubt in result.doubts]

    def again(now: Decisions) -> ImportResult:
        return import_page(PAGE, decisions=now)

    final = reviewed(result, again, decisions, lambda _prompt: "", told.append)
    assert set(asked[:1]) <= set(decisions.of_page(result.digest))
    assert all(doubt.offset in decisions.of_page(result.digest) for doubt in final.doubts)
    assert not asked or any(line.startswith("> ") for line in told)


def test_review_stops_at_the_end_of_input() -> None:
    result = import_page(PAGE)
    if result.doubts:
        with pytest.raises(ReviewStopped):
            reviewed(result, lambda now: result, Decisions(), lambda _prompt: None, lambda _line: None)


def test_going_back_takes_an_answer_away() -> None:
    page = PAGE + "\n" + PAGE.replace("平安校园", "雪夜归家").replace(DOUBTFUL, "校门口的红马甲")
    result = import_page(page)
    assert len(result.doubts) > 1
    first, second = [doubt.offset for doubt in result.doubts[:2]]
    decisions, typed = Decisions(), iter(["3", "b", "1"])

    def asked(_prompt: str) -> str | None:
        return next(typed, None)

    with pytest.raises(ReviewStopped):
        reviewed(result, lambda now: result, decisions, asked, lambda _line: None)
    assert decisions.of_page(result.digest) == {first: "headline"}
    assert second not in decisions.of_page(result.digest)


def test_answers_are_stored_beside_the_bulletin_and_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, library = tmp_path / "page.txt", tmp_path / "library"
    page.write_text(PAGE, encoding="utf-8")
    store = library / "page.decisions.json"
    library.mkdir()
    store.write_text(decisions_text(decided("headline")), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 20))
    assert main(["import", str(page), "--into", str(library), "--review"]) == 0
    assert len(list((library / "page").glob("*.md"))) == 2
    assert read_decisions(store.read_text(encoding="utf-8")).pages[digest()][offset_of(DOUBTFUL)] == "headline"
    assert main(["import", str(page), "--into", str(library), "--replace"]) == 0
    assert "没有变化" in capsys.readouterr().err


def test_answers_with_a_byte_order_mark_are_read() -> None:
    kept = decided("headline")
    assert read_decisions("\ufeff" + decisions_text(kept)) == kept


@pytest.mark.parametrize("found", ['{"version": 2, "pages": {}}', "甲", "a pipe", "a link"])
def test_file_that_holds_no_answers_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: str
) -> None:
    """Covers answers of a later version, and what only looks like the file in a library of another user."""
    page, library = tmp_path / "page.txt", tmp_path / "library"
    page.write_text(PAGE, encoding="utf-8")
    library.mkdir()
    store, outside = library / "page.decisions.json", tmp_path / "outside"
    outside.write_text(decisions_text(decided("headline")), encoding="utf-8")
    if found == "a pipe":
        os.mkfifo(store)
    elif found == "a link":
        store.symlink_to(outside)
    else:
        store.write_text(found, encoding="utf-8")
    before = os.lstat(store)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 20))
    assert main(["import", str(page), "--into", str(library), "--review"]) == 0
    assert "没有改动" in capsys.readouterr().err
    after = os.lstat(store)
    assert (after.st_ino, after.st_mode, after.st_mtime_ns) == (before.st_ino, before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize("more", [["-"], ["--json"], ["--dry-run"]])
def test_review_without_a_keyboard_or_a_library_is_refused(tmp_path: Path, more: list[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["import", str(page), "--into", str(tmp_path), "--review", *more]) == 2
