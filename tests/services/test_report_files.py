"""The report as files: what opens them finds every number, and no formula (mission I3)."""

import csv
import inspect
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from messaging import report_files as tables
from programme.measures import Line, Place
from programme.periods import Period
from programme.report import Report
from services import demo_figures
from services.report_files import Form, files
from services.report_sheets import as_xlsx
from services.reports import Wanted

MONTHS = Period(demo_figures.SINCE, demo_figures.CLOSED)


@pytest.fixture(scope="module")
def wanted():
    report = Report(demo_figures.sums(), demo_figures.places(), demo_figures.CLOSED)
    return Wanted(report, MONTHS, demo_figures.places()[:2], together=True)


def _made(t, wanted, *forms):
    return {file.name: file.content for file in files(t, wanted, forms)}


def test_every_form_tells_the_same_numbers(languages, wanted):
    made = _made(languages.get("sv"), wanted, Form.JSON, Form.CSV, Form.XLSX)
    found = json.loads(made["lotsen-report.json"])
    assert set(found) == {"rules", "so_far", "rows"}
    assert all(tuple(row) == tables.KEYS for row in found["rows"])
    text = made["lotsen-report.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["count"] for row in rows] == [
        "" if row["count"] is None else str(row["count"]) for row in found["rows"]
    ]
    book = load_workbook(io.BytesIO(made["lotsen-report.xlsx"]))
    assert book.sheetnames == ["I korthet", "Alla siffror", "Vad de betyder"]
    numbers = [row[7].value for row in book["Alla siffror"].iter_rows(min_row=2)]
    assert numbers == ["dolt" if row["count"] is None else row["count"] for row in found["rows"]]
    short = {row[0].value: row[1].value for row in book["I korthet"].iter_rows(min_row=2)}
    assert short["Besök som blev av"] == "2\u00a0227"
    assert not any(str(c.value).startswith("=") for s in book for r in s.iter_rows() for c in r)


def test_an_area_that_looks_like_a_formula_is_none(languages):
    area = Place(1, "=1+1")
    lines = [Line(1, None, MONTHS, "visits", count=7)]
    text = tables.as_csv(languages.get("sv"), lines, [area]).decode()
    assert ";'=1+1;" in f";{text.splitlines()[1]}"
    for evil in ("+1", "-1", "@x", " =1", "\t=1"):
        assert str(tables.harmless(evil)).startswith("'")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "  ="])
def test_no_cell_of_a_table_is_a_formula_whatever_the_area_is_called(languages, begins):
    places = [replace(each, name=f"{begins}1+1|x!A0") for each in demo_figures.places()[:2]]
    report = Report(demo_figures.sums(), [*places, *demo_figures.places()[2:]], demo_figures.CLOSED)
    line = [Line(each.id, None, MONTHS, "visits", count=7) for each in places]
    text = tables.as_csv(languages.get("en"), line, places).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    asked = Wanted(report, MONTHS, places, together=True)
    book = load_workbook(io.BytesIO(as_xlsx(languages.get("en"), asked, line)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    cells += [str(c.value) for s in book for r in s.iter_rows() for c in r if c.data_type == "s"]
    assert "f" not in kinds
    assert any("1+1|x!A0" in cell for cell in cells)
    assert [cell for cell in cells if cell.lstrip(" ").startswith(tuple("=+-@\t\r"))] == []


def test_every_writer_of_tables_is_known():
    """A new one takes `harmless` for its cells, and stands here then."""
    here = Path(inspect.getfile(tables)).parents[1]
    folders = ("bot", "handlers", "messaging", "programme", "scheduler", "services", "storage")
    files = [file for each in folders for file in (here / each).rglob("*.py")]
    words = ("csv.writer(", "csv.DictWriter(", "Workbook()")
    writers = {f.name for f in files if any(word in f.read_text("utf-8") for word in words)}
    # lists.py writes nothing but our own headings and examples.
    assert writers == {"report_files.py", "report_sheets.py", "cli_research.py", "lists.py"}


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_four_pictures_are_drawn_in_the_readers_direction(languages, wanted, language):
    made = _made(languages.get(language), wanted, Form.PNG)
    assert len(made) == 4
    assert all(content.startswith(b"\x89PNG") for content in made.values())
    assert all(len(content) < 200_000 for content in made.values())


def test_pictures_of_an_area_where_nothing_has_been_yet_are_drawn(languages):
    report = Report([], demo_figures.places(), demo_figures.CLOSED)
    nothing = Wanted(report, MONTHS, demo_figures.places()[:1], together=False)
    assert len(_made(languages.get("so"), nothing, Form.PNG)) == 4


def test_what_is_not_over_says_so_in_the_name_of_every_file(languages):
    report = Report([], demo_figures.places(), demo_figures.CLOSED, so_far=True)
    wanted = Wanted(report, MONTHS, demo_figures.places()[:1], together=False)
    made = _made(languages.get("sv"), wanted, Form.JSON, Form.CSV, Form.XLSX)
    assert {name.rpartition(".")[0] for name in made} == {"lotsen-report-so-far"}
