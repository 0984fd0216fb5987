"""Families, their children and guardians: register, find, read as values, change one fact."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select, update

from programme.people import Child, Guardian, Rest
from storage import rests, whole_families
from storage.database import Tx, near
from storage.tables import area, booking, child, family, guardian, rest
from storage.whole_families import guardian_of

CHUNK, load, children = whole_families.CHUNK, whole_families.load, whole_families.children


@dataclass(frozen=True)
class Home:
    """The area of a family, as far as texts and figures need it."""

    area_id: int
    employer: str | None
    centre_id: int | None = None  # their health centre, where the area has several


async def home(tx: Tx, family_id: int) -> Home:
    """The area a family belongs to."""
    row = await tx.execute(
        select(area.c.id, area.c.employer, family.c.centre_id)
        .join(family, family.c.area_id == area.c.id)
        .where(family.c.id == family_id)
    )
    found = row.one()
    return Home(found.id, found.employer, found.centre_id)


async def register(tx: Tx, in_area: int, label: str | None, now: datetime) -> int:
    """The id of a new family without children or guardians."""
    row = await tx.execute(
        family.insert()
        .values(area_id=in_area, label=label, registered_at=now)
        .returning(family.c.id)
    )
    return int(row.scalar_one())


async def add_child(
    tx: Tx, family_id: int, born: date | None, due: date | None, corrected: bool = False
) -> int:
    """The id of a new child of that family."""
    value = Child(id=0, born=born, due=due, corrected=corrected)
    row = await tx.execute(
        child.insert()
        .values(
            family_id=family_id,
            born=born,
            due=due,
            corrected=corrected,
            tips_from=value.tips_from,
        )
        .returning(child.c.id)
    )
    return int(row.scalar_one())


async def add_guardian(
    tx: Tx,
    family_id: int,
    chat_id: int | None,
    language: str,
    active_since: datetime | None,
    **facts: object,
) -> int:
    """The id of a new guardian who reads in that chat."""
    row = await tx.execute(
        guardian.insert()
        .values(
            family_id=family_id,
            chat_id=chat_id,
            language=language,
            active_since=active_since,
            **facts,
        )
        .returning(guardian.c.id)
    )
    return int(row.scalar_one())


async def set_guardian(tx: Tx, guardian_id: int, **facts: object) -> None:
    """Write new facts of one guardian."""
    await tx.execute(update(guardian).where(guardian.c.id == guardian_id).values(**facts))


async def set_family(tx: Tx, family_id: int, **facts: object) -> None:
    """Write new facts of one family."""
    await tx.execute(update(family).where(family.c.id == family_id).values(**facts))


_CHILD = ("born", "due", "corrected", "tips_from", "came_home", "silent")
_SET_CHILD = (
    update(child)
    .where(child.c.id == bindparam("one"))
    .values({name: bindparam(name) for name in _CHILD})
)


async def set_child(tx: Tx, value: Child) -> None:
    """Write all facts of a child that is there; the day its tips count from follows by itself."""
    facts = {name: getattr(value, name) for name in _CHILD}
    await tx.execute(_SET_CHILD, {"one": value.id, **facts})


async def exists(tx: Tx, family_id: int) -> bool:
    """Whether there is a family with that id."""
    row = await tx.execute(select(family.c.id).where(family.c.id == family_id))
    return row.first() is not None


_READER = (
    select(guardian, family.c.protected, *rests.BESIDE)
    .join(family, family.c.id == guardian.c.family_id)
    .outerjoin(
        rest, or_(rest.c.guardian_id == guardian.c.id, rest.c.family_id == guardian.c.family_id)
    )
    .where(guardian.c.chat_id == bindparam("chat"))
    .order_by(rest.c.since, rest.c.id)
)


async def guardian_of_chat(tx: Tx, chat_id: int) -> tuple[int, Guardian, tuple[Rest, ...]] | None:
    """The family's id, the guardian who reads in that chat, and the family's rests; or None.

    Who still waits for another parent's yes has no guardian's rights: None; and neither has
    anybody of a family with a protected identity, which has no chat.
    """
    with near(tx):
        rows = (await tx.execute(_READER, {"chat": chat_id})).all()
    if not rows or rows[0].active_since is None or rows[0].protected:
        return None
    own, family_s = rests.beside(rows)
    return rows[0].family_id, guardian_of(rows[0], own), family_s


async def chat_is_taken(tx: Tx, chat_id: int) -> bool:
    """Whether any parent reads in that chat, or waits there for another parent's yes."""
    row = await tx.execute(select(guardian.c.id).where(guardian.c.chat_id == chat_id))
    return row.first() is not None


async def awaiting_visit(tx: Tx, area_id: int, now: datetime) -> list[int]:
    """The ids of the families of an area that have a booking ahead."""
    rows = await tx.execute(
        select(family.c.id)
        .distinct()
        .join(booking, booking.c.family_id == family.c.id)
        .where(family.c.area_id == area_id, booking.c.starts_at > now)
        .order_by(family.c.id)
    )
    return list(rows.scalars())


async def first_moment(tx: Tx) -> datetime | None:
    """When the first family was registered, or None: before that there was nothing to plan."""
    row = await tx.execute(select(family.c.registered_at).order_by(family.c.registered_at).limit(1))
    return row.scalar()


async def chat_of(tx: Tx, guardian_id: int) -> int | None:
    """The chat a guardian reads in, or None."""
    row = await tx.execute(select(guardian.c.chat_id).where(guardian.c.id == guardian_id))
    return row.scalar()
