"""What should leave next: taken from the outbox, and looked at again as the facts are now."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from messaging.i18n import Languages
from programme.kinds import Rules, open_lanes
from programme.letters import Letter
from programme.notices import Action
from services import listening
from services.claimed import Claimed
from services.outcomes import Tally, unread
from services.recheck import Facts, Rechecked, facts, paused, recheck
from storage import claims, items, outbox, recordings
from storage.database import Tx
from storage.items import ItemState
from storage.outbox import Reader, State, Waiting
from storage.recordings import Marks
from storage.turns import lock_families

log = logging.getLogger(__name__)

CHECKED_AT_ONCE = 50  # messages in one claim: a press never waits long for what is dropped
NO_CHAT_WAITS = timedelta(hours=1)


class Claiming:
    """One claim, in the transaction it is given; `more`: it only dropped, and there may be others.

    An act on a family comes before this claim and is seen by it, or after it and sees it. What is
    about no family is held by its own row (`items.underway_to`).
    """

    def __init__(
        self, tx: Tx, languages: Languages, rules: Rules, tally: Tally, now: datetime
    ) -> None:
        self._tx, self._languages, self._rules = tx, languages, rules
        self._tally, self._now = tally, now
        self._marks: dict[str, Marks] = {}  # what can be heard, by language
        self.more = False

    async def take(self, busy: Collection[Reader], room: int) -> list[Claimed]:
        """Up to `room` messages of which something still holds; those before them are ended."""
        lanes, busy, looked = open_lanes(self._now, self._rules), set(busy), 0
        claimed: list[Claimed] = []
        while len(claimed) < room and looked < CHECKED_AT_ONCE:
            wanted = room - len(claimed)
            found = await claims.next_waiting(self._tx, self._now, lanes, busy, wanted)
            if not found:
                return claimed
            looked += len(found)
            claimed += await self._look_at(await self._claim(found))
            busy |= {each.message.reader for each in claimed}
        self.more = not claimed
        return claimed

    async def _claim(self, found: Sequence[Waiting]) -> list[Waiting]:
        families = {each.family_id for each in found if each.family_id is not None}
        await lock_families(self._tx, families)
        held = await paused(self._tx, [each for each in found if each.action is Action.SAY])
        free = [each for each in found if each.notice_id not in held]
        ours = await claims.claim(self._tx, [each.id for each in free], self._now)
        return [each for each in free if each.id in ours]

    async def _look_at(self, messages: Sequence[Waiting]) -> list[Claimed]:
        known = await self._facts(messages) if messages else None
        claimed = [await self._still_holds(message, known) for message in messages]
        return [each for each in claimed if each]

    async def _facts(self, messages: Sequence[Waiting]) -> Facts | None:
        try:
            return await facts(self._tx, messages, self._now)
        except ValueError:  # of one of them: then each alone
            return None

    async def _still_holds(self, message: Waiting, known: Facts | None) -> Claimed | None:
        """The message with what still holds of it; None if nothing does, and then it is ended."""
        try:
            known = known or await facts(self._tx, [message], self._now)
            found = await recheck(self._tx, message, known, self._now, self._rules)
        except ValueError:  # one bad row must not stop the rest, nor be tried for ever
            log.exception("a message cannot be read", extra={"outbox": message.id})
            await unread(self._tx, message, self._tally.counts, self._now)
            return None
        for promise, reason in found.dropped:
            await items.end_item(self._tx, promise.id, ItemState.DROPPED, reason)
            self._tally.counts["dropped"] += 1
        return await self._to_send(message, found)

    async def _to_send(self, message: Waiting, found: Rechecked) -> Claimed | None:
        now, letters = self._now, tuple(found.letters)
        no_chat = message.chat_id is None
        nowhere = no_chat and (message.staff_id or message.message_id)
        if found.language is None or not letters or nowhere:
            ended = await outbox.end(
                self._tx, message.id, State.DROPPED, "nothing left to say", now
            )
            self._tally.counts["dropped"] += ended
            return None
        if no_chat:  # a parent between two phones (mission B16): it waits as long as it holds
            await self._wait(message, found, now + NO_CHAT_WAITS, "waits for a new phone")
            return None
        if found.wait_until:
            await self._wait(message, found, found.wait_until, "waits for a free day")
            return None
        listen = await self._listen(found.language, letters, found.folded)
        return Claimed(
            message, found.language, letters, now, found.folded, found.label, found.enclosed, listen
        )

    async def _wait(self, message: Waiting, found: Rechecked, until: datetime, why: str) -> None:
        await outbox.again(self._tx, message.id, until, why)
        self._tally.counts["postponed"] += len(found.letters)

    async def _listen(self, language: str, letters: tuple[Letter, ...], folded: bool) -> str | None:
        if language not in self._languages.codes:  # it will fail where it is rendered
            return None
        if not listening.is_spoken(letters, folded):
            return None
        if language not in self._marks:
            self._marks[language] = await recordings.marks(self._tx, language)
        t = self._languages.get(language)
        return listening.button(self._marks[language], letters, t, self._rules.zone)
