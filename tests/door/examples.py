"""What the fields of buttons hold in a test: whose things, and one example of everything else.

A new field of a button needs a line here, or the test says that it has none:
`THINGS` if it is the number of something that belongs to somebody (see `world.py`), else `OTHERS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from messaging.callbacks import CallbackData
from tests.door import ways
from tests.door.world import NOW, World

DRAFT = 1_900_000_000  # of a booking that is being made
DAY = "20261210"


@dataclass(frozen=True)
class Thing:
    """The number of something that belongs to somebody."""

    kind: str


def things(*kinds: str) -> tuple[object, ...]:
    """Numbers of these."""
    return tuple(Thing(each) for each in kinds)


# The field of a button -> what it may be the number of. Two: the button is tried with both.
THINGS = {
    "family": things("family", "waiting"),
    "child": things(
        "child",
    ),
    "guardian": things(
        "guardian",
    ),
    "booking": things("booking", "past"),
    "staff": things("staff", "ended"),
    "first": things(
        "staff",
    ),
    "second": things(
        "parent_supporter",
    ),
    **{
        each: things(each)
        for each in (
            *("place", "activity", "occasion", "seats", "signup", "notice", "wording", "note"),
            *("proposal", "slot", "request", "thread", "joiner", "asker", "area", "rest", "busy"),
            *("edition", "recording"),
        )
    },
    "gone": things(
        "area",
    ),
    "into": things(
        "elsewhere",
    ),
}
# Of some kinds of button the same word means something else.
ONLY = {
    ("register", "Member", "staff"): things("staff", "ended"),
    ("callbacks", "Reason", "area"): things("area"),
    ("progress", "Steer", "notice"): things("leaving", "notice"),
    ("report", "ReportOf", "first"): (2026 * 12 + 9,),
    ("report", "ReportFile", "first"): (2026 * 12 + 9,),
    ("notice", "NoticeAge", "first"): (0,),
    ("activity", "OffDays", "first"): (DAY,),
    ("place_edit", "OtherHours", "first"): (DAY,),
    ("place_edit", "CloseDays", "first"): (DAY,),
    ("place_edit", "UsualDays", "first"): (DAY,),
    ("callbacks", "Menu", "page"): ("home",),
    ("callbacks", "StaffPage", "page"): ("menu",),
    ("home", "TwoHomes", "keeps"): ("first", "second", "nobody"),
    ("home", "SecondHome", "keeps"): ("first", "second", "nobody"),
    ("calendar", "ParentCalendar", "act"): ("file",),
    ("activity", "SetField", "value"): ("en", *things("place", "area")),
    ("callbacks", "Skip", "number"): things("booking"),
    ("callbacks", "Skip", "code"): ("0",),
    ("interpreter", "WishInterpreter", "wish"): ("ask", "woman"),
    ("register", "Interpreter", "wish"): ("woman",),
    ("register", "NotBornYet", "on"): (True, False),
    ("callbacks", "Reason", "code"): ("time",),
    ("activity", "SeriesOf", "begins"): (600,),
    ("hours", "SetMargin", "minutes"): (15,),
    ("morning", "SetMorning", "minutes"): (420,),
    ("trust", "Forget", "visit"): (*things("booking"), 0),
    ("guide", "GuidePage", "code"): ("bvc",),
    ("help", "OpenHelp", "code"): ("first_visit",),
    ("page_edit", "ActOnPage", "page"): ("bvc",),
    ("page_edit", "PublishPage", "page"): ("bvc",),
    ("page_edit", "PublishPage", "seen"): ("00000000",),
    ("place_edit", "PublishPlace", "seen"): ("00000000",),
    ("page_edit", "PrintGuide", "language"): ("", "so"),
    ("booking", "PrintSlip", "language"): ("", "so"),
    ("page_edit", "PageIn", "page"): ("bvc",),
    ("page_edit", "StaffGuidePage", "page"): ("bvc",),
    ("page_edit", "PageIsRight", "page"): ("bvc",),
    ("page_edit", "WritePage", "page"): ("bvc",),
    ("page_edit", "BringPageBack", "edition"): things("page_edition"),
    ("report", "ReportFile", "form"): ("csv",),
    ("callbacks", "Spoken", "code"): ("ti",),
    ("register", "FamilySpoken", "code"): ("ti",),
    ("hours", "OneDay", "day"): (DAY,),
    ("hours", "UntilDay", "day"): (DAY,),
    ("calendar", "DayList", "day"): ("2026-11-24",),
    ("voice", "Listen", "code"): ("faces",),
    ("activity", "WordsIn", "code"): ("en",),
    ("translating", "WriteIn", "code"): ("en",),
    ("place_edit", "WayIn", "code"): ("en",),
    ("callbacks", "ChooseLanguage", "code"): ("en",),
    ("register", "FamilyLanguage", "code"): ("en",),
    ("who_comes", "WhoComes", "second"): things("parent_supporter"),
    ("callbacks", "BornOn", "day"): ("2026-10-31",),
    ("callbacks", "BornCount", "day"): ("2026-10-31",),
    ("callbacks", "QuietDay", "day"): (2,),
    ("activity", "SeriesOf", "day"): (DAY,),
    ("place_edit", "WeekdayHours", "days"): (1,),
    ("booking", "Draft", "n"): (0,),
}
OTHERS: dict[str, tuple[object, ...]] = {
    "page": (0,), "n": (0,), "screen": (0,), "skip": (0,), "week": (0,), "days": (1,),
    "revision": (0,), "draft": (DRAFT,), "at": (int(NOW.timestamp()),), "message": (3,),
    "asked": (int(NOW.timestamp()),), "offered": (int(NOW.timestamp()),), "count": (2,),
    "adults": (1,), "children": (1,), "visit": (1, 5), "living": (1,), "silenced": (1,),
    "home": (1, 2), "weekday": (1,), "starts": (480,), "ends": (600,), "minutes": (60,),
    "hour": (10,), "year": (2026,), "quarter": (3,), "flags": (1,), "last": (2026 * 12 + 10,),
    "until": (6,), "code": ("faces",), "language": ("en",), "text": ("en", None),
    "last_day": ("2026-12-01",), "day": ("2026-12-10",), "month": ("202612",), "at_wall": ("1000",),
    "moments": ("1c9c380",), "sort": ("tip",), "found": ("",), "value": ("en",),
}  # fmt: skip
ENDS_ON = {"activity": DAY, "place_edit": DAY}

# What the pickers of a task ask about: the numbers their buttons carry, by the task's own code.
STAFF, ACTIVITY, OCCASION = Thing("staff"), Thing("activity"), Thing("occasion")
NOTICE, PLACE, AREA = Thing("notice"), Thing("place"), Thing("area")
IDS: dict[str, tuple[object, ...]] = {
    "of": (STAFF,), "ol": (STAFF, 20261201), "bd": (STAFF,), "bf": (STAFF,),
    "bu": (STAFF, 600), "hf": (STAFF, 1, 0), "hu": (STAFF, 1, 0, 600),
    "anf": (ACTIVITY, 0), "ant": (ACTIVITY, 0), "ane": (ACTIVITY, 0, 600),
    "anl": (ACTIVITY, 20261201, 600, 60), "acf": (ACTIVITY,), "acl": (ACTIVITY, 20261201),
    "amd": (OCCASION,), "amt": (OCCASION,), "ame": (OCCASION, 600),
    "ba": (DRAFT, 0), "bk": (DRAFT, 0), "nod": (NOTICE, 0), "noh": (NOTICE, 0),
    "pla": (PLACE,), "plf": (PLACE,), "pll": (PLACE, 20261201), "plo": (PLACE, 1),
    "plc": (PLACE, 1, 600), "pso": (PLACE, 20261201, 20261202),
    "psc": (PLACE, 20261201, 20261202, 600), "psb": (), "psd": (), "rgb": (), "rgd": (),
    "suf": (AREA,), "sul": (AREA, 20261201),
}  # fmt: skip


def module_of(kind: type[CallbackData]) -> str:
    """The task whose button it is, as its file is called."""
    return kind.__module__.removeprefix("messaging.").removesuffix("_buttons")


def name_of(kind: type[CallbackData]) -> str:
    """How a kind of button is called in the table."""
    return f"{module_of(kind)}.{kind.__name__}"


def _values(kind: type[CallbackData], field: str) -> tuple[object, ...]:
    """Words (things of somebody's, or plain values) that this field is tried with."""
    module = module_of(kind)
    named = ways.wanted(kind, field)
    if found := ways.choices(kind, field):
        return found
    special = ONLY.get((module, kind.__name__, field))
    if special is not None:
        return tuple(dict.fromkeys((*named, *special)))
    if field == "last" and module in ENDS_ON:
        return (ENDS_ON[module],)
    if field in THINGS:
        return (*named, *THINGS[field])
    if field in OTHERS:
        return tuple(dict.fromkeys((*named, *OTHERS[field])))
    if named:
        return named
    raise LookupError(f"{name_of(kind)}.{field} has no example: see tests/door/examples.py")


def tried(kind: type[CallbackData]) -> Iterator[dict[str, object]]:
    """Everything a button of that kind is tried with; things of somebody's are words still."""
    if module_of(kind) == "picker":
        yield from _picked(kind)
        return
    yield from ways.combined({name: _values(kind, name) for name in kind.model_fields})


def _picked(kind: type[CallbackData]) -> Iterator[dict[str, object]]:
    rest = {"day": DAY, "hour": 11, "at": "1100", "month": "202612", "page": 0}
    if "why" not in kind.model_fields:
        yield {}
        return
    for why in ways.wanted(kind, "why"):
        ids = IDS[str(why)]
        yield {"why": why, "ids": ids} | {n: rest[n] for n in kind.model_fields if n in rest}


def _within(values: dict[str, object]) -> list[object]:
    ids = values.get("ids")
    return [*values.values(), *(ids if isinstance(ids, tuple) else ())]


def has_things(values: dict[str, object]) -> bool:
    """Whether these values name something of somebody's."""
    return any(isinstance(each, Thing) for each in _within(values))


def pack(
    kind: type[CallbackData], values: dict[str, object], world: World, whose: str
) -> str | None:
    """The button's data about that home's things; None where it has no such thing."""
    numbers = {each: _number(each, world, whose) for each in _within(values) if type(each) is Thing}
    if 0 in numbers.values():
        return None
    given = {name: numbers.get(each, each) for name, each in values.items()}
    if isinstance(ids := values.get("ids"), tuple):
        given["ids"] = ".".join(str(numbers.get(each, each)) for each in ids)
    for name, field in kind.model_fields.items():
        if field.annotation is str and type(given[name]) is int:
            given[name] = str(given[name])
    return kind(**given).pack()


def _number(thing: Thing, world: World, whose: str) -> int:
    if thing.kind != "elsewhere":
        return world.thing(thing.kind, whose)
    own, here = (world.thing("area", each) for each in (whose, "here"))
    return world.thing("area", "there" if own == here else "here")
