"""A prepared Lotsen in which everybody stands before every door, with words planted to be found.

Two areas. In each every role of staff works; in the first live a couple, a family of two homes,
their neighbours, a family with protected identity, one after a loss, and somebody who waits for a
poster's answer; in the second one family. What each of them has is numbered so that no number says
whose it is. A secret is a word that only some may ever read.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from programme.activities import ActivityKind, ActivityState, ForWhom, SigningUp, Words
from programme.headings import Heading
from programme.notices import NoticeState, WordingState
from programme.people import BookingState, Meeting, Place, ProposalState, Role
from programme.places import Venue, VenueKind
from programme.recordings import Stage
from services import calendar, enrolment, staff_links
from services.page_editing import Texts
from storage import areas, memory, notes, places, posters, staff, wordings
from storage.database import Database, Tx
from storage.editions import EditionState
from storage.seats import take
from storage.tables import metadata
from storage.wordings import Of
from tests.cast import local

NOW = local("2026-11-05T10:00")  # a Thursday
BORN = date(2026, 10, 31)
SIDES = ("here", "there")
AREAS = {"here": "Hjällbo", "there": "Gårdsten"}
HOMES = ("amina", "mor", "far", "neighbour", "faraway", "shielded", "bereaved")
SIDE = {home: "there" if home == "faraway" else "here" for home in HOMES}
HOUR = dict(zip(HOMES, ("07", "11", "13", "17", "19", "23", "29"), strict=True))  # past nine
FIRST_NAMES = {
    "here": ("Anna", "Bo", "Carla", "Tova", "Adam"),
    "there": ("Zelda", "Yngve", "Xenia", "Wilma", "Vidar"),
}


@dataclass
class World:
    """Who reads in which chat, what belongs to whom, and who may read which word."""

    chats: dict[str, int] = field(default_factory=dict)
    things: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def thing(self, kind: str, whose: str) -> int:
        """The number of what that home has, or its side of the town; 0: there is none."""
        theirs = self.things[kind]
        return theirs.get(whose) or theirs.get(SIDE.get(whose, whose), 0)


class _Builder:
    def __init__(self, tx: Tx) -> None:
        self.tx, self.world, self._chat = tx, World(), 700_001
        self._next: defaultdict[str, int] = defaultdict(lambda: 310)

    async def put(self, table: str, **values: Any) -> int:
        """A row with a number that nothing else of the town has."""
        found = metadata.tables[table]
        if "id" in found.c:
            self._next[table] += 13
            values.setdefault("id", self._next[table])
        await self.tx.execute(found.insert().values(**values))
        return int(values.get("id", 0))

    def chat(self, who: str) -> int:
        self._chat += 7
        return self.world.chats.setdefault(who, self._chat)

    def keep(self, kind: str, whose: str, number: int) -> int:
        self.world.things[kind][whose] = number
        return number

    def secret(self, word: str, *who: str) -> str:
        self.world.secrets[word] = frozenset(who)
        return word

    def get(self, kind: str, whose: str) -> int:
        return self.world.thing(kind, whose)


async def build(db: Database) -> World:
    """The whole town; whose is what."""
    async with db.write() as tx:
        made = _Builder(tx)
        await memory.remember(tx, memory.BOT_NAME, "test_bot")
        for side in SIDES:
            await _area(made, side)
        for home in HOMES:
            await _home(made, home)
        await _apart(made)
        for side in SIDES:
            await _by_poster(made, side)
        await _links(made)
    return made.world


def meets(side: str) -> set[str]:
    """Who of the staff meets the families of that side."""
    return {f"{role} {side}" for role in ("nurse", "parent_supporter", "coordinator")}


async def _area(made: _Builder, side: str) -> None:
    tx = made.tx
    area = await areas.find(tx, AREAS[side])
    assert area is not None
    made.keep("area", side, area)
    await areas.change(tx, area, bokstart=True)
    for role, name in zip(Role, FIRST_NAMES[side], strict=True):
        await _colleague(made, side, role, name)
    await _gone(made, side)
    await _places(made, side)
    await _activity(made, side)
    await _notice(made, side)
    line = made.secret(f"plantedline{side}", f"coordinator {side}")
    coordinator = made.get("coordinator", side)
    made.keep("note", side, await notes.add(tx, area, BORN, Heading.GAINS, line, coordinator, NOW))


async def _colleague(made: _Builder, side: str, role: Role, name: str) -> None:
    chat = made.chat(f"{role} {side}")
    number = await made.put(
        "staff", area_id=made.get("area", side), name=name, role=role, chat_id=chat, language="en"
    )
    made.keep(str(role), side, number)
    busy = {"starts_at": NOW + timedelta(days=3), "ends_at": NOW + timedelta(days=3, hours=1)}
    made.keep("busy", side, await made.put("busy", staff_id=number, source="own", **busy))
    for weekday in range(5):
        await made.put("hours", staff_id=number, weekday=weekday, starts=480, ends=1020)
    if role is Role.NURSE:
        made.world.feeds[side] = await calendar.new_feed(made.tx, number)
        made.keep("staff", side, number)
        voice = {"key": "page:bvc", "language": "en", "words": "x", "made_at": NOW, "seconds": 9}
        sound = {"stage": Stage.HEARD, "staff_id": number, "sound": b"OggS"}
        made.keep("recording", side, await made.put("recording", **voice, **sound))


async def _gone(made: _Builder, side: str) -> None:
    """Somebody who worked there has ended; their phone still shows its buttons."""
    values = {"name": f"Ended{side}", "role": Role.NURSE, "ended_at": NOW - timedelta(hours=2)}
    chat = made.chat(f"ended {side}")
    number = await made.put("staff", area_id=made.get("area", side), chat_id=chat, **values)
    made.keep("ended", side, number)


async def _places(made: _Builder, side: str) -> None:
    writer = made.get("parent_supporter", side)
    place = made.keep("place", side, await made.put("place", checked_on=NOW.date()))
    await made.put("place_area", place_id=place, area_id=made.get("area", side))
    venue = Venue(name=f"House {side}", kind=VenueKind.OPEN_PRESCHOOL)
    facts = {"what": "place", "key": str(place), "body": places.as_body(venue), "made_at": NOW}
    stands = {"state": EditionState.PUBLISHED, "published_at": NOW, "author_id": writer}
    made.keep("edition", side, await made.put("edition", **facts, **stands))
    await made.put("edition", **facts, state=EditionState.REVIEW, author_id=writer)
    said = dict.fromkeys(("sv", "ar", "so", "en"), "# Page\nWords.")
    page = {"what": "page", "key": "bvc" if side == "here" else "library", "made_at": NOW}
    page["body"] = Texts(said, tuple(said)).body()
    made.keep("page_edition", side, await made.put("edition", **page, **stands))


async def _activity(made: _Builder, side: str) -> None:
    tx, area = made.tx, made.get("area", side)
    number = await made.put(
        "activity", kind=ActivityKind.FATHERS, state=ActivityState.OPEN, made_at=NOW,
        made_by=made.get("parent_supporter", side), for_whom=ForWhom.EVERYBODY,
        signing_up=SigningUp.EACH, place_id=made.get("place", side), spoken="en",
    )  # fmt: skip
    made.keep("activity", side, number)
    await made.put("activity_area", activity_id=number, area_id=area)
    when = {"starts_at": local("2026-11-05T17:30"), "minutes": 90, "state": "planned"}
    occasion = await made.put("occasion", activity_id=number, changed_at=NOW, **when)
    made.keep("occasion", side, occasion)
    made.keep("seats", side, await made.put("seats", activity_id=number, occasion_id=occasion))
    for language in ("sv", "ar", "so", "en"):
        said, state = Words(f"Meeting {side}", f"Come {side}"), WordingState.APPROVED
        await wordings.write(tx, Of(activity_id=number), language, said, state=state)


async def _notice(made: _Builder, side: str) -> None:
    area, writer = made.get("area", side), made.get("coordinator", side)
    facts = {"state": NoticeState.DRAFT, "made_by": writer, "made_at": NOW, "languages": "en,sv"}
    number = made.keep("notice", side, await made.put("notice", **facts))
    await made.put("notice_area", notice_id=number, area_id=area)
    leaving = {**facts, "state": NoticeState.SENDING, "frozen_at": NOW}
    made.keep("leaving", side, await made.put("notice", **leaving))
    await made.put("notice_area", notice_id=made.get("leaving", side), area_id=area)
    who = {f"coordinator {side}", f"translator {side}"}
    words = {"title": made.secret(f"plantednotice{side}", *who), "body": "Come"}
    approved = {"language": "en", "state": WordingState.APPROVED}
    await made.put("wording", notice_id=number, **words, **approved)
    wanted = {"language": "sv", "state": WordingState.WANTED, "asked_at": NOW}
    made.keep("wording", side, await made.put("wording", notice_id=number, **wanted))


async def _home(made: _Builder, home: str) -> None:
    """A family with all that one can have; `far` lives in the other home of `mor`'s."""
    side = SIDE[home]
    who = meets(side)
    if home == "far":
        family, child, number = made.get("family", "mor"), made.get("child", "mor"), 2
    else:
        label = made.secret(f"planted{home}label", *who, *_own(home))
        family = await made.put(
            "family", area_id=made.get("area", side), label=label, eligible=True,
            registered_at=NOW - timedelta(days=2), protected=home == "shielded",
        )  # fmt: skip
        facts = {"born": BORN, "due": BORN + timedelta(days=30), "tips_from": BORN}
        child, number = await made.put("child", family_id=family, **facts), 1
    made.keep("family", home, family)
    made.keep("child", home, child)
    await _parents(made, home, number)
    await _visits(made, home, None if home not in {"mor", "far"} else number)
    await _asks(made, home)


def _own(home: str) -> tuple[str, ...]:
    """Who reads of that home in the chat of a parent; nobody does who is protected."""
    return {"amina": ("amina", "yusuf"), "mor": ("mor", "far"), "shielded": ()}.get(home, (home,))


async def _parents(made: _Builder, home: str, number: int) -> None:
    family = made.get("family", home)
    facts = {"family_id": family, "language": "en", "active_since": NOW - timedelta(days=1)}
    parent = await made.put("guardian", chat_id=made.chat(home), home=number, **facts)
    made.keep("guardian", home, parent)
    await made.put("consent", guardian_id=parent, version=1, language="en", given_at=NOW)
    if home != "amina":
        return
    made.keep("other", home, await made.put("guardian", chat_id=made.chat("yusuf"), **facts))
    facts["active_since"] = None
    asked = {"asked_by": parent, "asked_at": NOW, "asked_name": "Plantedjoiner"}
    made.secret("Plantedjoiner", "amina")
    joiner = await made.put("guardian", chat_id=made.chat("joiner"), **facts, **asked)
    made.keep("joiner", home, joiner)


async def _visits(made: _Builder, home: str, number: int | None) -> None:
    """One that has been, one that comes, and three times to choose from."""
    side, minute = SIDE[home], HOUR[home]
    made.secret(f"9:{minute}", *meets(side), *_reads_of(home))
    both = (made.get("nurse", side), made.get("parent_supporter", side))
    common = {"family_id": made.get("family", home), "child_id": made.get("child", home)}
    split = {"far": 4}.get(home, 1)  # a visit of a child stands once
    shared = {**common, "home": number, "place": Place.HOME}
    for kind, day, visit, state in (
        ("booking", "2026-11-24", split, BookingState.BOOKED),
        ("past", "2026-11-04", split + 1, BookingState.BOOKED),
    ):
        at = local(f"{day}T09:{minute}")
        booked = {"visit": visit, "starts_at": at, "revision": 0, "changed_at": NOW}
        row = await made.put("booking", **shared, **booked, state=state, interpreter=False)
        made.keep(kind, home, row)
        for position, who in enumerate(both):
            await made.put("booking_staff", booking_id=row, staff_id=who, position=position)
    times = {"minutes": 60, "made_at": NOW, "expires_at": NOW + timedelta(days=3)}
    offered = {"visit": split + 2, "state": ProposalState.OPEN, "meeting": Meeting.VISIT}
    proposal = made.keep("proposal", home, await made.put("proposal", **shared, **times, **offered))
    slot = {"proposal_id": proposal, "starts_at": local(f"2026-12-15T09:{minute}")}
    made.keep("slot", home, await made.put("slot", **slot))
    for position, who in enumerate(both):
        seat = {"slot_id": made.get("slot", home), "staff_id": who, "position": position}
        await made.put("slot_staff", **seat)


def _reads_of(home: str) -> tuple[str, ...]:
    return (home,) if home in {"mor", "far"} else _own(home)


async def _asks(made: _Builder, home: str) -> None:
    """What this parent did alone: wrote to the team, asked for a call, signed up, is away."""
    side, parent = SIDE[home], made.get("guardian", home)
    theirs = {"family_id": made.get("family", home), "guardian_id": parent}
    own = () if home == "shielded" else (home,)
    words = made.secret(f"planted{home}words", *meets(side), *own)
    asked = {"asked_at": NOW - timedelta(hours=1), "text": words}
    made.keep("thread", home, await made.put("thread", **theirs, **asked))
    call = {"what": "call", "made_at": NOW}
    made.keep("request", home, await made.put("request", **theirs, **call))
    seat = {"adults": 1, "children": 1, "state": "in", "asked_at": NOW, "changed_at": NOW}
    seats = made.get("seats", side)
    made.keep("signup", home, await made.put("signup", seats_id=seats, **theirs, **seat))
    await take(made.tx, seats, 2)
    rest = {"why": "away", "since": NOW - timedelta(hours=1), "until": NOW + timedelta(days=1)}
    one = {"guardian_id": parent} if home in {"mor", "far"} else {"family_id": theirs["family_id"]}
    made.keep("rest", home, await made.put("rest", **one, **rest))


async def _apart(made: _Builder) -> None:
    """Two homes, and a family about which nothing is said."""
    table, mor = metadata.tables["family"], made.get("family", "mor")
    split = table.update().where(table.c.id == mor).values(split_at=NOW - timedelta(hours=3))
    await made.tx.execute(split)
    loss = {"why": "loss", "since": NOW - timedelta(hours=1)}
    await made.put("rest", family_id=made.get("family", "bereaved"), **loss)
    made.chat("stranger")
    made.chat("erased")


async def _by_poster(made: _Builder, side: str) -> None:
    facts = {"registered_at": NOW, "waits_since": NOW, "eligible": True}
    family = await made.put("family", area_id=made.get("area", side), **facts)
    await made.put("child", family_id=family, born=BORN, tips_from=BORN)
    who = {"language": "en", "asked_at": NOW, "chat_id": made.chat(f"poster {side}")}
    number = await made.put("guardian", family_id=family, **who)
    made.keep("asker", side, number)
    made.keep("waiting", side, family)


async def _links(made: _Builder) -> None:
    """Of each sort one that opens still."""
    tx, links = made.tx, made.world.links
    newcomer = await staff.add(tx, made.get("area", "here"), "Nora", Role.NURSE)
    links["staff link"] = await staff_links.new_link(tx, newcomer, NOW)
    links["family link"] = await enrolment.new_link(tx, made.get("family", "amina"), NOW)
    links["poster link"] = "plantedposter"
    code = enrolment.hash_of(links["poster link"])
    await posters.add(tx, made.get("area", "here"), code, NOW)
