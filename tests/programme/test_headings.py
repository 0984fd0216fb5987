"""Lines for the yearly follow-up: which are refused, and which year they belong to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.headings import (
    LONGEST_LINE,
    LineFault,
    line_fault,
    month_in,
    oldest_kept,
    year_at,
)


@pytest.mark.parametrize(
    "line",
    [
        "Åtta pappor kom alla fyra gånger, 8 av 8.",
        "Öppet 08.30-10.00 och 13.00–15.30 hela 2026",
        "Kostade 478 400 kr, 83,5 % sa ja, 0-18 år",
        "Mötet 2026-11-02 i Hjällbo, nummer 3",
    ],
)
def test_a_plain_line_is_kept(line):
    assert line_fault(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Ring 031-365 00 00",
        "Ring +46 70 123 45 67 om det",
        "070.123.45.67",
        "0701234567",
        "Barnet 260105-1234",
        "20260105-1234",
        "26 01 05-1234",
        "född 20260105",
        "٠٧٠١٢٣٤٥٦٧",
        "０７０-１２３ ４５ ６７",
    ],
)
def test_a_line_with_a_number_of_a_person_is_refused(line):
    assert line_fault(line) is LineFault.NUMBER


def test_nothing_an_address_and_too_much_are_refused():
    assert line_fault("  ") is LineFault.EMPTY
    assert line_fault("skriv till anna@example.org") is LineFault.ADDRESS
    assert line_fault("å" * LONGEST_LINE) is None
    assert line_fault("å" * (LONGEST_LINE + 1)) is LineFault.LONG


@given(
    st.integers(0, 99_999),
    st.sampled_from(["", "-", " ", "-"]),
    st.integers(10_000, 999_999),
)
def test_no_phone_number_of_a_swedish_kind_comes_through(area, sign, rest):
    assert line_fault(f"Ring 0{area + 10}{sign}{rest} sen") is LineFault.NUMBER


def test_until_march_the_follow_up_is_about_the_year_before():
    assert year_at(date(2026, 12, 31)) == 2026
    assert year_at(date(2027, 3, 31)) == 2026
    assert year_at(date(2027, 4, 1)) == 2027
    assert month_in(date(2027, 1, 9), 2026) == date(2026, 12, 1)
    assert month_in(date(2027, 1, 9), 2027) == date(2027, 1, 1)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_what_is_written_today_is_kept_at_least_until_it_is_sent(day):
    assert oldest_kept(day) <= day.year
    assert oldest_kept(date(day.year + 1, 2, 1)) <= day.year
    assert oldest_kept(date(day.year + 1, 4, 1)) > day.year
