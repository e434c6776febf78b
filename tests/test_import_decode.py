"""Decoding a page: which encodings are read, and which bytes are refused."""

import codecs

import pytest

from tui.importer.decode import BadPage, decode

TEXT = "礼物送“警宝” 关爱暖警心\n\n赤峰讯 6月1日，民警走访慰问。（江枫）\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
    ],
)
def test_page_in_any_usual_encoding_is_read(raw: bytes, encoding: str) -> None:
    assert decode(raw, "page.txt") == (TEXT, encoding)


def test_empty_page_is_text() -> None:
    assert decode(b"", "page.txt") == ("", "utf-8")


@pytest.mark.parametrize(
    ("raw", "code", "offset"),
    [
        (b"%PDF-1.7\n\x00\x01\x02", "binary", 9),
        (bytes(range(256)), "binary", 0),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", 6),
        ("开鲁".encode() + b"\xff\xff", "encoding", 6),
        (codecs.BOM_UTF8 + b"\xff", "encoding", 3),
        (codecs.BOM_UTF16_LE + b"\x00", "encoding", 2),
    ],
)
def test_undecodable_page_is_an_error_with_its_offset(raw: bytes, code: str, offset: int) -> None:
    with pytest.raises(BadPage) as refused:
        decode(raw, "page.txt")
    assert refused.value.problem.code == code
    assert f"第 {offset} 字节" in refused.value.problem.message


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{\\rtf1\\ansi " + "平安".encode("gb18030"), "format"),
        (b"PK\x03\x04 rest", "format"),
        ("<!DOCTYPE html><p>平安建设</p>".encode(), "format"),
        (b"\xef\xbb\xbf  <html><body>", "format"),
        ("民警走訪牧戶宣傳防範詐騙知識，並檢查邊境安全設施，當地群眾表示歡迎。".encode("euc_jp", "ignore"), "encoding"),
    ],
)
def test_other_formats_and_encodings_are_refused(raw: bytes, code: str) -> None:
    with pytest.raises(BadPage) as refused:
        decode(raw, "page")
    assert refused.value.problem.code == code


def test_big5_is_read_as_big5() -> None:
    text = "民警走訪牧戶，宣傳防範詐騙知識，並檢查邊境安全設施，當地群眾表示歡迎。"
    assert decode(text.encode("big5"), "page") == (text, "big5")


def test_traditional_text_in_gb18030_is_read() -> None:
    text = "民警走訪牧戶，宣傳防範詐騙知識，並檢查邊境安全設施，當地群眾表示歡迎。"
    assert decode(text.encode("gb18030"), "page") == (text, "gb18030")
