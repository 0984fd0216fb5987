"""The report as files, in the form that somebody asked for (mission I3)."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from messaging import report_files, report_pictures
from messaging.i18n import Tongue
from messaging.keyboards import File, FileKind
from services import report_sheets
from services.reports import Wanted


class Form(StrEnum):
    """What a report can be."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PNG = "png"


NAME = "lotsen-report"


def files(t: Tongue, wanted: Wanted, forms: Collection[Form]) -> Iterator[File]:
    """The files, each with its name; neutral ones, for a lock screen shows them."""
    lines = wanted.lines() if set(forms) - {Form.PNG} else []
    places, so_far = wanted.report.places, wanted.report.so_far
    if Form.JSON in forms:
        yield _document(Form.JSON, report_files.as_json(t, lines, places, so_far))
    if Form.CSV in forms:
        yield _document(Form.CSV, report_files.as_csv(t, lines, places))
    if Form.XLSX in forms:
        yield _document(Form.XLSX, report_sheets.as_xlsx(t, wanted, lines))
    if Form.PNG in forms:
        asked = (wanted.report, wanted.months, wanted.areas, wanted.together)
        for name, content in report_pictures.drawn(t, *asked):
            yield File(FileKind.PHOTO, f"{NAME}-{name}.png", content)


def _document(form: Form, content: bytes) -> File:
    return File(FileKind.DOCUMENT, f"{NAME}.{form}", content)
