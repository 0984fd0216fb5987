"""One row of a family in every table, made from the tables' own description.

A new table is filled without anybody thinking of it: what is forgotten when somebody is erased is
then found by looking for what was planted.
"""

import struct
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, String, Table, Text, select

import storage.resealing  # noqa: F401 - so that the metadata knows every table
from storage import held
from storage.columns import Instant, Sealed
from storage.database import Tx
from storage.tables import metadata
from tests.cast import BORN, JOINED

CHAT, OTHER_CHAT = 7_311_522_966_543, 7_311_522_966_544
# Numbers of rows whose bytes stand nowhere by chance.
NUMBERS = {"family": 7_311_522_966_511, "child": 7_311_522_966_522, "guardian": 7_311_522_966_533}
OTHER = 7_311_522_966_555  # the other parent
ONCE = {"family", "child"}
CIRCLES = {"outbox"}  # refers to a family, and to what is not a family's
_LEAVE = object()

# What the rules read when the family is looked at: a word of ours is needed there.
OURS = {
    "consent.language": "so",
    "guardian.language": "so",
    "guardian.spoken": None,
    "guardian.role": "birthing",
    "guardian.interpreter_wish": None,
    "guardian.quiet_days": "",
    "family.interpreter_wish": None,
    "family.spoken": None,
    "rest.why": "paused",
    "event.what": "phone",
    "booking.state": "done",
    "booking.meeting": "visit",
    "booking.place": "home",
    "booking.change": "new",
    "booking.why": None,
    "answer.choice": "yes",
    "proposal.state": "taken",
    "proposal.meeting": "visit",
    "proposal.place": "home",
    "request.what": "call",
    "signup.state": "left",
    "activity.kind": "other",
    "activity.state": "draft",
    "activity.for_whom": "everybody",
    "activity.signing_up": "each",
    "occasion.state": "planned",
    "notice.state": "draft",
    "staff.role": "nurse",
    "staff.language": "sv",
    "outbox.state": "sent",
    "outbox.action": "say",
    "item.kind": "tip",
    "item.state": "sent",
    "inbox.state": "said",
    "area.status": "running",
    "place.kind": "bvc",
    "follow.kind": "other",
}
# Nobody stands in these: they would only hold up what is looked for.
EMPTY = {
    *("family.forgotten_at", "family.left_at", "family.waits_since", "family.split_at"),
    *("family.move_to", "family.move_asked_at", "family.visits_ended_at", "family.centre_id"),
    *("child.due", "guardian.asked_by", "guardian.asked_at"),
    *("guardian.consent_asked_at", "rest.until", "rest.area_id", "staff.ended_at"),
    *("booking.home", "proposal.home", "proposal.booking_id", "proposal.ended_at"),
    *("thread.answered_at", "request.done_at"),
}


# Numbers that refer to nobody: a place; a message whose row goes with its parent.
ABOUT_ELSE = {"family.centre_id", "visit_outcome.centre_id", "outbox.message_id"}
ABOUT_ELSE |= {"look.staff_id", "look.hour"}
CHATS = {t.name for t in metadata.sorted_tables if "chat_id" in t.c} - {"staff", "guardian"}


def belongs(table: Table) -> bool:
    """Whether its rows can be a family's: some reference leads to one."""
    if table.name in NUMBERS:
        return True
    others = {key.column.table for key in table.foreign_keys} - {table}
    return any(belongs(each) for each in others if each.name not in CIRCLES)


async def fill(tx: Tx, guardian: int, chat: int) -> set[str]:
    """A row in every table that can hold something of this parent; the names of those tables."""
    numbers: dict[str, int] = NUMBERS | {"guardian": guardian}
    filled = set()
    for table in metadata.sorted_tables:
        theirs = belongs(table) or table.name in CHATS
        known = None if theirs else (await tx.execute(select(*table.primary_key))).first()
        if known is None and (guardian != OTHER or table.name not in ONCE):
            mark = guardian if theirs else 1
            values = {c.name: _value(c, numbers, mark, chat) for c in table.columns}
            row = table.insert().values({k: v for k, v in values.items() if v is not _LEAVE})
            known = (await tx.execute(row.returning(*table.primary_key))).one()
        if known is not None:
            numbers.setdefault(table.name, known[0])
        if theirs:
            filled.add(table.name)
    return filled


def _value(column: Column[Any], numbers: dict[str, int], mark: int, chat: int) -> Any:
    name, kind = f"{column.table.name}.{column.name}", column.type
    if name in OURS or name in EMPTY:
        return OURS.get(name)
    if column.foreign_keys:
        [key] = column.foreign_keys
        return numbers.get(key.column.table.name)
    if column.primary_key and column.name == "id":
        return numbers.get(column.table.name, _LEAVE)
    if column.name in {"bot_id", "update_id"}:
        return mark % 1000  # of Telegram's, and nobody's: kept for two days, so that none repeats
    if isinstance(kind, BigInteger):
        if name in ABOUT_ELSE or held.LEFT_OUT.get(name) == held._STAFFS:
            return 1
        is_chat = column.name in {"chat_id", "user_id"}
        return chat if is_chat and mark != 1 else mark
    if mark != 1 and not _of_one_parent(column.table):
        return _of_kind(kind, NUMBERS["family"], mark == OTHER)
    return _of_kind(kind, mark, mark == OTHER)


def _of_one_parent(table: Table) -> bool:
    """Whether its rows go with one parent, and not with the family alone."""
    return table.name in CHATS | {"guardian"} or any(
        key.column.table.name in {"guardian", "signup"} for key in table.foreign_keys
    )


def _of_kind(kind: Any, mark: int, later: bool) -> Any:
    match kind:
        case Sealed() | Text():
            return f"Zq{mark}"
        case String():
            return f"Zq{mark}"[: kind.length]
        case Instant():
            return JOINED + timedelta(minutes=later)
        case Date():
            return BORN
        case Boolean():
            return False
        case Integer():
            return 1
    return _LEAVE


def traces(*numbers: int) -> list[bytes]:
    """How those numbers would stand in a file: written out, or as SQLite keeps them."""
    return [form for n in numbers for form in (str(n).encode(), struct.pack(">q", n)[2:])]
