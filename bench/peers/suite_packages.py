"""Answers to the suite's queries from Python packages: `python -m bench.peers.suite_packages ENGINE`.

Input and output are JSON. In: `documents` (id, text) and `queries` (id, text). Out: ids of documents, best first, by
query id. bench/suite runs it with the peers' Python. It imports nothing from the project.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable
from tempfile import TemporaryDirectory

Rows = list[tuple[str, str]]
Cut = Callable[[str], Iterable[str]]


def tantivy_ngram(documents: Rows, queries: Rows) -> dict[str, list[str]]:
    """Search with tantivy and its own n-gram tokenizer for one and two characters."""
    import tantivy  # type: ignore[import-not-found]

    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 2)).filter(tantivy.Filter.lowercase()).build()

    def cut(word: str) -> list[str]:
        return [gram for gram in analyzer.analyze(word) if len(gram) == min(2, len(word))]

    return _tantivy(documents, queries, analyzer, cut)


def tantivy_jieba(documents: Rows, queries: Rows) -> dict[str, list[str]]:
    """Search with tantivy and jieba's words."""
    import jieba  # type: ignore[import-not-found]
    import tantivy

    jieba.setLogLevel(logging.ERROR)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.lowercase()).build()

    def cut(text: str) -> list[str]:
        return [word.lower() for word in jieba.cut_for_search(text) if any(map(str.isalnum, word))]

    return _tantivy([(id, " ".join(cut(text))) for id, text in documents], queries, analyzer, cut)


def _tantivy(documents: Rows, queries: Rows, analyzer: object, cut: Cut) -> dict[str, list[str]]:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="suite", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("suite", analyzer)
    writer = index.writer(num_threads=1)
    for id, text in documents:
        writer.add_document(tantivy.Document(id=id, text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def answer(query: str) -> list[str]:
        terms = [term for word in query.split() for term in cut(word)]
        if not terms:
            return []
        parts = [
            (tantivy.Occur.Must, tantivy.Query.term_query(schema, "text", term, index_option="freq")) for term in terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(parts), len(documents)).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return {id: answer(query) for id, query in queries}


def whoosh_jieba(documents: Rows, queries: Rows) -> dict[str, list[str]]:
    """Search with Whoosh and jieba's analyzer for Whoosh."""
    import jieba
    from jieba.analyse import ChineseAnalyzer  # type: ignore[import-not-found]
    from whoosh.fields import ID, TEXT, Schema  # type: ignore[import-not-found]
    from whoosh.index import create_in  # type: ignore[import-not-found]
    from whoosh.qparser import QueryParser, WhitespacePlugin  # type: ignore[import-not-found]

    jieba.setLogLevel(logging.ERROR)
    schema = Schema(id=ID(stored=True), text=TEXT(analyzer=ChineseAnalyzer()))
    with TemporaryDirectory() as folder:
        index = create_in(folder, schema)
        writer = index.writer()
        for id, text in documents:
            writer.add_document(id=id, text=text)
        writer.commit()
        parser = QueryParser("text", schema, plugins=[WhitespacePlugin()])
        with index.searcher() as searcher:
            return {
                id: [hit["id"] for hit in searcher.search(parser.parse(query), limit=None)] for id, query in queries
            }


ENGINES = {"tantivy-ngram": tantivy_ngram, "tantivy-jieba": tantivy_jieba, "whoosh-jieba": whoosh_jieba}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(ENGINES[sys.argv[1]](asked["documents"], asked["queries"]), sys.stdout)
