"""Every text about what is on: lists, one activity, what one follows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from messaging import whats_on_texts as words
from programme.activities import ActivityKind
from programme.localtime import STOCKHOLM
from programme.whats_on import On, Scope
from tests.cast import local
from tests.messaging.activity_samples import BARE, FATHERS, LECTURE, MORNING, held

NOW: datetime = local("2027-03-01T12:00")
_TWO = [On(FATHERS, held(1)[0]), On(LECTURE, held(1, off=(0,))[0])]

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    words.menu: [()],
    words.more_menu: [()],
    words.nothing: [(each,) for each in Scope],
    words.what_is_on: [
        *((each, _TWO, 0, False, NOW.date(), STOCKHOLM) for each in Scope),
        (Scope.WEEK, _TWO, 0, True, NOW.date(), STOCKHOLM),
    ],
    words.card: [
        (FATHERS, held(4), NOW, STOCKHOLM),
        (MORNING, held(8), NOW, STOCKHOLM),
        (LECTURE, held(3), NOW, STOCKHOLM),
        (BARE, (), NOW, STOCKHOLM),
    ],
    words.more_on_card: [(FATHERS, True), (LECTURE, False)],
    words.followed: [((), 0), (list(ActivityKind), 0), (list(ActivityKind), 99)],
    words.near: [([(each, 1234.0) for each in _TWO], STOCKHOLM)],
    words.none_near: [()],
}
