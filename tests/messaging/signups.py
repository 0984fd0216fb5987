"""Every text about signing up: places, turns in line, reminders, changes, offers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from messaging import door_texts, signup_texts
from programme.activities import (
    Activity,
    ActivityKind,
    Interpreter,
    Occasion,
    SigningUp,
    Signup,
    SignupState,
    Words,
)
from programme.activity_letters import (
    ActivityChanged,
    ActivityReminder,
    PlaceOffered,
    TimesAdded,
)
from programme.letters import Letter
from programme.localtime import STOCKHOLM
from services.attendance import Door, Guest

STARTS = datetime(2027, 3, 5, 16, 30, tzinfo=UTC)  # a Friday, 17:30 in Stockholm
BEFORE = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
SIX = tuple(Occasion(id=n, starts_at=STARTS + timedelta(days=7 * n), minutes=90) for n in range(6))
ONE = SIX[:1]
OFF = Occasion(id=7, starts_at=STARTS, minutes=90, cancelled=True, revision=1, changed_at=BEFORE)

_TITLES = {
    "en": "Dads <3 coffee",
    "sv": "Pappagrupp",
    "ar": "مجموعة الآباء",
    "so": "Kooxda aabayaasha",
}
ACTIVITY = Activity(
    id=3,
    kind=ActivityKind.FATHERS,
    words={code: Words(title, title) for code, title in _TITLES.items()},
    spoken=("so", "ar"),
    interpreter=Interpreter.MAN,
    interpreted=("ar",),
    childcare=True,
    free=True,
    signing_up=SigningUp.ONCE,
)
NAMELESS = Activity(id=4, kind=ActivityKind.OTHER, signing_up=SigningUp.EACH)


def mine(state: SignupState = SignupState.IN, **changes: Any) -> Signup:
    usual = {"id": 8, "guardian_id": 5, "activity": ACTIVITY, "occasions": SIX, "seats_id": 6}
    party = {"adults": 1, "children": 2, "asked_at": BEFORE}
    return Signup(**{**usual, **party, "state": state, **changes})


_LETTER = {
    "key": "k",
    "at": BEFORE,
    "not_after": STARTS,
    "family_id": 4,
    "guardian_id": 5,
    "signup_id": 8,
    "activity": ACTIVITY,
    "adults": 2,
    "children": 3,
}
_FACTS: dict[str, Any] = _LETTER


def parcels() -> Iterator[tuple[str, list[Letter]]]:
    yield "it is tomorrow", [ActivityReminder(**_FACTS, occasion=SIX[0])]
    yield "the second of four", [ActivityReminder(**_FACTS, occasion=SIX[1], number=2, of=4)]
    alone = {**_FACTS, "activity": NAMELESS, "adults": 1, "children": 0}
    yield "nobody gave it words", [ActivityReminder(**alone, occasion=SIX[0])]
    yield "another hour", [ActivityChanged(**_FACTS, occasion=SIX[1], old_starts_at=STARTS)]
    yield "it is off", [ActivityChanged(**_FACTS, occasion=OFF, old_starts_at=STARTS)]
    yield "one more time", [TimesAdded(**_FACTS, occasions=ONE)]
    yield "more times", [TimesAdded(**_FACTS, occasions=SIX)]
    yield "a place", [PlaceOffered(**_FACTS, occasions=ONE, offered=1, until=STARTS)]
    yield "a place in a series", [PlaceOffered(**_FACTS, occasions=SIX, offered=1, until=STARTS)]


GUESTS = tuple(
    Guest(
        signup_id=n,
        family="the <red> door" if n % 2 else n,
        language=("so", "ar", "sv", "en")[n % 4],
        adults=1 + n % 2,
        children=n % 3,
        came=(None, True, False)[n % 3],
        times=n % 4,
        of=4,
    )
    for n in range(10)
)


def at_the_door(**changes: Any) -> Door:
    usual = {"activity": ACTIVITY, "occasion": SIX[0], "guests": GUESTS, "capacity": 20}
    return Door(**{**usual, "waiting": 3, "offered": 1, "ticks": True, **changes})


ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    signup_texts.which_occasion: [
        (NAMELESS, tuple(enumerate(SIX)), 0, STOCKHOLM),
        (NAMELESS, tuple(enumerate(SIX)), 2, STOCKHOLM),
        (ACTIVITY, ((1, SIX[0]), (2, SIX[1])), 0, STOCKHOLM),
    ],
    signup_texts.ask: [
        (ACTIVITY, SIX, 6, (1, children), STOCKHOLM) for children in (0, 1, 2, 3, 11)
    ]
    + [(NAMELESS, ONE, 6, (2, 0), STOCKHOLM)],
    signup_texts.how_many_adults: [(6, 0, page) for page in range(3)],
    signup_texts.how_many_children: [(6, 8, 1, page) for page in range(6)],
    signup_texts.signed_up: [(mine(), STOCKHOLM), (mine(occasions=ONE, children=0), STOCKHOLM)],
    signup_texts.offered: [(mine(SignupState.OFFERED), 1, STOCKHOLM)],
    signup_texts.in_line: [(mine(SignupState.WAITING), n, STOCKHOLM) for n in (1, 2, 11)],
    signup_texts.full: [(6, (1, 2), n + 1, n) for n in (0, 1, 2, 3, 11, 100)],
    signup_texts.too_many: [(6, 0, n) for n in (1, 2, 3, 11, 100)],
    signup_texts.kept: [(mine(),)],
    signup_texts.left: [(mine(SignupState.LEFT),)],
    signup_texts.passed_on: [(mine(SignupState.EXPIRED), 0), (mine(SignupState.WAITING), 3)],
    door_texts.doors: [
        ((), 0, STOCKHOLM),
        (tuple((ACTIVITY, each) for each in SIX) * 2, 0, STOCKHOLM),
        (((NAMELESS, SIX[0]),), 0, STOCKHOLM),
    ],
    door_texts.door: [
        (at_the_door(), 0, STOCKHOLM),
        (at_the_door(ticks=False), 1, STOCKHOLM),
        (at_the_door(guests=(), waiting=0, offered=0, capacity=None), 0, STOCKHOLM),
    ],
    door_texts.on_paper: [(at_the_door(), STOCKHOLM)],
    signup_texts.over: [()],
    signup_texts.just_come: [()],
}

# Parts of sentences and rows: not sent by themselves.
PARTS = {
    "listed",  # read in tests/handlers/test_signups.py
    *("party", "is_in", "times", "sign_up_button", "sign_up_buttons", "sign_up_rows", "own_rows"),
    *("doors_button", "printed"),
}
# Pages of staff, who may have more than three buttons.
STAFF_NAMES = ("doors", "door", "on_paper")
