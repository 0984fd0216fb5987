"""The language facts that were computed twice outside this project, against our own ways."""

import json
from datetime import UTC, date, datetime, time, timedelta
from gettext import c2py
from pathlib import Path

import pytest
from bidi import get_display

from messaging.i18n import LOCALES, Languages, read_catalogue
from messaging.isolates import FSI, Sign
from messaging.language import read_traits
from programme.localtime import STOCKHOLM
from tests.messaging.reading_marks import without_isolates

CASES = json.loads((Path(__file__).parent / "i18n_cases.json").read_text("utf-8"))
_FORMS = {2: ("one", "other"), 6: ("zero", "one", "two", "few", "many", "other")}


def cases(kind):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


@pytest.mark.parametrize("case", cases("plural_category"))
def test_our_catalogues_put_a_number_into_its_plural_form(case):
    folder = LOCALES / case["locale"]
    catalogue = read_catalogue(folder, read_traits(folder))
    form = c2py(catalogue.plural_expr)(case["input"]["n"])
    assert _FORMS[catalogue.num_plurals][form] == case["expected"]


@pytest.mark.parametrize("case", cases("unit"))
def test_months_are_counted_in_the_right_form(case, languages: Languages):
    n = case["input"]["n"]
    form = languages.get(case["locale"]).ngettext("{n} month", "{n} months", n)
    assert form.format(n=n) == case["expected"]


@pytest.mark.parametrize("case", cases("child_age"))
def test_an_age_is_said_in_years_and_months(case, languages: Languages):
    # CLDR writes Sannad with a capital; 1177 in Somali writes sano, and so do we.
    expected = case["expected"].replace("Sannado", "sano").replace("Sannad", "sano")
    months = case["input"]["years"] * 12 + case["input"]["months"]
    assert languages.get(case["locale"]).age(months) == expected


@pytest.mark.parametrize("case", cases("date_pattern"))
def test_a_date_has_its_weekday_day_month_and_year(case, languages: Languages):
    on = date.fromisoformat(case["input"]["date"])
    said = languages.get(case["locale"]).date(on, with_year=True)
    if "(" in said:  # both names of the month: each must be right in its place
        first, rest = said.split(" (")
        second, year = rest.split(")")
        day = first.rsplit(" ", 1)[0]
        assert case["expected"] in (first + year, f"{day} {second}{year}")
    else:
        assert said == case["expected"]


def test_an_arabic_date_says_both_names_of_the_month(languages: Languages):
    assert languages.get("ar").date(date(2026, 3, 5)) == "الخميس 5 مارس (آذار)"


@pytest.mark.parametrize("case", cases("weekday_names"))
def test_weekdays_have_their_names(case, languages: Languages):
    monday = date(2026, 3, 2)
    days = [monday + timedelta(days=n) for n in range(7)]
    said = [languages.get(case["locale"]).date(day).split()[0] for day in days]
    assert said == case["expected"]


@pytest.mark.parametrize("case", cases("time24"))
def test_a_time_has_24_hours_in_every_language(case, languages: Languages):
    wall = time.fromisoformat(case["input"]["time"])
    at = datetime.combine(date(2026, 3, 5), wall, tzinfo=STOCKHOLM)
    assert languages.get(case["locale"]).time(at, STOCKHOLM) == case["expected"]


@pytest.mark.parametrize("case", cases("list"))
def test_a_list_has_its_and(case, languages: Languages):
    said = languages.get(case["locale"]).listing(case["input"]["items"])
    assert without_isolates(said) == case["expected"]


def test_a_list_of_three_has_one_and(languages: Languages):
    said = {t.code: without_isolates(t.listing(["A", "B", "C"])) for t in languages}
    assert said == {
        "sv": "A, B och C",
        "en": "A, B and C",
        "so": "A, B iyo C",
        "ar": "A وB وC",
    }


@pytest.mark.parametrize("case", cases("bidi_visual"))
def test_the_eye_sees_isolated_values_in_their_order(case):
    base = "R" if case["expected"]["paragraph_level"] else "L"
    seen = without_isolates(get_display(case["input"]["logical"], base_dir=base))
    assert seen == case["expected"]["visual"]


def test_our_fill_writes_what_the_isolated_cases_hold(languages: Languages):
    arabic, held = languages.get("ar"), {case["id"]: case["input"] for case in CASES}
    phone = arabic.fill("للاتصال: {phone}", phone=Sign("020-50 50 50"))
    name = arabic.fill("تزوركم {name} يوم الخميس", name="Åke P.")
    assert phone == held["V170"]["logical"]
    assert name == held["V177"]["logical"]
    assert FSI in name


def test_the_hour_that_comes_twice_is_shown_as_the_clock_shows_it(languages: Languages):
    swedish = languages.get("sv")
    for hour in (0, 1):
        at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert swedish.time(at, STOCKHOLM) == "02:30"
