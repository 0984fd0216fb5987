"""The cells of the table: what can be pressed, typed or sent, by whom, of whose."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from messaging.callbacks import CallbackData
from tests.door import examples, ways
from tests.door.examples import DRAFT
from tests.door.press import Came, Door
from tests.door.world import AREAS, HOMES, NOW, World

PARENTS = ("amina", "yusuf", "mor", "far", "neighbour", "faraway")
OUTSIDE = ("stranger", "erased", "poster here", "joiner", "shielded", "bereaved", "ended here")
STAFF = tuple(
    f"{role} {side}"
    for side in ("here", "there")
    for role in ("nurse", "parent_supporter", "coordinator", "translator", "administrator")
)
EVERYBODY = (*OUTSIDE, *PARENTS, *STAFF)
ACTS = ("act", "page", "why", "view", "keeps")  # the field of a button that says what it does


@dataclass(frozen=True)
class Cell:
    """Somebody does something that is about something of somebody's."""

    way: str
    who: str
    whose: str
    detail: str = ""  # which act or page of the button
    things: bool = True  # whether it names something of somebody's at all
    press: str = ""
    content: tuple[tuple[str, Any], ...] = ()
    state: str | None = None

    async def try_at(self, door: Door) -> Came:
        """What comes of it."""
        kept = known(door.world, self.whose, self.state, self.way)
        if self.press:
            return await door.press(self.who, self.press, self.state, kept)
        return await door.send(self.who, dict(self.content), self.state, kept)


def presses(world: World) -> Iterator[Cell]:
    """Every button."""
    for kind in ways.buttons():
        for values in examples.tried(kind):
            for state in ways.states_of(kind, values):
                yield from _pressed(world, kind, values, state)


def _pressed(
    world: World, kind: type[CallbackData], values: dict[str, object], state: str | None
) -> Iterator[Cell]:
    name, detail, seen = examples.name_of(kind), _detail(kind, values), set()
    remembers = state is not None or name in _TALKS
    things = examples.has_things(values) or remembers
    for whose in HOMES if things else HOMES[:1]:
        data = examples.pack(kind, values, world, whose)
        once = (data, whose if remembers else "")
        if data is None or once in seen:
            continue
        seen.add(once)
        for who in EVERYBODY:
            yield Cell(name, who, whose, detail, things, press=data, state=state)


def _detail(kind: type[CallbackData], values: dict[str, object]) -> str:
    if values.get("every") is True:
        return "every"
    named = (values[each] for each in ACTS if each in values)
    return next((str(each) for each in named if isinstance(each, str)), "")


def typed(world: World) -> Iterator[Cell]:
    """Every command, every sort of link, and words out of nowhere."""
    said = {each: each for each in ways.commands()}
    said |= {f"/start {sort}": f"/start {code}" for sort, code in world.links.items()}
    said |= {"free text": "when does she get teeth", "danger words": "he hits me"}
    for way, text in said.items():
        for who in EVERYBODY:
            yield Cell(way, who, "amina", things=False, content=(("text", text),))


NOT_NOW = {"Asking:position", "WantingNear:position"}  # a key of these words
SENT: dict[str, tuple[str, Any]] = {
    "text": ("text", "Planted"),
    "location": ("location", {"latitude": 57.77, "longitude": 12.02}),
    "voice": ("voice", {"file_id": "v", "file_unique_id": "v", "duration": 5}),
    "photo": ("photo", [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]),
}


def sent() -> Iterator[Cell]:
    """Everything that some state of a conversation waits for."""
    for state, content in ways.written():
        what = ("text", "Not now") if state in NOT_NOW and content == "text" else SENT[content]
        for whose in HOMES:
            for who in EVERYBODY:
                way = f"{state} {content}"
                yield Cell(way, who, whose, content=(what,), state=state)


_known: dict[int, list[Cell]] = {}


def every(world: World) -> list[Cell]:
    """All of them, in a fixed order."""
    if id(world) not in _known:
        _known[id(world)] = [*presses(world), *typed(world), *sent()]
    return _known[id(world)]


def some(cells: list[Cell], many: int, seed: int) -> list[Cell]:
    """So many of them, by a seed that is printed."""
    return random.Random(seed).sample(cells, min(many, len(cells)))


def known(world: World, whose: str, state: str | None, way: str = "") -> dict[str, Any]:
    """What a conversation remembers: about that home, whoever talks."""
    area = world.thing("area", whose)
    kept: dict[str, Any] = {"area": area}
    kept |= _draft(world, whose)
    match (state or "").partition(":")[0]:
        case "Registering":
            kept |= {"at": _AT.get(way, "check"), "several": True, "area_name": AREAS["here"]}
            kept |= {"born": "2026-10-31", "due": None}
            kept["family_language"] = "other" if way in _OTHER else "so"
            kept |= {"wish": "no", "spoken": None, "eligible": True}
        case "Inviting":
            kept |= {"role": "nurse", "areas": [area]}
        case "ByPoster":
            kept |= {"poster": "nothing", "language": "en", "eligible": True, "born": "2026-10-31"}
        case _:
            things = ("notice", "activity", "place", "thread", "wording", "note", "family")
            kept |= {each: world.thing(each, whose) for each in things}
            kept |= {"language": "en", "code": "en", "page": "bvc", "key": "page:bvc"}
            kept |= {"since": NOW.isoformat(), "heading": "gains", "revision": 0}
    return kept if state or way in _TALKS else {}


_TALKS = {
    "callbacks.Reason", "callbacks.MoreReasons", "booking.Draft", "booking.SetHome",
    "booking.TakeTime", "booking.SetPlace", "booking.SetReason", "who_comes.WhoComes",
    *(f"picker.{each}" for each in ("PickDay", "PickHour", "PickTime", "ShowMonth", "ShowMonths")),
}  # fmt: skip
_OTHER = {"register.FamilySpoken", "register.SpokenPage"}
_AT = {
    "register.FamilyArea": "area", "picker.PickDay": "day", "register.FirstChild": "first",
    "register.FamilyLanguage": "language", "register.FamilySpoken": "spoken",
    "register.SpokenPage": "spoken", "register.Interpreter": "interpreter",
    "register.Expected": "day", "picker.ShowMonth": "day", "picker.ShowMonths": "day",
}  # fmt: skip


def _draft(world: World, whose: str) -> dict[str, Any]:
    both = [world.thing("nurse", whose), world.thing("parent_supporter", whose)]
    facts = {
        "family_id": world.thing("family", whose), "child_id": world.thing("child", whose),
        "visit": 6, "meeting": "visit", "times": [["2026-12-16T08:00:00+00:00", both]],
        "moves": None, "place": "home", "interpreter": False, "home": 1, "who": [],
        "override": "other",
    }  # fmt: skip
    return {"draft": facts, "draft_number": DRAFT}
