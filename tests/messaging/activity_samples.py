"""Activities with everything and with nothing, and their times."""

from dataclasses import replace
from datetime import date, time, timedelta

from programme.activities import (
    Activity,
    ActivityKind,
    ActivityState,
    ForWhom,
    Interpreter,
    Occasion,
    SigningUp,
    Words,
)
from programme.localtime import instant
from programme.places import Venue, VenueKind

FIRST = date(2027, 3, 2)  # a Tuesday
HOUSE = Venue(id=7, name="Familjecentral <Opaltorget>", kind=VenueKind.FAMILY_CENTRE)


def held(
    n: int,
    first: date = FIRST,
    wall: time = time(17, 30),
    step: int = 7,
    minutes: int = 90,
    off: tuple[int, ...] = (),
) -> tuple[Occasion, ...]:
    """That many times, every `step` days; `off` are cancelled."""
    return tuple(
        Occasion(
            id=1000 * first.toordinal() + k,
            starts_at=instant(first + timedelta(days=step * k), wall),
            minutes=minutes,
            cancelled=k in off,
        )
        for k in range(n)
    )


FATHERS = Activity(
    id=1,
    kind=ActivityKind.FATHERS,
    words={
        "sv": Words("Pappor & barn <tillsammans>", "Vi leker och pratar."),
        "ar": Words("آباء وأطفال", "نلعب ونتحدث."),
        "so": Words("Aabbayaal iyo carruur", "Waan ciyaarnaa, waan sheekaysannaa."),
        "en": Words("Fathers & children", "We play and talk."),
    },
    venue=HOUSE,
    spoken=("sv", "ar"),
    interpreter=Interpreter.MAN,
    interpreted=("ar", "so"),
    for_whom=ForWhom.FATHERS,
    months_from=2,
    months_to=18,
    childcare=True,
    free=True,
    signing_up=SigningUp.ONCE,
)
MORNING = Activity(
    id=2,
    kind=ActivityKind.OPEN_PRESCHOOL,
    venue=HOUSE,
    free=False,
    months_to=0,
    checked_on=date(2027, 2, 1),
)
LECTURE = Activity(
    id=3,
    kind=ActivityKind.OTHER,
    link="https://example.org/a?b=1&c=2",
    signing_up=SigningUp.EACH,
    months_from=12,
)
BARE = Activity(id=4, kind=ActivityKind.LIBRARY)

TIMES = (
    (),
    held(1),
    held(1, off=(0,)),
    held(4),
    held(4, off=(2,)),
    held(4, off=(0, 1, 2, 3)),
    held(8),
    held(16, off=(4, 7, 8, 9)),
    (*held(16), *held(16, FIRST + timedelta(days=2)), *held(1, FIRST + timedelta(days=4))),
    held(52, step=7),
    held(20, step=5)[:9],
)
ACTIVITIES = (
    FATHERS,
    MORNING,
    LECTURE,
    BARE,
    replace(FATHERS, state=ActivityState.CANCELLED),
    *(replace(FATHERS, kind=kind, words={}) for kind in ActivityKind),
    *(replace(MORNING, for_whom=each, months_from=3) for each in ForWhom),
    *(replace(BARE, interpreter=each) for each in Interpreter),
    *(replace(BARE, interpreter=each, interpreted=("so",)) for each in Interpreter),
)
