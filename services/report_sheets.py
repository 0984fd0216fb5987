"""The report as an Excel file: the figures in short, every number, and what each one means."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from messaging import report_files, report_lines
from messaging import report_texts as words
from messaging.i18n import Tongue
from messaging.plain import plain
from programme.measures import Line
from services.reports import Wanted

_HEAD = PatternFill("solid", fgColor="1B4F72")
_WHITE, _BOLD, _GREY = Font(bold=True, color="FFFFFF"), Font(bold=True), Font(color="767676")
_WIDTHS = (24, 24, 10, 10, 46, 8, 24, 10, 10, 10, 44)


def as_xlsx(t: Tongue, wanted: Wanted, lines: Sequence[Line]) -> bytes:
    """The file, in that language; a language from right to left has its sheets so, too."""
    book = Workbook()
    short = book.active
    assert isinstance(short, Worksheet)
    _short(short, t, wanted)
    _numbers(book.create_sheet(), t, wanted, lines)
    _meanings(book.create_sheet(), t)
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = t.rtl
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, title: str, cells: Sequence[str], widths: Sequence[int]) -> None:
    sheet.title = title
    sheet.append(list(cells))
    for cell in sheet[1]:
        cell.font, cell.fill = _WHITE, _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def _short(sheet: Worksheet, t: Tongue, wanted: Wanted) -> None:
    title = plain(words.spanned(t, wanted.months))
    _head(sheet, report_lines.sheets(t)[0], [title, ""], (60, 40))
    for what, number in report_lines.in_short(t, wanted.summary):
        sheet.append([report_files.harmless(what), number])
    sheet.append([])
    if wanted.report.so_far:
        sheet.append([plain(words.not_to_be_passed_on(t))])
        sheet.cell(sheet.max_row, 1).font = _BOLD
    for rule in words.rules(t):
        sheet.append([rule])
    for cell in sheet["A"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _numbers(sheet: Worksheet, t: Tongue, wanted: Wanted, lines: Sequence[Line]) -> None:
    places = {place.id: place for place in wanted.report.places}
    _head(sheet, report_lines.sheets(t)[1], report_lines.columns(t), _WIDTHS)
    for line in lines:
        cells = report_files.row(t, line, places)
        percent = None if cells["percent"] is None else cells["percent"] / 100
        sheet.append(
            [
                *(report_files.harmless(cells[key]) for key in ("area", "centre", "from", "to")),
                report_files.harmless(cells["name"]),
                cells["visit"],
                report_files.harmless(cells["detail"] or ""),
                words.hidden(t) if line.count is None else line.count,
                cells["of"],
                percent,
                report_files.harmless(report_files.wider(t, line, places)),
            ]
        )
        sheet.cell(sheet.max_row, 10).number_format = "0.0 %"
        if line.count is None:
            sheet.cell(sheet.max_row, 8).font = _GREY
    sheet.auto_filter.ref = sheet.dimensions


def _meanings(sheet: Worksheet, t: Tongue) -> None:
    head, *rows = report_lines.meanings(t)
    _head(sheet, report_lines.sheets(t)[2], head, (50, 90))
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2):
        cells[1].alignment = Alignment(wrap_text=True, vertical="top")
