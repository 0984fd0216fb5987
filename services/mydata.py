"""Everything held about a parent and their family, for that parent (mission B9, B14, B15)."""

import json
from dataclasses import dataclass
from datetime import datetime

from programme.activities import Signup
from programme.people import Booking, Child
from services import loss
from services.access import Reader, family_of
from storage import families, held, overviews, research, sheets
from storage.database import Tx
from storage.held import Row, Whose


@dataclass(frozen=True)
class Held:
    """What is held, as facts for a readable message, and as rows for a file."""

    language: str
    chat_id: int | None
    agreed_at: datetime | None  # the last yes to messages
    area: str
    label: str | None  # staff's own word for the family
    children: tuple[Child, ...]
    bookings: tuple[Booking, ...]
    signups: tuple[Signup, ...]  # of the reader's own, that stand
    research_at: datetime | None  # since when the reader says yes to research
    hushed: bool  # after a loss: of research nothing is said
    messages: int  # promises made to this parent, sent or not
    rows: dict[str, list[Row]]

    def as_json(self) -> bytes:
        """The rows as a file that people and programs can read."""
        return json.dumps(self.rows, ensure_ascii=False, indent=1).encode()


async def held_about(tx: Tx, reader: Reader) -> Held:
    """All of it; never what another parent did alone, nor another home's visits."""
    family, guardian = await family_of(tx, reader), reader.guardian
    others = [each for each in family.guardians if each.id != guardian.id]
    chat_id = await families.chat_of(tx, guardian.id)
    apart = family.split_at is not None
    who = Whose(family.id, guardian.id, chat_id, guardian.home, not others, apart)
    rows = await held.of(tx, who)
    given = [datetime.fromisoformat(str(each["given_at"])) for each in rows["consent"]]
    return Held(
        language=guardian.language,
        chat_id=chat_id,
        agreed_at=max(given, default=guardian.active_since),
        area=(await sheets.of(tx, family.id)).area,
        label=await overviews.label(tx, family.id),
        children=tuple(child for child in family.children if not child.silent),
        bookings=tuple(each for each in family.bookings if each.concerns(guardian)),
        signups=tuple(each for each in family.signups if each.guardian_id == guardian.id),
        research_at=await research.since(tx, guardian.id),
        hushed=await loss.hushed(tx, reader),
        messages=len(rows["item"]),
        rows=rows,
    )
