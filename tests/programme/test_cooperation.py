"""Figures of the follow-ups: the sums of the report, small ones hidden, longer times instead."""

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from programme.cooperation import ATTENDED, Cooperation, and_longer, last_whole, quarter
from programme.measures import Place, Sum, measure
from programme.periods import Period, half_year, month, year
from programme.report import Report
from programme.suppression import LEAST

SINCE = month(2026, 1)
YEAR = year(SINCE)
PLACES = (Place(1, "Hjällbo"), Place(2, "Gårdsten"))


def of(*sums, areas=(1,), closed=SINCE + 11):
    return Cooperation(Report([Sum(*each) for each in sums], PLACES, closed), areas)


def test_figures_are_sums_of_the_areas_and_small_ones_are_hidden():
    known = of(
        (1, 0, month(2026, 3), "visit_done", 1, None, 31),
        (1, 0, month(2026, 3), "visit_both_staff", 1, None, 24),
        (2, 0, month(2026, 3), "visit_done", 1, None, 40),
        (1, 0, month(2026, 5), "attended", None, "fathers", 8),
        (1, 0, month(2026, 5), "attended", None, "library", 4),
    ).figures(YEAR)
    assert (known.visits, known.both_staff) == (31, 24)
    assert known.attended == (("fathers", 8),)


def test_who_nearly_always_came_together_hides_the_rest_as_well():
    rows = (
        (1, 0, month(2026, 3), "visit_done", 1, None, 31),
        (1, 0, month(2026, 3), "visit_both_staff", 1, None, 29),
    )
    assert of(*rows).figures(YEAR).both_staff is None


def test_what_is_hidden_in_a_quarter_is_told_of_the_half_year():
    known = of(
        (1, 0, month(2026, 2), "attended", None, "fathers", 3),
        (1, 0, month(2026, 5), "attended", None, "fathers", 9),
    )
    first = quarter(month(2026, 2))
    told = known.count(ATTENDED, and_longer(first), "fathers")
    assert (told.count, told.months) == (12, half_year(SINCE))


def test_where_nothing_was_nothing_is_told_of_longer_times():
    known = of((1, 0, month(2026, 2), "attended", None, "fathers", 9))
    assert known.count(ATTENDED, and_longer(quarter(month(2026, 11))), "fathers") is None
    none = of((1, 0, month(2026, 2), "visit_done", 1, None, 31))
    assert none.part("visits", "both_staff", and_longer(quarter(month(2026, 11)))) is None


def test_a_year_that_is_not_over_is_told_as_far_as_half_of_it():
    assert last_whole(YEAR, month(2026, 12)) == YEAR
    assert last_whole(YEAR, month(2026, 11)) == half_year(SINCE)
    assert last_whole(YEAR, month(2026, 5)) is None


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 2]),
            st.just(0),
            st.integers(SINCE, SINCE + 11),
            st.sampled_from(["visit_done", "visit_both_staff", "all_six", "visit_missed"]),
            st.integers(1, 6),
            st.none(),
            st.integers(1, 9),
        ),
        max_size=30,
    )
)
def test_no_small_number_is_ever_among_them(rows):
    known = of(*rows)
    shown = known.figures(YEAR)
    numbers = [getattr(shown, each.name) for each in fields(shown)]
    assert all(not n or n >= LEAST for n in numbers if not isinstance(n, tuple))
    for each in ("visits", "all_six"):
        for first in (SINCE, SINCE + 3):
            told = known.count(measure(each), and_longer(Period(first, first + 2)))
            assert told is None or told.count >= LEAST
