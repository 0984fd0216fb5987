"""The report as files, in the form that somebody asked for (mission I3)."""

import asyncio
from collections.abc import Collection, Iterator
from enum import StrEnum

from messaging import report_files, report_pictures
from messaging.i18n import Tongue
from messaging.keyboards import File, FileKind
from services.counting_first import counted
from services.reports import Wanted
from storage.database import Tx


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
    name = f"{NAME}-so-far" if so_far else NAME  # a table of that kind must not be passed on
    if Form.JSON in forms:
        yield _document(name, Form.JSON, report_files.as_json(t, lines, places, so_far))
    if Form.CSV in forms:
        yield _document(name, Form.CSV, report_files.as_csv(t, lines, places))
    if Form.XLSX in forms:
        from services import report_sheets  # noqa: PLC0415 - its library, only for who wants it

        yield _document(name, Form.XLSX, report_sheets.as_xlsx(t, wanted, lines))
    if Form.PNG in forms:
        asked = (wanted.report, wanted.months, wanted.areas, wanted.together)
        for picture, content in report_pictures.drawn(t, *asked):
            yield File(FileKind.PHOTO, f"{name}-{picture}.png", content)


async def beside(tx: Tx, t: Tongue, wanted: Wanted, form: Form) -> list[File]:
    """The same in one form, made before the act, for it takes seconds: nobody else has to wait."""
    numbers = tuple(place.id for place in wanted.areas)
    asked = (wanted.months, numbers, wanted.together, wanted.report.so_far)

    async def make(_tx: Tx) -> list[File]:
        return await asyncio.to_thread(lambda: [*files(t, wanted, [form])])

    return await counted(tx, ("report", t.code, form, asked), make)


def _document(name: str, form: Form, content: bytes) -> File:
    return File(FileKind.DOCUMENT, f"{name}.{form}", content)
