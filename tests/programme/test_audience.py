"""Whom a notice is for, and why somebody does not get it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.activities import ActivityKind
from programme.ages import add_months
from programme.audience import LeftOut, Person, left_out, meant, unsaid
from programme.notices import Audience, Notice, NoticeState
from programme.people import Child, GuardianRole, Rest, Why
from tests.cast import JOINED, RULES, local

TODAY = date(2026, 11, 10)
NOW = local("2026-11-10T12:00")
ALL = Audience(areas=(1, 2), languages=("ar", "so"))
BABY = Child(id=1, born=date(2026, 10, 1))
AMINA = Person(
    guardian_id=21,
    family_id=1,
    area_id=1,
    language="so",
    role=GuardianRole.BIRTHING,
    active_since=JOINED,
    children=(BABY,),
    eligible=True,
)
YUSUF = replace(AMINA, guardian_id=22, language="ar", role=GuardianRole.OTHER_PARENT)
NOTICE = Notice(id=7, state=NoticeState.DRAFT, audience=ALL)
URGENT = replace(NOTICE, urgent=True)


def for_them(person: Person, **conditions) -> bool:
    return meant(replace(ALL, **conditions), person, TODAY)


def why(person: Person, notice: Notice = NOTICE) -> LeftOut | None:
    return left_out(notice, person, NOW, RULES)


def resting(*reasons: Why, until: datetime | None = None) -> Person:
    rests = tuple(Rest(why=each, since=NOW - timedelta(days=1), until=until) for each in reasons)
    return replace(AMINA, rests=rests)


def test_an_audience_without_conditions_is_everybody_of_its_areas():
    assert for_them(AMINA)
    assert for_them(replace(AMINA, language="sv"))  # which language is another question
    assert not for_them(replace(AMINA, area_id=3))


def test_fathers_are_the_parents_who_did_not_give_birth_and_said_so():
    assert for_them(YUSUF, fathers=True)
    assert not for_them(AMINA, fathers=True)
    assert not for_them(replace(YUSUF, role=GuardianRole.OTHER_ADULT), fathers=True)
    assert not for_them(replace(YUSUF, role=None), fathers=True)


def test_who_has_not_said_is_counted_and_gets_nothing():
    fathers, firsts = replace(ALL, fathers=True), replace(ALL, first_child=True)
    silent = replace(YUSUF, role=None, eligible=None)
    for asked in (fathers, firsts):
        assert unsaid(asked, silent, TODAY)
        assert not meant(asked, silent, TODAY)
    assert not unsaid(fathers, AMINA, TODAY)
    assert not unsaid(fathers, YUSUF, TODAY)
    assert not unsaid(firsts, replace(AMINA, eligible=False), TODAY)
    assert not unsaid(fathers, replace(silent, area_id=3), TODAY)
    # who is known not to be meant stays so, whatever else is unknown
    both = replace(ALL, fathers=True, first_child=True)
    assert not unsaid(both, replace(silent, role=GuardianRole.BIRTHING), TODAY)


def test_expecting_ends_with_the_due_date_and_with_silence():
    def expecting(due: date, **facts) -> bool:
        child = Child(id=1, born=None, due=due, **facts)
        return for_them(replace(AMINA, children=(child,)), expecting=True)

    assert expecting(TODAY)
    assert not expecting(TODAY - timedelta(days=1))  # perhaps born, perhaps lost: nobody has said
    assert not expecting(TODAY, silent=True)
    assert not for_them(AMINA, expecting=True)


def test_a_child_about_whom_nothing_is_said_does_not_count():
    assert not for_them(replace(AMINA, children=(replace(BABY, silent=True),)), months_to=12)


def test_any_of_several_children_may_be_of_that_age():
    older = Child(id=2, born=date(2024, 1, 1))
    assert for_them(replace(AMINA, children=(BABY, older)), months_from=24)
    assert not for_them(AMINA, months_from=24)


def test_a_child_that_is_not_born_yet_has_no_age():
    assert not for_them(replace(AMINA, children=(Child(id=1, born=None, due=TODAY),)), months_to=6)


@given(
    born=st.dates(date(2023, 1, 1), TODAY),
    lower=st.none() | st.integers(0, 40),
    upper=st.none() | st.integers(0, 40),
)
def test_an_age_from_to_is_one_span_of_days(born, lower, upper):
    """Brute force: the day it turns that old, until the day before it is a month older."""
    reached = lower is None or add_months(born, lower) <= TODAY
    passed = upper is not None and add_months(born, upper + 1) <= TODAY
    found = for_them(
        replace(AMINA, children=(Child(id=1, born=born),)), months_from=lower, months_to=upper
    )
    assert found == (reached and not passed)


PEOPLE = st.builds(
    replace,
    st.just(AMINA),
    area_id=st.integers(1, 3),
    role=st.none() | st.sampled_from(GuardianRole),
    eligible=st.none() | st.booleans(),
    follows=st.frozensets(st.sampled_from(ActivityKind), max_size=2),
    signed_up=st.booleans(),
    children=st.lists(
        st.builds(
            Child,
            id=st.just(1),
            born=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
            due=st.none() | st.dates(date(2026, 10, 1), date(2027, 3, 1)),
            silent=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "fathers": st.just(True),
        "first_child": st.just(True),
        "expecting": st.just(True),
        "signed_up": st.just(True),
        "follows": st.sampled_from(ActivityKind),
    },
)


@given(person=PEOPLE, one=CONDITIONS, other=CONDITIONS)
def test_every_condition_must_hold_whichever_way_they_are_put_together(person, one, other):
    both = for_them(person, **{**one, **other})
    apart = all(for_them(person, **{name: value}) for name, value in {**one, **other}.items())
    assert both == (apart and for_them(person))


@given(person=PEOPLE, asked=CONDITIONS)
def test_who_has_not_said_is_meant_under_some_answer_and_only_then(person, asked):
    audience = replace(ALL, **asked)
    roles = GuardianRole if person.role is None else [person.role]
    firsts = (True, False) if person.eligible is None else [person.eligible]
    could = any(
        meant(audience, replace(person, role=role, eligible=first), TODAY)
        for role in roles
        for first in firsts
    )
    assert could == (meant(audience, person, TODAY) or unsaid(audience, person, TODAY))
    assert not (meant(audience, person, TODAY) and unsaid(audience, person, TODAY))


def test_who_reads_a_chosen_language_and_is_in_no_rest_gets_it():
    assert why(AMINA) is None
    assert why(replace(AMINA, language="sv")) is LeftOut.LANGUAGE


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Why.PAUSED, LeftOut.PAUSED),
        (Why.AWAY, LeftOut.AWAY),
        (Why.UNREACHABLE, LeftOut.UNREACHABLE),
        (Why.STOPPED, LeftOut.RESTS),
        (Why.LOSS, LeftOut.RESTS),  # the same word: nobody learns which
    ],
)
def test_each_rest_has_its_word_and_a_loss_has_none_of_its_own(reason, said):
    assert why(resting(reason)) is said
    assert why(resting(reason), URGENT) is said
    assert why(resting(reason, Why.LOSS)) is LeftOut.RESTS


def test_a_rest_that_is_over_by_then_leaves_nobody_out():
    assert why(resting(Why.AWAY, until=NOW)) is None


def test_a_family_of_which_nobody_reads_here_is_counted_as_one_without_a_chat():
    nobody = Person(guardian_id=0, family_id=9, area_id=1, children=(BABY,))
    assert why(nobody) is LeftOut.NO_CHAT
    assert why(replace(AMINA, in_chat=False)) is LeftOut.NO_CHAT
    assert why(replace(AMINA, protected=True)) is LeftOut.NO_CHAT


def test_without_a_yes_nothing_comes_and_the_old_yes_covers_only_what_is_urgent():
    assert why(replace(AMINA, active_since=None), URGENT) is LeftOut.NO_CONSENT
    asked = replace(AMINA, asked_anew_at=NOW - timedelta(days=1))
    assert why(asked) is LeftOut.NO_CONSENT
    assert why(asked, URGENT) is None


def test_a_paused_area_hears_only_what_is_urgent():
    paused = replace(AMINA, area_paused=True)
    assert why(paused) is LeftOut.PAUSED
    assert why(paused, URGENT) is None


def test_a_full_week_is_told_and_does_not_hold_back_what_is_urgent():
    days = (4, 6, 8)
    full = replace(AMINA, capped_lately=tuple(local(f"2026-11-0{day}T10:00") for day in days))
    assert why(full) is LeftOut.WEEK_FULL
    assert why(full, URGENT) is None
    assert why(replace(full, capped_lately=full.capped_lately[:2])) is None


def test_three_messages_of_one_day_fill_the_week_as_well():
    times = tuple(local(f"2026-11-09T{hour}:00") for hour in (10, 11, 12))
    assert why(replace(AMINA, capped_lately=times)) is LeftOut.WEEK_FULL
    assert why(replace(AMINA, capped_lately=times[1:])) is None


def test_days_of_the_week_are_those_on_the_families_clock():
    # 23:30 UTC is the next day in Stockholm: six days ago, and not seven
    late = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
    others = (late + timedelta(days=1), late + timedelta(days=2))
    assert why(replace(AMINA, capped_lately=(late, *others))) is LeftOut.WEEK_FULL
    earlier = late - timedelta(hours=1)
    assert why(replace(AMINA, capped_lately=(earlier, *others))) is None
