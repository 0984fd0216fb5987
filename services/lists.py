"""Lists as people keep them, CSV or Excel, read into rows: the only home of openpyxl.

A file is bounded before it is opened, nothing in it is run, and what cannot be read is said with
its row and column. What the columns mean is said by `place_lists.py` and `family_lists.py`.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from messaging.isolates import clean
from programme.errors import Broken

MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000  # a zip bomb is small until it is opened
MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 5_000, 100, 2_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PROLOG = 2_000  # bytes of an XML part in which a document type would stand
# What must not be typed here: a personal number, with or without the century.
_PERSONAL = re.compile(
    r"(?<![\d.,])(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])\s?[-+]?\s?\d{4}(?!\d)"
)


class BadList(Broken):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Column:
    """A column: our own word for it, and the headings by which people call it."""

    key: str
    names: tuple[str, ...]
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row, for the person who will mend it."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        where = f", {self.column}" if self.column else ""
        return f"row {self.row}{where}: {self.what}"


@dataclass
class Row:
    """One row by our own words; `faults` grow while it is read."""

    number: int
    cells: dict[str, str]
    headings: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def text(self, key: str) -> str:
        """The cell's text; empty if there is none."""
        return self.cells.get(key, "")

    def wrong(self, key: str, what: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(self.number, self.headings.get(key, key), what))


def read(content: bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows that are not empty; raises BadList for a file that cannot be read as a whole."""
    if len(content) > MOST_BYTES:
        raise BadList(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split the list.")
    if content.startswith(_OLE):
        raise BadList("This is an old or locked Excel file. Save it as .xlsx without a password.")
    lines = list(_workbook(content) if content.startswith(_ZIP) else _text(content))
    if not lines:
        raise BadList("The file is empty.")
    if len(lines) > MOST_ROWS:
        raise BadList(f"The list has more than {MOST_ROWS} rows. Split it.")
    (_, heads), *rows = lines
    keys = _keys([cell if isinstance(cell, str) else "" for cell in heads], columns)
    found = [_row(number, cells, keys) for number, cells in rows if any(cells)]
    if not found:
        raise BadList("There is no row under the headings.")
    return found


def _same(heading: str) -> str:
    return re.sub(r"[\s_\-]+", " ", heading).strip().casefold()


def _keys(heads: list[str], columns: Sequence[Column]) -> list[tuple[str, str] | None]:
    """For each column of the file our word and its heading; None for a column without one."""
    known = {_same(name): each.key for each in columns for name in (each.key, *each.names)}
    keys = [(known.get(_same(head), ""), head.strip()) if head.strip() else None for head in heads]
    unknown = [pair[1] for pair in keys if pair and not pair[0]]
    headings = ", ".join(each.names[0] for each in columns)
    if unknown:
        raise BadList(f"Unknown column: {', '.join(unknown)}. Columns there are: {headings}.")
    there = [pair[0] for pair in keys if pair]
    if twice := sorted({key for key in there if there.count(key) > 1}):
        raise BadList(f"Two columns mean the same: {', '.join(twice)}.")
    lacking = [each.names[0] for each in columns if each.required and each.key not in there]
    if lacking:
        raise BadList(f"The list lacks a column: {', '.join(lacking)}.")
    return keys


def _row(number: int, cells: Sequence["Cell"], keys: Sequence[tuple[str, str] | None]) -> Row:
    row = Row(number, {}, {pair[0]: pair[1] for pair in keys if pair})
    for n, cell in enumerate(cells):
        pair = keys[n] if n < len(keys) else None
        if pair is None:
            if cell:
                row.faults.append(Fault(number, "", f"a value without a heading, column {n + 1}"))
        elif isinstance(cell, Unread):
            row.wrong(pair[0], cell.why)
        else:
            _keep(row, pair[0], cell)
    return row


def _keep(row: Row, key: str, cell: str) -> None:
    if len(cell) > MOST_SIGNS:
        row.wrong(key, f"longer than {MOST_SIGNS} signs")
    elif _PERSONAL.search(cell):  # it is not repeated: the line may be copied into a mail
        row.wrong(key, "looks like a personal number. Lotsen does not take any")
    else:
        row.cells[key] = cell


# --- text --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unread:
    """A cell that says nothing we can take, and why."""

    why: str


Cell = str | Unread


def _text(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    text = _decoded(content)
    if "\x00" in text:
        raise BadList("This is no list: save it as CSV or as .xlsx.")
    skipped = 0
    if text[:4].casefold() == "sep=":  # Excel's own first line
        _, _, text = text.partition("\n")
        skipped = 1
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = skipped + 1
    try:
        for n, cells in enumerate(reader):
            if n > MOST_ROWS:
                raise BadList(f"The list has more than {MOST_ROWS} rows. Split it.")
            yield begins, [clean(cell) for cell in cells[:MOST_COLUMNS]]
            begins = skipped + reader.line_num + 1
    except csv.Error as error:
        raise BadList(f"Row {begins} cannot be read: {error}.") from error


def _decoded(content: bytes) -> str:
    for bom, name in _BOMS.items():
        if content.startswith(bom):
            return content.decode(name, errors="replace")
    for name in ("utf-8-sig", "cp1252"):  # what Excel writes on a Swedish computer
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise BadList("The file's letters cannot be read. Save it as CSV UTF-8 or as .xlsx.")


# --- Excel -------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    _check_package(content)
    from openpyxl import load_workbook  # noqa: PLC0415 - no process that talks to families needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - nor this

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        sheet.reset_dimensions()  # a file may lie about its size
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        for number, cells in enumerate(rows, start=1):
            yield number, [_cell(each) for each in cells]
        book.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, StopIteration) as error:
        raise BadList("This Excel file cannot be read. Save it anew as .xlsx.") from error
    except (SyntaxError, zipfile.BadZipFile, EOFError, OSError) as error:  # XML's is a SyntaxError
        raise BadList("This Excel file is damaged. Save it anew as .xlsx.") from error


def _check_package(content: bytes) -> None:
    """Before anything is unpacked: how much it would be, and that no part defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(each.file_size for each in package.infolist()) > MOST_UNPACKED:
                raise BadList("The Excel file is far too large inside. Save only the list.")
            names = package.namelist()
            if "xl/workbook.xml" not in names:
                raise BadList("This is no Excel file: save the list as .xlsx or CSV.")
            for name in names:
                with package.open(name) as part:
                    if b"<!DOCTYPE" in part.read(_PROLOG):
                        raise BadList("This Excel file is not as Excel writes it. Save it anew.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadList("This Excel file is damaged. Save it anew as .xlsx.") from error


def _cell(cell: Any) -> Cell:  # noqa: ANN401 - one of several classes of the library
    value = cell.value
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return Unread("is a formula. Write the value itself")
    if cell.data_type == "e":
        return Unread("is an error of Excel")
    return "" if value is None else _as_text(value)


def _as_text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return clean(str(value))


# --- what cells can mean ----------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})")
_YES = frozenset({"yes", "ja", "y", "j", "x", "1", "true", "sant"})
_NO = frozenset({"no", "nej", "n", "0", "false", "falskt"})


def day(row: Row, key: str) -> date | None:
    """The date in that cell; None if it is empty, or wrong, which is noted."""
    text = row.text(key)
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    row.wrong(key, f"{text[:40]!r} is no date. Write it as 2026-10-31")
    return None


def yes_or_no(row: Row, key: str) -> bool | None:
    """Yes or no; None if it is empty, or wrong, which is noted."""
    text = row.text(key).casefold()
    if not text:
        return None
    if text not in _YES | _NO:
        row.wrong(key, f"{row.text(key)[:40]!r} is neither yes nor no")
        return None
    return text in _YES


def template(columns: Sequence[Column]) -> str:
    """An empty list with its headings and one row that shows what belongs where."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([each.names[0] for each in columns])
    writer.writerow([each.example for each in columns])
    return out.getvalue()
