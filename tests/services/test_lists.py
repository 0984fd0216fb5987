"""Lists as people keep them: encodings, delimiters, Excel, and everything that is no list."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from services import lists
from services.lists import BadList, Column, read

COLUMNS = (
    Column("area", ("area", "område"), True, "Hjällbo"),
    Column("born", ("born", "född"), False, "2026-10-31"),
    Column("label", ("label", "etikett")),
)


def texts(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, row.cells) for row in read(content, COLUMNS)]


def book(*rows, title="List", hidden=False) -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if hidden:
        made.create_sheet("First", 0).sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(content: bytes) -> list[str]:
    return [str(fault) for row in read(content, COLUMNS) for fault in row.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_swedish_letters_are_read_in_every_encoding_and_with_every_delimiter(
    encoding, delimiter, end
):
    lines = [("Område", "Född"), ("Hjällbo", "2026-10-31"), ("", ""), ("Gårdsten", "")]
    content = end.join(delimiter.join(line) for line in lines).encode(encoding)
    assert texts(content) == [
        (2, {"area": "Hjällbo", "born": "2026-10-31"}),
        (4, {"area": "Gårdsten", "born": ""}),
    ]


def test_excel_s_own_first_line_is_no_row_and_counts_as_one():
    content = "sep=;\r\narea;label\r\nHjällbo;a, b\r\n".encode("cp1252")
    assert texts(content) == [(3, {"area": "Hjällbo", "label": "a, b"})]


def test_a_cell_of_several_lines_does_not_shift_the_rows_after_it():
    content = b'area;label\nA;"one\ntwo"\nB;x\n'
    assert [row.number for row in read(content, COLUMNS)] == [2, 4]


def test_headings_are_found_however_they_are_written():
    assert texts(b" AREA ;_Label \nA;b\n") == [(2, {"area": "A", "label": "b"})]


def test_excel_dates_numbers_and_times_are_read_as_people_see_them():
    content = book(
        ("område", "född", "etikett"),
        ("A", date(2026, 10, 31), 5.0),
        ("B", datetime(2026, 10, 31, 0, 0), time(9, 30)),  # noqa: DTZ001 - as Excel keeps it
        (None, None, None),
        ("C", None, True),
    )
    assert texts(content) == [
        (2, {"area": "A", "born": "2026-10-31", "label": "5"}),
        (3, {"area": "B", "born": "2026-10-31", "label": "09:30"}),
        (5, {"area": "C", "born": "", "label": "yes"}),
    ]


def test_the_first_sheet_that_is_seen_is_read():
    assert texts(book(("area",), ("A",), hidden=True)) == [(2, {"area": "A"})]


def test_a_formula_is_not_run_and_not_taken():
    content = book(("area", "label"), ("A", "=1+1"), ("=HYPERLINK(A1)", "x"))
    assert faults(content) == [
        "row 2, label: is a formula. Write the value itself",
        "row 3, area: is a formula. Write the value itself",
    ]


@pytest.mark.parametrize(
    "number", ["20261031-1234", "261031-1234", "2610311234", "202610311234", "261091 1234"]
)
def test_a_personal_number_is_refused_and_not_repeated(number):
    [said] = faults(f"area;label\nA;x {number}\n".encode())
    assert "personal number" in said
    assert number not in said
    assert read(f"area;label\nA;x {number}\n".encode(), COLUMNS)[0].text("label") == ""


@pytest.mark.parametrize("harmless", ["031-365 00 00", "57.7735123456", "2026-12-24 2026-12-26"])
def test_other_numbers_are_none(harmless):
    assert faults(f"area;label\nA;{harmless}\n".encode()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "lacks a column"),
        (b"area;label\n", "no row"),
        (b"label\nx\n", "lacks a column: area"),
        (b"area;colour\nA;red\n", "Unknown column: colour. Columns there are: area, born, label"),
        ("area;område\nA;B\n".encode(), "Two columns mean the same: area"),
        (b'area;label\nA;"x\n', "cannot be read"),
        (b"area\x00\nA\n", "no list"),
        (b"\xd0\xcf\x11\xe0old", "old or locked"),
        (b"PK\x03\x04nothing", "damaged"),
        (b"area\n" + b"A\n" * 6000, "more than 5000 rows"),
        (b"x" * 2_000_001, "larger than 2 MB"),
        (b"\x81\x8d area\nA\n", "letters cannot be read"),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(content, said):
    with pytest.raises(BadList, match=said):
        read(content, COLUMNS)


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_not_opened():
    bomb = package(**{"xl/workbook.xml": b"0" * 50_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(BadList, match="far too large inside"):
        read(bomb, COLUMNS)


def test_a_part_with_entities_of_its_own_is_not_read():
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><workbook/>'
    with pytest.raises(BadList, match="not as Excel writes it"):
        read(package(**{"xl/workbook.xml": evil}), COLUMNS)


def test_another_zip_is_no_list():
    with pytest.raises(BadList, match="no Excel file"):
        read(package(**{"a.txt": b"x"}), COLUMNS)


def test_a_workbook_without_its_parts_is_said_to_be_so():
    with pytest.raises(BadList, match=r"cannot be read|damaged"):
        read(package(**{"xl/workbook.xml": b"<workbook/>"}), COLUMNS)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400) | st.binary(max_size=400).map(lambda b: b"PK\x03\x04" + b))
def test_whatever_is_given_ends_in_rows_or_in_a_sentence(content):
    try:
        read(content, COLUMNS)
    except BadList as error:
        assert str(error)


def test_a_value_without_a_heading_is_a_fault():
    assert faults(b"area;;label\nA;x;y\n") == ["row 2: a value without a heading, column 2"]


def test_dates_are_read_or_refused_and_never_guessed():
    rows = read(b"area;born\nA;2026-10-31\nA;20261031\nA;31/10/2026\nA;2026-02-30\nA;\n", COLUMNS)
    assert [lists.day(row, "born") for row in rows] == [
        *(date(2026, 10, 31),) * 2,
        *(None,) * 3,
    ]
    assert [len(row.faults) for row in rows] == [0, 0, 1, 1, 0]
    assert "2026-10-31" in str(rows[2].faults[0])


def test_the_template_is_a_list_that_can_be_read():
    [row] = read(lists.template(COLUMNS).encode("utf-8-sig"), COLUMNS)
    assert row.cells == {"area": "Hjällbo", "born": "2026-10-31", "label": ""}
