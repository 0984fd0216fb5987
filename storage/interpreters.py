"""Who of a family wants an interpreter, and in which language."""

from dataclasses import dataclass

from sqlalchemy import select

from programme.people import InterpreterWish
from storage.database import Tx
from storage.tables import family, guardian


@dataclass(frozen=True)
class Wanted:
    """What is known of one parent, or of the family as staff have registered it."""

    guardian_id: int | None
    home: int | None
    spoken: str | None  # a language that is not one of ours
    wish: InterpreterWish | None


async def of(tx: Tx, family_id: int) -> list[Wanted]:
    """The family first, then its parents."""
    whole = (
        await tx.execute(
            select(family.c.spoken, family.c.interpreter_wish).where(family.c.id == family_id)
        )
    ).one()
    adults = await tx.execute(
        select(guardian.c.id, guardian.c.home, guardian.c.spoken, guardian.c.interpreter_wish)
        .where(guardian.c.family_id == family_id, guardian.c.active_since.is_not(None))
        .order_by(guardian.c.id)
    )
    return [
        Wanted(None, None, whole.spoken, _wish(whole.interpreter_wish)),
        *(Wanted(row.id, row.home, row.spoken, _wish(row.interpreter_wish)) for row in adults),
    ]


def _wish(word: str | None) -> InterpreterWish | None:
    return InterpreterWish(word) if word else None
