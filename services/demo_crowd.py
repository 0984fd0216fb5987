"""Many families at once, for the demo's notice: they joined long ago, and nothing else is due."""

from collections.abc import Sequence
from datetime import date, datetime

from programme.activities import Words
from programme.kinds import Rules
from services import composing
from services.access import Colleague
from storage import families, memory
from storage.database import Tx


async def move_in(
    tx: Tx, area_id: int, chats: Sequence[tuple[int, str]], born: date, joined: datetime
) -> None:
    """A family for each chat, with its language; what was due until now is taken as planned."""
    for chat, language in chats:
        family_id = await families.register(tx, area_id, None, joined)
        await families.add_child(tx, family_id, born, None)
        await families.add_guardian(tx, family_id, chat, language, joined)


async def planned_until(tx: Tx, now: datetime) -> None:
    """Nothing of the past is planned for them any more."""
    await memory.remember_instant(tx, memory.WATERMARK, now)


async def draft(
    tx: Tx, colleague: Colleague, words: dict[str, Words], now: datetime, rules: Rules
) -> int:
    """A notice of the coordinator's, written and not sent; its number."""
    number = await composing.begin(tx, colleague, None, tuple(words), now)
    for language, said in words.items():
        await composing.write(tx, colleague, number, language, said, now, rules)
    return number
