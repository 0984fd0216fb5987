"""Rows for researchers: months only, at least five alike, or no file at all."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.research import (
    ANY,
    K,
    Levels,
    NotAnonymous,
    Row,
    anonymous,
    coarse,
    is_anonymous,
    table,
)

_MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
_ROWS = st.lists(
    st.builds(
        Row,
        area=st.sampled_from(["Hjällbo", "Gårdsten", "Tynnered"]),
        born=st.sampled_from(_MONTHS),
        languages=st.sampled_from(["sv", "ar", "so", "ar so", "en sv"]),
        parents=st.sampled_from(["1", "2"]),
        visits=st.integers(0, 6),
        other_parent=st.integers(0, 6),
        both_staff=st.integers(0, 6),
        interpreter=st.integers(0, 6),
        guided_on=st.integers(0, 6),
        first_in_time=st.sampled_from([True, False, None]),
    ),
    max_size=60,
)


def a_row(**facts):
    usual = {"area": "Hjällbo", "born": "2026-03", "languages": "so", "parents": "2"}
    counts = dict.fromkeys(("other_parent", "both_staff", "interpreter", "guided_on"), 1)
    return Row(**{**usual, **counts, "visits": 6, "first_in_time": True, **facts})


@settings(deadline=None, max_examples=60)
@given(_ROWS)
def test_nobody_stands_alone_and_no_row_is_made_up(rows):
    try:
        made = anonymous(rows)
    except NotAnonymous:
        assert len(rows) < K  # with enough families something can always be told
        return
    # Counted anew, by what stands in the file.
    written = [line[:4] for line in list(table(made.rows))[1:]]
    assert min(Counter(written).values()) >= K
    home = Counter((r.known[:4], r.interpreter == 0, r.other_parent == 0) for r in made.rows)
    assert min(home.values()) >= K  # who lives next door sees that
    assert len(made.rows) + made.left_out == len(rows)
    told = Counter((r.visits, r.both_staff, r.guided_on) for r in made.rows)
    true = Counter((r.visits, r.both_staff, r.guided_on) for r in rows)
    assert not told - true


@given(_ROWS)
def test_the_order_of_rows_tells_nothing(rows):
    try:
        assert anonymous(rows) == anonymous(reversed(rows))
    except NotAnonymous:
        assert len(rows) < K


def test_five_alike_are_told_as_they_are():
    made = anonymous([a_row()] * K)
    assert made.left_out == 0
    assert made.rows[0] == a_row()


def test_four_are_never_written():
    with pytest.raises(NotAnonymous, match="4 families have said yes"):
        anonymous([a_row()] * (K - 1))


def test_months_become_quarters_before_anybody_is_left_out():
    rows = [a_row(born=f"2026-0{n}") for n in (1, 1, 2, 3, 3)]
    assert {row.born for row in anonymous(rows).rows} == {"2026-Q1"}


def test_one_of_many_who_is_like_nobody_is_left_out():
    rows = [a_row()] * 20 + [a_row(area="Tynnered", languages="ar")]
    made = anonymous(rows)
    assert made.left_out == 1
    assert {row.area for row in made.rows} == {"Hjällbo"}


def test_the_only_one_without_an_interpreter_is_not_to_be_found():
    rows = [a_row()] * K + [a_row(interpreter=0, visits=2)]
    assert {row.interpreter for row in anonymous(rows).rows} == {ANY}


def test_a_value_becomes_coarser_step_by_step():
    row = a_row(born="2026-08", languages="ar so")
    steps = [coarse(row, Levels(born=n)).born for n in range(5)]
    assert steps == ["2026-08", "2026-Q3", "2026-H2", "2026", ANY]
    assert [coarse(row, Levels(languages=n)).languages for n in range(3)] == [
        "ar so",
        "several",
        ANY,
    ]
    assert not is_anonymous([row])
