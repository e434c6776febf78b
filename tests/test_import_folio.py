"""Dates of issue and page numbers, from the folio and from file names."""

import pytest

from tui.importer.folio import common_date, date_in_name, issue_date, page_number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2025年7月3日　星期四　第2版", "2025-07-03"),
        ("草原法治报 2025.07.03", "2025-07-03"),
        ("２０２５年７月３日", "2025-07-03"),
        ("二〇二五年七月三日", "2025-07-03"),
        ("二○二五年十二月二十三日 农历冬月初四", "2025-12-23"),
        ("2025-7-3", "2025-07-03"),
        ("2025年13月3日", None),
        ("电话：0471-4000000", None),
        ("总第2025期", None),
    ],
)
def test_date_of_issue_is_read_from_the_folio(line: str, date: str | None) -> None:
    assert issue_date([line]) == date


def test_date_that_most_lines_name_is_the_date_of_issue() -> None:
    assert issue_date(["2025年7月3日", "上期：2025年7月2日", "2025.7.3"]) == "2025-07-03"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("20250703-02.pdf", "2025-07-03"),
        ("草原报_2025-07-03_第2版.pdf", "2025-07-03"),
        ("2025年7月3日.pdf", "2025-07-03"),
        ("page-120250703.pdf", None),
        ("20251303.pdf", None),
        ("第2版.pdf", None),
    ],
)
def test_date_of_issue_is_read_from_a_file_name(name: str, date: str | None) -> None:
    assert date_in_name(name) == date


@pytest.mark.parametrize(
    ("dates", "common"),
    [
        (["2025-07-03", "2025-07-03"], "2025-07-03"),
        (["2025-07-03", "2025-07-10"], "2025-07"),
        (["2025-07-03", "2025-08-03"], "2025"),
        (["2024-07-03", "2025-07-03"], None),
        ([], None),
    ],
)
def test_bulletin_has_the_date_that_its_pages_share(dates: list[str], common: str | None) -> None:
    assert common_date(dates) == common


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["2025年7月3日　星期四　第2版"], "2"),
        (["草原法治报", "A03版"], "A3"),
        (["07", "警务纵横"], "7"),
        (["· 12 ·"], "12"),
        (["2025年7月3日"], None),
    ],
)
def test_page_number_is_read_from_the_folio(lines: list[str], number: str | None) -> None:
    assert page_number(lines) == number
