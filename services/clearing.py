"""Phones are cleared: at once on a safe exit, after ten minutes where danger was spoken of (B12).

Telegram lets a bot delete for 48 hours; what is older is rewritten to a neutral line. Asked for in
the transaction of the act, done by the one process that sends, so that a restart forgets nothing.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from messaging import push
from messaging.exit_texts import neutral_line
from messaging.i18n import Languages
from storage import clearings
from storage.clearings import Stain
from storage.database import Database, Tx, Unavailable

log = logging.getLogger(__name__)

FADES_AFTER = timedelta(minutes=10)  # mission B12
DELETES_WITHIN = timedelta(hours=48) - timedelta(minutes=2)  # clocks differ a little
AT_ONCE = 100  # as many as Telegram deletes in one call
SOON, LATEST = timedelta(seconds=5), timedelta(hours=1)
MOST_TRIES = 60  # over two days: then Telegram would not delete it any more either

everything = clearings.ask_all
at_once = clearings.hurry


async def fade(
    tx: Tx, chat_id: int, message_ids: Sequence[int], now: datetime, language: str | None
) -> None:
    """What was just said, or heard (`language` None), is gone in ten minutes."""
    for message_id in message_ids:
        await clearings.ask(tx, chat_id, message_id, now, now + FADES_AFTER, language)


async def delete_one(tx: Tx, chat_id: int, message_id: int, now: datetime) -> None:
    """That message of the person's own is gone now, if Telegram still allows it."""
    await clearings.ask(tx, chat_id, message_id, now, now, None)


Outcome = push.Outcome | push.Cleared


class Clears(Protocol):
    """Whatever can delete and rewrite messages, and say what came of it."""

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> Outcome:
        """What came of deleting them."""
        ...

    async def rewrite(self, chat_id: int, message_id: int, text: str) -> Outcome:
        """What came of rewriting it."""
        ...


class Clearer:
    """Does what was asked for, chat by chat; only in the process that sends."""

    def __init__(
        self, db: Database, pusher: Clears, languages: Languages, now: Callable[[], datetime]
    ) -> None:
        self._db, self._pusher, self._languages, self._now = db, pusher, languages, now

    async def clear(self) -> int:
        """Everything that is to go by now; how many messages are done with."""
        done = 0
        try:
            while found := await self._due():
                for chat_id, stains in groupby(found, key=lambda each: each.chat_id):
                    done += await self._clear(chat_id, list(stains))
        except Unavailable:
            log.warning("clearing waits: the database does not answer")
        return done

    async def _due(self) -> list[Stain]:
        async with self._db.read() as tx:
            return await clearings.due(tx, self._now(), AT_ONCE)

    async def _clear(self, chat_id: int, stains: list[Stain]) -> int:
        """One chat: the young ones in one call, the old ones one by one; stops if told to wait."""
        now = self._now()
        young = [each for each in stains if now - each.said_at < DELETES_WITHIN]
        done, old = 0, [each for each in stains if each not in young]
        if young:
            outcome = await self._pusher.delete(chat_id, [each.message_id for each in young])
            if isinstance(outcome, push.Refused):  # Telegram finds one of them too old after all
                young, old = [], stains
            elif not await self._heed(chat_id, young, outcome):
                return 0
            done += len(young)
        for each in old:
            outcome = await self._rewrite(each)
            if not await self._heed(chat_id, [each], outcome):
                return done
            done += 1
        return done

    async def _rewrite(self, stain: Stain) -> Outcome:
        if stain.language is None:
            return push.Cleared()  # a person's own message is theirs to delete by now
        codes = self._languages.codes
        code = stain.language if stain.language in codes else codes[0]
        text = neutral_line(self._languages.get(code))
        return await self._pusher.rewrite(stain.chat_id, stain.message_id, text)

    async def _heed(self, chat_id: int, stains: Sequence[Stain], outcome: Outcome) -> bool:
        """Write what came of it; False if the rest of this chat waits."""
        now = self._now()
        wait = _wait(outcome, max(each.tries for each in stains))
        async with self._db.write() as tx:
            if wait is None:
                await clearings.gone(tx, chat_id, [each.message_id for each in stains])
            else:
                await clearings.later(tx, chat_id, now + wait, now)
        return wait is None


def _wait(outcome: Outcome, tries: int) -> timedelta | None:
    """How long until the next try; None if nothing more can be done."""
    match outcome:
        case push.FloodWait(seconds):
            return timedelta(seconds=seconds)
        case push.NotSent() | push.InDoubt() | push.WrongToken() if tries < MOST_TRIES:
            return min(SOON * (1 << min(tries, 10)), LATEST)
        case _:
            return None
