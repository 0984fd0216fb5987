"""The sound of a recording is fetched after the commit, cleaned, and sent back to who spoke it.

Done by the one process that sends. What it may fetch is what a colleague was asked to speak: a row
of `recording`, and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from messaging import keyboards, push, recording_texts, sound
from messaging.i18n import Languages
from messaging.keyboards import File, FileKind, Message, Picture
from programme.recordings import Stage, Unusable, VoiceFault
from storage import recordings
from storage.database import Database, Unavailable
from storage.recordings import Untold

log = logging.getLogger(__name__)

AT_ONCE = 5
GIVES_UP = timedelta(minutes=10)  # the colleague has gone on long before


class Fetches(Protocol):
    """Whatever can get a file that somebody sent, and send a message."""

    async def fetch(self, file_id: str) -> push.Fetched | push.Outcome:
        """The file, or why not."""
        ...

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: File | Picture | None = None,
    ) -> push.Outcome:
        """What came of it."""
        ...


class Recorder:
    """Fetches what is new, and tells each speaker once what became of it."""

    def __init__(
        self, db: Database, pusher: Fetches, languages: Languages, now: Callable[[], datetime]
    ) -> None:
        self._db, self._pusher, self._languages, self._now = db, pusher, languages, now

    async def work(self) -> int:
        """Everything that waits; how many recordings are done with. Harmless to repeat."""
        done = 0
        try:
            async with self._db.read() as tx:
                waiting = await recordings.untold(tx, AT_ONCE)
            for each in waiting:
                done += await self._one(each)
        except Unavailable:
            log.warning("fetching recordings waits: the database does not answer")
        return done

    async def _one(self, each: Untold) -> bool:
        """Whether nothing more is to be done about it."""
        if each.stage is Stage.SENT and not await self._fetch(each):
            return False
        async with self._db.read() as tx:
            found = await recordings.untold(tx, 1, each.id)
        for now in found:  # none, if it was spoken anew or removed meanwhile
            if now.chat_id is not None and not await self._tell(now, now.chat_id):
                return False
        async with self._db.write() as tx:
            await recordings.told(tx, each.id)
        return True

    async def _fetch(self, each: Untold) -> bool:
        """Whether its sound is here now, or never will be."""
        got = await self._pusher.fetch(each.file_id or "")
        if isinstance(got, push.Fetched):
            await self._take(each, got.content)
            return True
        waits = isinstance(got, push.Waits | push.InDoubt)
        if waits and self._now() - each.made_at < GIVES_UP:
            return False
        too_big = isinstance(got, push.Refused) and "too big" in got.reason
        async with self._db.write() as tx:
            fault = VoiceFault.BIG if too_big else VoiceFault.NOT_FETCHED
            await recordings.failed(tx, each.id, fault)
        return True

    async def _take(self, each: Untold, content: bytes) -> None:
        try:
            made = await asyncio.to_thread(sound.cleaned, content)  # a second of work or two
        except Unusable as error:
            async with self._db.write() as tx:
                await recordings.failed(tx, each.id, error.fault)
            return
        async with self._db.write() as tx:
            await recordings.fetched(tx, each.id, made.content, made.seconds)

    async def _tell(self, each: Untold, chat_id: int) -> bool:
        """Whether the speaker has it, or cannot be reached: then it is not tried again."""
        said = self._said(each)
        rows = keyboards.for_push(said.rows)
        outcome = await self._pusher.send(chat_id, said.text, rows, False, said.file)
        if isinstance(outcome, push.Refused) and (other := keyboards.as_file(said)):
            outcome = await self._pusher.send(chat_id, said.text, rows, False, other.file)
        return not isinstance(outcome, push.Waits)

    def _said(self, each: Untold) -> Message:
        codes = self._languages.codes
        t = self._languages.get(each.reads if each.reads in codes else codes[0])
        if each.fault:
            return recording_texts.record_failed(t, each.id, each.fault)
        said = recording_texts.record_heard(t, each.id)
        file = File(FileKind.VOICE, keyboards.VOICE_NAME, each.sound or b"", each.seconds)
        return Message(said.text, said.rows, file=file)
