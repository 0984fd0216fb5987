"""The cast everybody knows, as values of the rules and as rows in a database.

Amina, mother, reads Somali. Yusuf, father, reads Arabic. Anna, nurse. Bo, parent supporter.
Dan is a stranger: he must see nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from programme.kinds import Rules
from programme.localtime import STOCKHOLM, instant
from programme.news import News
from programme.people import Booking, Child, Family, Guardian, Role, StaffMember
from services.access import Reader, reader_of
from services.booking import book
from services.planning import catch_up
from storage import areas, events, families
from storage.database import Database, Tx

RULES = Rules()
AMINA_CHAT, YUSUF_CHAT, DAN_CHAT = 1001, 1002, 1099
AREA = "Hjällbo"

ANNA = StaffMember(id=1, name="Anna", role=Role.NURSE)
BO = StaffMember(id=2, name="Bo", role=Role.PARENT_SUPPORTER)
ANNA_IN_CHAT, BO_IN_CHAT = replace(ANNA, in_chat=True), replace(BO, in_chat=True)

BORN = date(2026, 10, 31)
JOINED = instant(date(2026, 11, 2), time(9))

CHILD = Child(id=11, born=BORN)
AMINA = Guardian(id=21, language="so", active_since=JOINED)
YUSUF = Guardian(id=22, language="ar", active_since=JOINED)


def local(text: str) -> datetime:
    """The instant at which the clocks of Stockholm show that date and hour."""
    wall = datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)
    return instant(wall.date(), wall.time())


def a_booking(starts_at: datetime, **facts: object) -> Booking:
    """A visit by Anna and Bo, booked long before unless said otherwise."""
    usual = Booking(
        id=31,
        child_id=CHILD.id,
        visit=1,
        starts_at=starts_at,
        changed_at=JOINED,
        staff=(ANNA, BO),
    )
    return replace(usual, **facts)


def a_family(*bookings: Booking, **facts: object) -> Family:
    """Amina's and Yusuf's family."""
    usual = Family(id=1, children=(CHILD,), guardians=(AMINA, YUSUF), bookings=bookings)
    return replace(usual, **facts)


@dataclass(frozen=True)
class Home:
    """A family as rows: the ids it got."""

    family_id: int
    child_id: int
    amina: int
    yusuf: int | None


async def move_in(
    db: Database,
    born: date | None = BORN,
    joined: datetime = JOINED,
    chats: tuple[int, int | None] = (AMINA_CHAT, None),
) -> Home:
    """Register a family in Hjällbo whose parents read in those chats."""
    async with db.write() as tx:
        family_id = await families.register(tx, await _area(tx), "the red door", joined)
        child_id = await families.add_child(tx, family_id, born, None)
        amina = await families.add_guardian(tx, family_id, chats[0], "so", joined)
        yusuf = None
        if chats[1] is not None:
            yusuf = await families.add_guardian(tx, family_id, chats[1], "ar", joined)
    return Home(family_id, child_id, amina, yusuf)


async def _area(tx: Tx) -> int:
    found = await areas.find(tx, AREA)
    assert found is not None
    return found


async def many_families(
    db: Database, count: int, born: date = BORN, joined: datetime = JOINED
) -> list[Home]:
    """Many families with one parent each, in the chats 5000, 5001, …"""
    homes = []
    async with db.write() as tx:
        area = await _area(tx)
        for n in range(count):
            family_id = await families.register(tx, area, None, joined)
            child_id = await families.add_child(tx, family_id, born, None)
            parent = await families.add_guardian(tx, family_id, 5000 + n, "so", joined)
            homes.append(Home(family_id, child_id, parent, None))
    return homes


async def book_visit(
    db: Database,
    family_id: int,
    starts_at: datetime,
    now: datetime,
    number: int = 1,
    rules: Rules = RULES,
    names: tuple[str, ...] = ("Anna", "Bo"),
) -> int:
    """Anna and Bo will come, and have heard so from whoever booked it; the booking's id."""
    async with db.write() as tx:
        made = await book(tx, family_id, number, starts_at, names, now, rules)
        for news in (News.VISIT_BOOKED, News.VISIT_MOVED):
            await events.take_back(tx, family_id, news, now)
        await catch_up(tx, family_id, now, rules)
    return made


async def reader(db: Database, chat_id: int) -> Reader:
    """The parent who reads in that chat."""
    async with db.read() as tx:
        found = await reader_of(tx, chat_id)
    assert found is not None
    return found
