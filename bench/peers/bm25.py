"""BM25 in tantivy and in SQLite FTS5, each over pairs of characters and over jieba's words.

bench/ranking.py runs it with the peers' Python: `python -m bench.peers.bm25 LIBRARY FOLDER`. It writes a line of JSON
with the names of the rankers. Then, for each input line, a list of words, it writes the ids of the 100 best articles by
ranker. Text and words are folded as in ganews-tui, so that no ranker misses a word because of its script or width.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from shutil import rmtree

import rjieba  # type: ignore[import-not-found]
import tantivy  # type: ignore[import-not-found]

from tui.fold import bulk_fold

TOP = 100
TITLE_WEIGHTS = (1, 5)
"""Weights of a word in the title, relative to one in the body."""
_BULK = {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 64}
"""FTS5 options for a bulk load. With the usual ones, 100,000 articles took more than an hour."""

Cut = Callable[[str], list[str]]
Ranker = Callable[[list[str]], list[str]]


def pairs(text: str) -> list[str]:
    """Return every pair of letters, figures or Chinese characters."""
    return [pair for at in range(len(text) - 1) if (pair := text[at : at + 2]).isalnum()]


def words(text: str) -> list[str]:
    """Return jieba's words for search, including the parts of long words, without punctuation."""
    return [word for word in rjieba.cut_for_search(text) if word.isalnum()]


CUTS: dict[str, Cut] = {"pairs": pairs, "jieba": words}


def main(library: Path, folder: Path) -> None:
    """Build the indexes if they do not exist, then answer until the input ends."""
    if not (folder / "done").exists():
        rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build(library, folder)
        (folder / "done").touch()
    rankers = {name: ranker for cut in CUTS for name, ranker in opened(folder, cut)}
    print(json.dumps(list(rankers)), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps({name: ranker(asked) for name, ranker in rankers.items()}), flush=True)


def build(library: Path, folder: Path) -> None:
    """Write a tantivy and an FTS5 index for each tokenizer, in one pass over the library."""
    fold = bulk_fold()
    writers = {}
    for name in CUTS:
        (folder / f"tantivy-{name}").mkdir()
        index = tantivy.Index(_schema(), path=str(folder / f"tantivy-{name}"))
        conn = sqlite3.connect(folder / f"fts5-{name}.sqlite")
        conn.execute("CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT)")
        conn.execute("CREATE VIRTUAL TABLE doc USING fts5(title, body, content='', tokenize='ascii')")
        conn.executemany("INSERT INTO doc(doc, rank) VALUES (?, ?)", _BULK.items())
        writers[name] = (index.writer(heap_size=200_000_000, num_threads=1), conn)
    for number, (id, title, body) in enumerate(_articles(library)):
        folded = fold(title), fold(body)
        for name, (writer, conn) in writers.items():
            texts = [" ".join(map(_code, CUTS[name](text))) for text in folded]
            writer.add_document(tantivy.Document(id=id, title=texts[0], body=texts[1]))
            conn.execute("INSERT INTO doc(rowid, title, body) VALUES (?, ?, ?)", (number, *texts))
            conn.execute("INSERT INTO article VALUES (?, ?)", (number, id))
    for writer, conn in writers.values():
        writer.commit()
        writer.wait_merging_threads()
        conn.commit()
        conn.execute("INSERT INTO doc(doc) VALUES ('optimize')")
        conn.commit()
        conn.close()


def opened(folder: Path, name: str) -> Iterator[tuple[str, Ranker]]:
    """Yield the rankers for one tokenizer, with their names."""
    cut = CUTS[name]
    schema = _schema()
    index = tantivy.Index.open(str(folder / f"tantivy-{name}"))
    searcher = index.searcher()
    conn = sqlite3.connect(folder / f"fts5-{name}.sqlite")

    def terms(asked: list[str]) -> list[str]:
        return [_code(term) for word in asked for term in cut(word)]

    def by_tantivy(weight: float) -> Ranker:
        def either(term: str) -> object:
            title, body = (
                tantivy.Query.term_query(schema, field, term, index_option="freq") for field in ("title", "body")
            )
            should = tantivy.Occur.Should
            return tantivy.Query.boolean_query([(should, tantivy.Query.boost_query(title, weight)), (should, body)])

        def answer(asked: list[str]) -> list[str]:
            every = tantivy.Query.boolean_query([(tantivy.Occur.Must, either(term)) for term in terms(asked)])
            return [searcher.doc(address)["id"][0] for _, address in searcher.search(every, TOP, count=False).hits]

        return answer

    def by_fts5(weight: float) -> Ranker:
        select = f"SELECT rowid FROM doc WHERE doc MATCH ? ORDER BY bm25(doc, {weight}, 1) LIMIT {TOP}"
        ids = dict(conn.execute("SELECT number, id FROM article"))

        def answer(asked: list[str]) -> list[str]:
            return [ids[number] for (number,) in conn.execute(select, (" ".join(terms(asked)),))]

        return answer

    for weight in TITLE_WEIGHTS:
        said = f"{name}, title × {weight}"
        yield f"tantivy {said}", by_tantivy(weight)
        yield f"FTS5 {said}", by_fts5(weight)


def _schema() -> "tantivy.Schema":
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "body"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@lru_cache(1 << 20)
def _code(term: str) -> str:
    """Encode a term as ASCII letters and digits, which no tokenizer splits."""
    return "x" + term.encode("utf-8").hex()


def _articles(library: Path) -> Iterator[tuple[str, str, str]]:
    """Yield id, title and body of every article."""
    for path in sorted(library.glob("*/articles.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                title = item["title"] if isinstance(item["title"], str) else " ".join(item["title"])
                yield f"{path.parent.name}/{item['id']}", title, item["body"].replace("\n", " ")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
