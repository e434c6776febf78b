"""Articles, bodies, libraries and gazetteers."""

import contextlib
from pathlib import Path

from tui import gazetteer, markdown
from tui.article import Article
from tui.clean import clean
from tui.compose import compose
from tui.export.body import article_html
from tui.export.html_page import page
from tui.library import BadArticle, Library, parse, render
from tui.markdown.write import render as markdown_of
from tui.typeset import Style, prepare, wrap

from . import Target, Targets, real_files, text_of

_STYLES = (Style(), Style(quotes="padded", hanging=True, justify=True), Style(optimal=True, ambiguous=2))


def targets(folder: Path) -> Targets:
    """Return the targets for the files of a library."""
    corpus = real_files()
    return {
        "article files": Target(_article, corpus),
        "Markdown bodies": Target(_markdown, corpus),
        "pages set": Target(_set, corpus),
        "pages exported": Target(_exported, corpus),
        "gazetteers": Target(lambda data: _gazetteer(data, folder / "gazetteer.yaml"), corpus),
        "whole libraries": Target(lambda data: _library(data, folder / "library"), corpus),
    }


def _article(data: bytes) -> None:
    try:
        article, _problems = parse("archive/a", text_of(data), "archive/a.md")
    except BadArticle as error:
        _harmless(str(error.problem))
        return
    again, _problems = parse(article.id, render(article), "archive/a.md")
    assert again == article, f"{again} is not {article}"


def _markdown(data: bytes) -> None:
    blocks = markdown.blocks(clean(text_of(data)))
    for block in blocks:
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.spans), block
    markdown_of(blocks)


def _of(data: bytes) -> Article:
    """Return an article in which every field is the bytes or begins with them."""
    text = clean(text_of(data)).strip()
    start = text[:200].replace("\n", " ") or "无题"
    return Article("archive/a", (start,), start[:20], dateline=start[:30], authors=(start,), byline=start, body=text)


def _set(data: bytes) -> None:
    """Every line is a slice of its block, in order, at a measure and in a style that the bytes choose."""
    article = _of(data)
    measure, style = 1 + len(data) % 70, _STYLES[len(data) % len(_STYLES)]
    for block in compose(article, markdown.blocks(article.body)).blocks:
        prepared, at = prepare(block, style.ambiguous, level=style.level, quotes=style.quotes), 0
        for line in wrap(prepared, measure, style):
            assert line.start <= line.end <= len(prepared.shown), line
            assert not prepared.shown[at : line.start].strip(), f"{prepared.shown[at : line.start]!r} stands nowhere"
            at = max(at, line.end)
        assert not prepared.shown[at:].strip(), f"{prepared.shown[at:]!r} stands nowhere"


def _exported(data: bytes) -> None:
    """The export is well-formed, and no tag comes from the text."""
    from xml.etree import ElementTree

    article = _of(data)
    html = article_html(article, "a1")
    _harmless(html)
    root = ElementTree.fromstring(f"<div>{html}</div>")
    for element in root.iter():
        assert element.tag not in ("script", "img", "iframe", "object", "style", "form"), element.tag
        assert not any(name.startswith("on") or name in ("src", "action") for name in element.attrib), element.attrib
        assert element.attrib.get("href", "#").startswith(("#", "http://", "https://", "mailto:")), element.attrib
    assert "</title>" in "".join(page(article.title[0], [html]))


def _gazetteer(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    try:
        gazetteer.load(path)
    except gazetteer.BadGazetteer as error:
        for problem in error.problems:
            _harmless(str(problem))


def _library(data: bytes, root: Path) -> None:
    """The bytes are every kind of file at once, beside one good article that must open."""
    bulletin = root / "bulletin"
    bulletin.mkdir(parents=True, exist_ok=True)
    for name in ("bulletin.yaml", "a.md", "articles.jsonl", "../gazetteer.yaml"):
        (bulletin / name).write_bytes(data)
    with contextlib.suppress(OSError, ValueError):  # a name that no file can have
        (root / "bulletin" / f"{text_of(data[:60])}.md").write_bytes(data)
    good = root / "good"
    good.mkdir(exist_ok=True)
    (good / "a.md").write_text("---\ntitle: [草原派出所送平安]\n---\n\n民警走进牧区。\n", "utf-8")
    articles, problems = Library(root).load()
    for path in bulletin.glob("*"):
        path.unlink()
    assert any(article.title == ("草原派出所送平安",) for article in articles), "the good article is gone"
    for problem in problems:
        _harmless(str(problem))


def _harmless(said: str) -> None:
    assert said == clean(said), ascii(said)
