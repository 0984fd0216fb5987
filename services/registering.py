"""Staff register a family in their chat, hand out its links, correct its one answer (A2, B1)."""

from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NoChat, NotYours
from programme.kinds import Rules
from programme.people import GuardianRole, InterpreterWish
from services import enrolment
from services.access import Colleague, family_for_staff
from services.links import address
from services.own_areas import worked
from services.planning import catch_up
from storage import families, memory
from storage.areas import Row
from storage.database import Tx

__all__ = ["Answers", "Registered", "Row"]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A family as staff describe it: no name, no address, no number."""

    area_id: int
    born: date | None = None
    due: date | None = None
    eligible: bool | None = None  # None: the parent is asked
    spoken: str | None = None  # the language of the interpreter who is wanted
    wish: InterpreterWish | None = None
    label: str | None = None
    protected: bool = False


@dataclass(frozen=True)
class Registered:
    """A new family, and its link; with protected identity there is none."""

    family_id: int
    area: str
    link: str | None


async def open_areas(tx: Tx, colleague: Colleague) -> list[Row]:
    """Where the colleague may register families; raises NotYours for who meets none."""
    return [each for each in await worked(tx, colleague) if each.open]


async def register(
    tx: Tx, colleague: Colleague, said: Answers, now: datetime, rules: Rules
) -> Registered:
    """A new family; raises NotYours, or what is wrong with a date."""
    areas = {each.id: each for each in await open_areas(tx, colleague)}
    if said.area_id not in areas:
        raise NotYours
    area = areas[said.area_id].name
    family_id = await enrolment.register(
        tx, area, said.born, said.due, said.label, now, rules.zone, said.spoken
    )
    await families.set_family(
        tx,
        family_id,
        eligible=said.eligible,
        interpreter_wish=said.wish,
        protected=said.protected,
    )
    if said.protected:
        return Registered(family_id, area, None)
    return Registered(family_id, area, await _link(tx, family_id, now, None))


async def _link(
    tx: Tx, family_id: int, now: datetime, role: GuardianRole | None, home: int | None = None
) -> str:
    bot = await memory.recall(tx, memory.BOT_NAME) or ""
    return address(bot, await enrolment.new_link(tx, family_id, now, role, home))


async def parent_link(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    role: GuardianRole | None,
    now: datetime,
    home: int | None = None,
) -> str:
    """A single-use link for one more parent; raises NotYours, FamilyRests, NoChat, WhichHome."""
    family = await family_for_staff(tx, colleague, family_id, now)
    if family.protected:
        raise NoChat(family_id)
    return await _link(tx, family_id, now, role, home)


async def correct_eligible(
    tx: Tx, colleague: Colleague, family_id: int, eligible: bool, now: datetime, rules: Rules
) -> None:
    """First child, or first in Sweden, after all, or not (mission A2); raises NotYours."""
    await family_for_staff(tx, colleague, family_id, now)
    await families.set_family(tx, family_id, eligible=eligible)
    await catch_up(tx, family_id, now, rules)
