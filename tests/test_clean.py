"""The text that reaches the terminal from a hostile source."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.clean import clean, clean_line
from tui.library.body_parser import body_of
from tui.library.jsonl_line import parse_line

TOWER = "é" + "\u0301\u0489" * 40
pieces = st.lists(
    st.sampled_from(["e", "\u0301", "\u0489", "\u0e47", "\u200d", "\ufe0f", "\u200b", "\x1b", "毒", "\n", "\ud800"]),
    max_size=40,
)


def test_stack_of_marks_is_limited_to_what_scripts_need() -> None:
    assert clean(TOWER + "毒") == TOWER[:9] + "毒"
    assert clean("毒" + "\u0e47\u200d" * 20) == "毒" + "\u0e47\u200d" * 4


def test_combining_marks_of_real_words_stay() -> None:
    for text in ("Việt Nam", "e\u0301te\u0301", "བསྒྲུབས", "👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "ᠮᠣᠩᠭᠣᠯ\u180e"):
        assert clean(text) == text


@given(pieces.map("".join))
def test_clean_text_is_unchanged(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_search_and_reader_clean_text_alike() -> None:
    line = json.dumps({"id": "1", "title": ["禁毒"], "body": f"民警{TOWER}宣传\n\n禁毒"}, ensure_ascii=False)
    article, _problems = parse_line("a", line, "a/articles.jsonl", 1)
    assert body_of("jsonl", line.encode()) == ("1", article.body)
    assert TOWER not in article.body
