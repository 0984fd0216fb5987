"""Recordings: sent by a colleague, fetched, heard by them, and one for each text that stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, delete, select, update

from programme.recordings import Stage, VoiceFault
from storage.database import Tx
from storage.recording_tables import recording
from storage.tables import staff
from storage.turns import only_one_keeps


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One recording without its sound; `speaker` by the first name, None if a file brought it."""

    id: int
    key: str
    language: str
    words: str
    stage: Stage
    staff_id: int | None
    speaker: str | None
    made_at: datetime
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A recording of which its speaker is to hear something, and where they read."""

    id: int
    key: str
    language: str
    stage: Stage
    made_at: datetime
    seconds: int
    file_id: str | None
    sound: bytes | None
    fault: VoiceFault | None
    chat_id: int | None  # None: they have ended, or their access rests
    reads: str  # the speaker's own language


_FACTS = [each for each in recording.c if each.name not in {"sound", "file_id", "fault", "told"}]
_query: Select[Any] = select(*_FACTS, staff.c.name.label("speaker")).outerjoin(
    staff, staff.c.id == recording.c.staff_id
)


def _recording(row: Row[Any]) -> Recording:
    return Recording(
        id=row.id,
        key=row.key,
        language=row.language,
        words=row.words,
        stage=Stage(row.stage),
        staff_id=row.staff_id,
        speaker=row.speaker,
        made_at=row.made_at,
        seconds=row.seconds,
    )


async def send(
    tx: Tx,
    key: str,
    language: str,
    words: str,
    staff_id: int,
    file_id: str,
    seconds: int,
    now: datetime,
) -> int:
    """The number of a new one; what the same colleague tried before for that text goes."""
    await tx.execute(
        delete(recording).where(
            recording.c.key == key,
            recording.c.language == language,
            recording.c.staff_id == staff_id,
            recording.c.stage != Stage.STANDS,
        )
    )
    row = recording.insert().values(
        key=key,
        language=language,
        words=words,
        stage=Stage.SENT,
        staff_id=staff_id,
        file_id=file_id,
        seconds=seconds,
        made_at=now,
    )
    return int((await tx.execute(row.returning(recording.c.id))).scalar_one())


async def get(tx: Tx, number: int) -> Recording | None:
    """That recording, or None."""
    row = (await tx.execute(_query.where(recording.c.id == number))).first()
    return _recording(row) if row else None


_LET_IN = case((staff.c.ended_at.is_(None) & staff.c.rests_since.is_(None), staff.c.chat_id))


async def untold(tx: Tx, limit: int, number: int | None = None) -> list[Untold]:
    """What is to be fetched, or to be told to its speaker, the oldest first; or that one alone."""
    query = (
        select(recording, _LET_IN.label("chat_id"), staff.c.language.label("reads"))
        .outerjoin(staff, staff.c.id == recording.c.staff_id)
        .where(recording.c.stage != Stage.STANDS, recording.c.told.is_(False))
        .order_by(recording.c.id)
        .limit(limit)
    )
    if number is not None:
        query = query.where(recording.c.id == number)
    return [
        Untold(
            id=row.id,
            key=row.key,
            language=row.language,
            stage=Stage(row.stage),
            made_at=row.made_at,
            seconds=row.seconds,
            file_id=row.file_id,
            sound=row.sound,
            fault=VoiceFault(row.fault) if row.fault else None,
            chat_id=row.chat_id,
            reads=row.reads or "",
        )
        for row in await tx.execute(query)
    ]


async def fetched(tx: Tx, number: int, sound: bytes, seconds: int) -> bool:
    """Whether the sound is here now; where Telegram kept it is forgotten."""
    done = await tx.execute(
        update(recording)
        .where(recording.c.id == number, recording.c.stage == Stage.SENT)
        .values(stage=Stage.HEARD, sound=sound, seconds=seconds, file_id=None)
    )
    return done.rowcount == 1


async def failed(tx: Tx, number: int, fault: VoiceFault) -> None:
    """It cannot be used."""
    await tx.execute(
        update(recording)
        .where(recording.c.id == number, recording.c.stage == Stage.SENT)
        .values(stage=Stage.FAILED, fault=fault, file_id=None)
    )


async def told(tx: Tx, number: int) -> None:
    """Its speaker has heard what became of it."""
    await tx.execute(update(recording).where(recording.c.id == number).values(told=True))


async def keep(tx: Tx, number: int) -> bool:
    """Whether families hear it from now on, in the place of the one before."""
    await only_one_keeps(tx)
    found = await get(tx, number)
    if found is None or found.stage is not Stage.HEARD:
        return False
    await _give_way(tx, found.key, found.language)
    await tx.execute(
        update(recording).where(recording.c.id == number).values(stage=Stage.STANDS, told=True)
    )
    return True


async def put(
    tx: Tx, key: str, language: str, words: str, sound: bytes, seconds: int, now: datetime
) -> None:
    """One that a file brought stands from now on."""
    await only_one_keeps(tx)
    await _give_way(tx, key, language)
    await tx.execute(
        recording.insert().values(
            key=key,
            language=language,
            words=words,
            stage=Stage.STANDS,
            seconds=seconds,
            sound=sound,
            made_at=now,
            told=True,
        )
    )


async def _give_way(tx: Tx, key: str, language: str) -> None:
    await tx.execute(
        delete(recording).where(
            recording.c.key == key,
            recording.c.language == language,
            recording.c.stage == Stage.STANDS,
        )
    )


async def remove(tx: Tx, number: int) -> None:
    """It is gone, whatever it was."""
    await tx.execute(delete(recording).where(recording.c.id == number))


async def standing(tx: Tx, language: str) -> dict[str, Recording]:
    """What families can hear in that language, by key; also of words that have changed since."""
    rows = await tx.execute(
        _query.where(recording.c.language == language, recording.c.stage == Stage.STANDS)
    )
    return {row.key: _recording(row) for row in rows}


_MARKS = select(recording.c.key, recording.c.id, recording.c.words).where(
    recording.c.language == bindparam("in"), recording.c.stage == Stage.STANDS
)


Marks = Mapping[str, tuple[int, str]]


async def marks(tx: Tx, language: str) -> Marks:
    """Number and hash of the words of everything that stands in that language, by key.

    All of it, and not what somebody just reads or hears: that is nobody's business, nor a log's.
    """
    rows = await tx.execute(_MARKS, {"in": language})
    return {row.key: (row.id, row.words) for row in rows}


async def sounds(tx: Tx, numbers: Collection[int]) -> dict[int, bytes]:
    """The sounds of those recordings that are still there, by number."""
    rows = await tx.execute(
        select(recording.c.id, recording.c.sound).where(recording.c.id.in_(numbers))
    )
    return {row.id: row.sound for row in rows}


async def sound_of(tx: Tx, number: int) -> bytes | None:
    """The sound of that one; None if it is gone or not here yet."""
    found: bytes | None = await tx.scalar(select(recording.c.sound).where(recording.c.id == number))
    return found


async def purge(tx: Tx, before: datetime) -> None:
    """What nobody has kept goes."""
    await tx.execute(
        delete(recording).where(recording.c.stage != Stage.STANDS, recording.c.made_at < before)
    )
