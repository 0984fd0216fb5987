"""What each outcome of a send means for the message, its promises and its reader.

In the transaction of the delivery task; nothing is sent here.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from messaging import push
from programme.by_notice import Gone
from programme.kinds import KINDS, Doubt, Rules
from services import clearing, correcting, reach
from storage import claims, families, items, migrate, outbox, posters, said, staff
from storage.database import Tx
from storage.items import ItemState
from storage.outbox import State, Waiting
from storage.standing import Standing, standing

log = logging.getLogger(__name__)

SOON = timedelta(seconds=5)
LATER = timedelta(minutes=10)
A_DAY, UNREAD = timedelta(days=1), "could not be read"  # while both versions are at work
MANY_CHATS = 3  # "chat not found" of so many in a row means a wrong token or database


@dataclass(frozen=True)
class Recalled:
    """The last look before the wire: it must not leave after all."""

    reason: str


@dataclass(frozen=True)
class Ended:
    """One finished send, not yet written down."""

    message: Waiting
    outcome: push.Outcome | Recalled
    folded: bool = False  # several late tips went as one digest
    said: tuple[int, ...] = ()  # the numbers of what arrived, whatever came of the rest
    revision: int | None = None  # of the notice, as it was said


@dataclass
class Tally:
    """How many promises ended how, and whether sending must stop.

    Changed inside a transaction, so the sender works on a draft and keeps it after the commit.
    """

    counts: Counter[str] = field(default_factory=Counter)
    wrong_token: bool = False
    wrong_chats: bool = False
    distrust: bool = False  # many were not found, and nothing went through since: believe none
    not_found: list[Waiting] = field(default_factory=list)  # held until it is clear what it means

    def draft(self) -> "Tally":
        """A copy to work on."""
        return replace(self, counts=Counter(self.counts), not_found=list(self.not_found))


async def write_down(
    tx: Tx, ended: Sequence[Ended], tally: Tally, now: datetime, rules: Rules
) -> None:
    """Write what came of these sends, in the order in which they ended."""
    if not ended:
        return
    stands = await standing(tx, [each.message for each in ended])
    await _note_said(tx, ended, stands, now)
    for plain, some in groupby(ended, lambda each: _is_plain(each, stands.get(each.message.id))):
        if plain:
            ids = [each.message.id for each in some]
            tally.counts["sent"] += await claims.sent(tx, ids, now)
            await _went_through(tx, tally, now, rules)
            continue
        for each in some:
            if found := stands.get(each.message.id):
                await _write_outcome(tx, each, found, tally, now, rules)
            else:  # erased while it was on the wire: nothing is left to write it to
                tally.wrong_token |= isinstance(each.outcome, push.WrongToken)


def _is_plain(ended: Ended, stands: Standing | None) -> bool:
    """Whether it arrived, and nothing else is to be written than that."""
    if stands is None or not isinstance(ended.outcome, push.Sent):
        return False
    return not (ended.folded or stands.refused or _is_overtaken(ended, stands))


def _is_overtaken(ended: Ended, stands: Standing) -> bool:
    """Whether its notice has other words by now than those that arrived."""
    return ended.revision is not None and ended.revision != stands.revision


async def _write_outcome(
    tx: Tx, ended: Ended, stands: Standing, tally: Tally, now: datetime, rules: Rules
) -> None:
    message, counts = ended.message, tally.counts
    match ended.outcome:
        case Recalled(reason):  # the next re-check says what is left of it, and why
            await outbox.again(tx, message.id, now, reason)
        case push.Sent():
            await _arrived(tx, ended, stands, tally, now, rules)
        case push.InDoubt(reason):
            await doubt(tx, message, reason, counts, now)
        case push.Unreachable(reason):
            await _lose(tx, message, reason, counts, now, rules)
        case push.ChatNotFound():
            tally.not_found.append(message)
        case push.FloodWait() | push.NotSent() | push.Moved() | push.WrongToken() as waits:
            await _write_wait(tx, message, waits, tally, now)
        case useless:
            counts["failed"] += await _useless(tx, message, useless, now)


async def _arrived(
    tx: Tx, ended: Ended, stands: Standing, tally: Tally, now: datetime, rules: Rules
) -> None:
    message, folded = ended.message, ended.folded
    tally.counts["sent"] += await outbox.end(tx, message.id, State.SENT, None, now, folded)
    if stands.refused and message.guardian_id is not None and message.family_id is not None:
        await posters.forget_told(tx, message.family_id)  # the last word is said
    if ended.revision is not None and _is_overtaken(ended, stands):
        await correcting.overtaken(tx, message, ended.revision, now)
    await _went_through(tx, tally, now, rules)


async def _went_through(tx: Tx, tally: Tally, now: datetime, rules: Rules) -> None:
    tally.distrust = False
    await _believe(tx, tally, now, rules)


async def _useless(
    tx: Tx, message: Waiting, outcome: push.Refused | push.Vanished, now: datetime
) -> int:
    """Never to be tried again; how many promises failed. That a message is gone is no failure."""
    if isinstance(outcome, push.Vanished):
        await outbox.end(tx, message.id, State.DROPPED, Gone.VANISHED, now)
        return 0
    log.error("message refused", extra={"outbox": message.id, "reason": outcome.reason})
    return await outbox.end(tx, message.id, State.FAILED, outcome.reason, now)


async def _write_wait(
    tx: Tx, message: Waiting, outcome: push.Waits, tally: Tally, now: datetime
) -> None:
    """Outcomes after which the same message waits for another try."""
    match outcome:
        case push.FloodWait(seconds):
            until = now + timedelta(seconds=seconds)
            await _wait(tx, message, until, "flood wait", tally.counts)
        case push.NotSent(reason):
            await _wait(tx, message, now + SOON, reason, tally.counts)
        case push.Moved(chat_id):
            await _move(tx, message, chat_id, tally.counts, now)
        case push.WrongToken():
            tally.wrong_token = True
            await _wait(tx, message, now, "wrong token", tally.counts)


async def _move(
    tx: Tx, message: Waiting, chat_id: int, counts: Counter[str], now: datetime
) -> None:
    if await families.chat_is_taken(tx, chat_id):
        reason = "chat moved into another parent's"
        counts["failed"] += await outbox.end(tx, message.id, State.FAILED, reason, now)
        return
    if message.guardian_id is not None:
        await families.set_guardian(tx, message.guardian_id, chat_id=chat_id)
    elif message.staff_id is not None:
        await staff.change(tx, message.staff_id, chat_id=chat_id)
    await outbox.again(tx, message.id, now, "chat moved")


async def _note_said(
    tx: Tx, ended: Sequence[Ended], stands: Collection[int], now: datetime
) -> None:
    """Their numbers are kept; what arrived at somebody who is forgotten is taken away again."""
    there: list[said.Said] = []
    for each in ended:
        message, chat_id = each.message, each.message.chat_id
        if chat_id is None:
            continue
        for number in each.said:
            if message.id in stands:
                there.append(said.Said(chat_id, number, "push", message.id, now))
            elif message.guardian_id is not None:
                await clearing.delete_one(tx, chat_id, number, now)
    await said.note_all(tx, there)


async def _wait(
    tx: Tx, message: Waiting, until: datetime, reason: str, counts: Counter[str]
) -> None:
    await outbox.again(tx, message.id, until, reason)
    counts["postponed"] += len(await items.promises(tx, message.id))


async def doubt(tx: Tx, message: Waiting, reason: str, counts: Counter[str], now: datetime) -> None:
    """Nobody knows whether it arrived: its kinds say *again, once* or *leave*."""
    again = 0
    for promise in await items.promises(tx, message.id):
        if KINDS[promise.kind].in_doubt is Doubt.AGAIN_ONCE and not message.doubts:
            again += 1
        else:
            await items.end_item(tx, promise.id, ItemState.DROPPED, "in doubt")
            counts["in_doubt"] += 1
    if again:
        counts["postponed"] += again
        await outbox.again(tx, message.id, now + SOON, reason, doubts=message.doubts + 1)
    else:
        await outbox.end(tx, message.id, State.IN_DOUBT, reason, now)


async def unread(tx: Tx, message: Waiting, counts: Counter[str], now: datetime) -> None:
    """A row that says nothing to us fails at once, so that somebody hears of it; beside a newer
    version, which may have written it, it waits a day for that."""
    young = message.due_at is not None and now - message.due_at <= A_DAY
    if young and await migrate.is_newer(tx):
        await outbox.again(tx, message.id, now + LATER, UNREAD)
        counts["postponed"] += 1
    else:
        counts["failed"] += await outbox.end(tx, message.id, State.FAILED, UNREAD, now)


async def _lose(
    tx: Tx,
    message: Waiting,
    reason: str,
    counts: Counter[str],
    now: datetime,
    rules: Rules,
) -> None:
    """Nobody there can be written to: everything that waits for them ends with it."""
    counts["unreachable"] += await outbox.end(tx, message.id, State.UNREACHABLE, reason, now)
    if message.guardian_id is not None and message.family_id is not None:
        counts["dropped"] += await reach.lost(
            tx, message.family_id, message.guardian_id, reason, now, rules
        )
    else:
        counts["dropped"] += await outbox.drop_waiting(tx, message.reader, reason, now)


async def _believe(tx: Tx, tally: Tally, now: datetime, rules: Rules) -> None:
    """A message went through, so the token is right: who was not found is really gone."""
    stands = await standing(tx, tally.not_found) if tally.not_found else {}
    for message in tally.not_found:
        if message.id in stands:
            await _lose(tx, message, "gone", tally.counts, now, rules)
    tally.not_found.clear()


def suspicious(tally: Tally) -> bool:
    """Whether so many chats were not found in a row that the token or the database is wrong."""
    return len({message.chat_id for message in tally.not_found}) >= MANY_CHATS


async def settle(tx: Tx, tally: Tally, now: datetime, rules: Rules) -> None:
    """Decide about chats that were not found, with nothing sent since."""
    if suspicious(tally):
        log.error("many chats not found: wrong token or database? nobody is marked")
        tally.wrong_chats = tally.distrust = True
    elif not tally.distrust:
        await _believe(tx, tally, now, rules)
        return
    await _put_back(tx, tally.not_found, tally.counts, now)
    tally.not_found.clear()


async def _put_back(
    tx: Tx, messages: Sequence[Waiting], counts: Counter[str], now: datetime
) -> None:
    for message in messages:
        await _wait(tx, message, now + LATER, "chat not found, many at once", counts)
