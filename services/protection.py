"""Protected identity: no chat at all, everything by phone and on paper (domain.md K28, B15)."""

from datetime import datetime

from programme.kinds import Rules
from programme.news import News
from services import signing_up
from services.access import family_for_staff
from services.planning import catch_up
from storage import events, families, inbox, invites, joiners, outbox
from storage.database import Tx
from storage.staff import Colleague

PROTECTED = "protected"


async def protect(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules
) -> None:
    """From this commit on nothing leaves to any parent, and no link opens; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    if family.protected:
        return
    await families.set_family(tx, family.id, protected=True)
    await invites.forget_all_open(tx, family.id)
    await joiners.forget_all(tx, family.id)
    await signing_up.give_back(tx, family, now)
    await outbox.drop_family(tx, family.id, PROTECTED, now)
    chats = [await families.chat_of(tx, each.id) for each in family.guardians]
    await inbox.take_back(tx, [chat for chat in chats if chat is not None])
    await events.note(tx, family.id, News.PROTECTED, now)
    await catch_up(tx, family.id, now, rules)


async def end(tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules) -> None:
    """Who had joined reads the chat again, from now on; nothing is replayed. Raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    if not family.protected:
        return
    await families.set_family(tx, family.id, protected=False)
    await events.note(tx, family.id, News.CHAT_AGAIN, now)
    await catch_up(tx, family.id, now, rules)
