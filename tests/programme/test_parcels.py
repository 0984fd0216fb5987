"""What travels together: one message per parent and hour on the clock."""

from datetime import date, timedelta

from programme.kinds import Kind, Lane
from programme.parcels import parcels
from programme.people import Child
from programme.plan import due
from programme.questions import Joiner
from tests.cast import AMINA, RULES, YUSUF, a_booking, a_family, local


def on(day: str, family, *parents):
    since = local(f"{day}T00:00")
    found = [
        letter
        for parent in parents
        for letter in due(family, parent, since, since + timedelta(days=1), RULES)
    ]
    return parcels(found, RULES)


def test_letters_of_one_hour_are_one_parcel_with_the_visit_first():
    born = Child(id=11, born=date(2026, 9, 10))  # two months on the 10th of November
    changed = local("2026-11-10T10:40")
    family = a_family(a_booking(local("2026-11-20T10:00"), changed_at=changed), children=(born,))
    [parcel] = on("2026-11-10", family, AMINA)
    assert [letter.kind for letter in parcel.letters] == [Kind.VISIT_BOOKED, Kind.TIP]
    assert parcel.lane is Lane.VISITS
    assert parcel.at == local("2026-11-10T10:00")


def test_the_next_hour_is_another_parcel():
    born = Child(id=11, born=date(2026, 9, 10))
    changed = local("2026-11-10T11:00")
    family = a_family(a_booking(local("2026-11-20T10:00"), changed_at=changed), children=(born,))
    first, second = on("2026-11-10", family, AMINA)
    assert (first.lane, second.lane) == (Lane.TIPS, Lane.VISITS)


def test_two_parents_never_share_a_parcel():
    born = Child(id=11, born=date(2026, 9, 10))
    found = on("2026-11-10", a_family(children=(born,)), AMINA, YUSUF)
    assert [parcel.letters[0].guardian_id for parcel in found] == [AMINA.id, YUSUF.id]


def test_twins_tips_travel_together():
    twins = tuple(Child(id=n, born=date(2026, 9, 10)) for n in (11, 12))
    [parcel] = on("2026-11-10", a_family(children=twins), AMINA)
    assert [letter.child_id for letter in parcel.letters] == [11, 12]


def test_a_question_with_buttons_of_its_own_travels_alone():
    at = local("2026-11-10T10:40")
    joiner = Joiner(id=23, asked_by=AMINA.id, name="Yusuf", asked_at=at)
    family = a_family(a_booking(local("2026-11-20T10:00"), changed_at=at), joiners=(joiner,))
    found = on("2026-11-10", family, AMINA)
    kinds = sorted([letter.kind for letter in parcel.letters] for parcel in found)
    assert kinds == [[Kind.JOIN_ASK], [Kind.VISIT_BOOKED]]


def test_nothing_makes_no_parcel():
    assert parcels([], RULES) == []
