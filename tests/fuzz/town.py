"""A small town to be fuzzed: two areas, their staff and families, and words that must not travel.

Every family and every chat has planted words. Whoever is shown somebody else's has found a leak.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from bot import demo_places
from bot.demo_activities import SAMPLES
from programme.errors import Broken
from programme.localtime import on_the_clock
from programme.people import GuardianRole, Role
from services import demo_activities, demo_team, enrolment, loss, place_lists, posters, threads
from services.access import colleague_of, reader_of
from storage import areas, families, staff
from storage.database import Database, Tx
from tests.cast import BORN, JOINED, RULES

AREAS = ("Hjällbo", "Tynnered")
HOURS = ((8 * 60, 17 * 60),)
TEAM = (
    ("Anna", Role.NURSE),
    ("Bo", Role.PARENT_SUPPORTER),
    ("Carla", Role.COORDINATOR),
    ("Dilan", Role.TRANSLATOR),
    ("Eva", Role.ADMINISTRATOR),
)
NOW = JOINED + timedelta(days=1)
CODES = ("so", "ar", "sv", "en")
OLD = (3, 40, 150, 230, 320, 400)  # days: each family is somewhere else on its way


def name_of(chat: int) -> str:
    """On the phone of whoever writes there."""
    return f"Nq{chat}qn"


def words_of(chat: int) -> str:
    """What they write."""
    return f"Tq{chat}qt"


def label_of(number: int) -> str:
    """What staff call the family."""
    return f"Lq{number}ql"


@dataclass
class Town:
    """Who reads where, and what opens doors."""

    parents: list[int] = field(default_factory=list)
    colleagues: list[int] = field(default_factory=list)
    strangers: list[int] = field(default_factory=lambda: [900_001, 900_002, 900_003])
    codes: list[str] = field(default_factory=list)
    families: int = 0

    @property
    def chats(self) -> list[int]:
        return [*self.parents, *self.colleagues, *self.strangers]


async def settle(db: Database) -> Town:
    """Everybody moves in."""
    town = Town()
    for number, area in enumerate(AREAS):
        async with db.write() as tx:
            area_id = await _area(tx, area)
            await _team(tx, town, area_id, area, number)
            await _places(tx, area, area_id)
    for number in range(8):
        async with db.write() as tx:
            await _family(tx, town, AREAS[number % 2], number)
    return town


async def _area(tx: Tx, name: str) -> int:
    found = await areas.find(tx, name)
    assert found is not None
    return found


async def _team(tx: Tx, town: Town, area_id: int, area: str, number: int) -> None:
    for at, (name, role) in enumerate(TEAM):
        chat = 800_001 + 100 * number + at
        member = await staff.add(tx, area_id, f"{name}{number}", role)
        await staff.change(tx, member, chat_id=chat, language=CODES[(at + number) % 4])
        await demo_team.set_week(tx, area_id, f"{name}{number}", HOURS)
        town.colleagues.append(chat)
    boss = await colleague_of(tx, 800_003 + 100 * number)
    assert boss is not None
    town.codes.append(await posters.renew(tx, boss, area_id, NOW))


async def _places(tx: Tx, area: str, area_id: int, languages: tuple[str, ...] = CODES) -> None:
    today = on_the_clock(NOW, RULES.zone).date()
    written = demo_places.LIST.format(today=today)
    if area != AREAS[0]:
        written = written.replace(AREAS[0], area).replace("Demo ", "Demo två ")
    await place_lists.take(tx, written.encode(), languages, NOW, today, update=True)
    if area == AREAS[0]:
        await demo_activities.open_them(tx, area_id, SAMPLES, NOW, RULES)


async def _family(tx: Tx, town: Town, area: str, number: int) -> None:
    born = BORN - timedelta(days=OLD[number % len(OLD)] - 3)
    label = label_of(number + 1)
    if number == 7:
        due = BORN + timedelta(days=30)
        new = await enrolment.register_family(tx, area, None, due, label, NOW, RULES.zone)
    else:
        new = await enrolment.register_family(tx, area, born, None, label, NOW, RULES.zone)
    town.families = max(town.families, new.family_id)
    if number == 6:  # has not opened its link
        town.codes.append(new.code)
        return
    for at in range(1 + number % 2):
        chat = 700_001 + 10 * number + at
        one = await families.add_guardian(tx, new.family_id, chat, CODES[(number + at) % 4], JOINED)
        role = GuardianRole.OTHER_PARENT if at else GuardianRole.BIRTHING
        await families.set_guardian(tx, one, role=role)
        town.parents.append(chat)
        reader = await reader_of(tx, chat)
        assert reader is not None
        await threads.ask(tx, reader, f"{words_of(chat)}?", NOW, RULES)
    await _visit(tx, new.family_id)
    if number == 5:
        await loss.begin(tx, new.family_id, None, NOW, RULES)


async def _visit(tx: Tx, family_id: int) -> None:
    today = on_the_clock(NOW, RULES.zone).date()
    for visit in range(1, 7):
        try:
            await demo_team.book_next(tx, family_id, visit, today, NOW, RULES)
        except Broken:
            continue
        return
