"""Bokstart comes home near 6 and 11 months, in areas that have it (mission E11; domain.md K13)."""

from dataclasses import replace
from datetime import date

from programme.kinds import Kind
from programme.letters import BokstartLetter, TipLetter
from programme.people import Area
from programme.plan import due
from tests.cast import AMINA, RULES, a_family, local

WHOLE = local("2026-11-03T00:00"), local("2028-05-01T00:00")


def books(bokstart: bool):
    family = a_family(area=Area(id=1, bokstart=bokstart))
    return [
        (type(letter), letter.code, letter.at.date())
        for letter in due(family, AMINA, *WHOLE, RULES)
        if letter.kind in {Kind.TIP, Kind.BOKSTART} and letter.code.startswith("bokstart")
    ]


def test_where_the_library_comes_home_it_is_offered_twice():
    assert books(bokstart=True) == [
        (BokstartLetter, "bokstart", date(2027, 5, 14)),
        (BokstartLetter, "bokstart_again", date(2027, 9, 30)),
    ]


def test_elsewhere_it_is_a_tip_that_promises_nothing():
    assert [letter for letter, _, _ in books(bokstart=False)] == [TipLetter, TipLetter]


def test_an_offer_takes_the_place_of_the_tip_in_the_week():
    months = [
        letter.at.date().strftime("%Y-%m")
        for letter in due(a_family(area=Area(id=1, bokstart=True)), AMINA, *WHOLE, RULES)
    ]
    without = [
        letter.at.date().strftime("%Y-%m") for letter in due(a_family(), AMINA, *WHOLE, RULES)
    ]
    assert months == without


def test_who_asked_for_fewer_is_still_offered_a_visit_of_the_library():
    fewer = replace(AMINA, fewer=True)
    family = a_family(guardians=(fewer,), area=Area(id=1, bokstart=True))
    assert BokstartLetter in {type(each) for each in due(family, fewer, *WHOLE, RULES)}
