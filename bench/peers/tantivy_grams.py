"""A tantivy index of grams of one and two characters, with queries on standard input.

Each input line is a JSON list of words; each answer is a line of JSON. bench/search.py runs it with a Python that has
tantivy: `python -m bench.peers.tantivy_grams LIBRARY INDEX`.
"""

import json
import sys
import time
from collections.abc import Iterator
from operator import add
from pathlib import Path
from shutil import rmtree

import tantivy  # type: ignore[import-not-found]

from tui.fold import bulk_fold

TOP = 20


def main(library: Path, folder: Path) -> None:
    """Build the index if it does not exist, report `ready` with its size in bytes, then answer queries."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
    schema = builder.build()
    done = folder / "done"
    fresh = not done.exists()
    if fresh:
        rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(folder))
    if fresh:
        fold = bulk_fold()
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for text in _texts(library):
            document = tantivy.Document()
            document.add_text("grams", " ".join(_grams(fold(text))))
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        done.touch()
    index.reload()
    searcher = index.searcher()
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(json.dumps({"ready": size}), flush=True)
    for line in sys.stdin:
        started = time.process_time()
        found = answer(searcher, schema, json.loads(line))
        print(json.dumps({"ms": (time.process_time() - started) * 1000, "found": found}), flush=True)


def answer(searcher: "tantivy.Searcher", schema: "tantivy.Schema", words: list[str]) -> int:
    """Find the `TOP` best articles with a snippet each and return their number. All words are verified in the text."""
    fold = bulk_fold()
    wanted = [
        gram
        for word in words
        for gram in ([word] if len(word) <= 2 else [word[at : at + 2] for at in range(len(word) - 1)])
    ]
    parts = [
        (tantivy.Occur.Must, tantivy.Query.term_query(schema, "grams", gram, index_option="freq")) for gram in wanted
    ]
    shown = 0
    for at in range(0, 400, TOP):
        hits = searcher.search(tantivy.Query.boolean_query(parts), TOP, count=False, offset=at).hits
        for _, address in hits:
            text = searcher.doc(address)["text"][0]
            folded = fold(text)
            if all(word in folded for word in words):
                place = folded.find(words[0])
                shown += bool(text[max(0, place - 12) : place + 48])
        if len(hits) < TOP or shown >= TOP:
            break
    return min(shown, TOP)


def _grams(text: str) -> set[str]:
    """Return every character and every pair of characters, without white space."""
    found = {*text, *map(add, text, text[1:])}
    return {gram for gram in found if " " not in gram and "\n" not in gram}


def _texts(library: Path) -> Iterator[str]:
    for path in sorted(library.glob("*/articles.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                yield "\n".join([" ".join(item["title"]), item["body"].replace("\n\n", "\n"), item.get("byline", "")])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
