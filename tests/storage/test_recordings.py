"""Recordings: one stands for each text and language; who spoke it is told what became of it."""

import asyncio
from datetime import timedelta

from programme.recordings import Stage, VoiceFault
from storage import recordings, staff
from tests.cast import JOINED
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.rows import rows


async def sent(db, speaker, key="page:bvc", language="so", words="w1") -> int:
    async with db.write() as tx:
        return await recordings.send(
            tx, key, language, words, speaker.member.id, "file-1", 4, JOINED
        )


async def heard(db, speaker, sound=b"sound", **text) -> int:
    number = await sent(db, speaker, **text)
    async with db.write() as tx:
        assert await recordings.fetched(tx, number, sound, 3)
    return number


async def keep(db, number) -> bool:
    async with db.write() as tx:
        return await recordings.keep(tx, number)


async def sounds(db, language="so"):
    """What can be heard, by key."""
    async with db.read() as tx:
        found = await recordings.marks(tx, language)
        heard = await recordings.sounds(tx, {number for number, _ in found.values()})
    return {key: heard[number] for key, (number, _) in found.items()}


async def test_what_was_sent_waits_to_be_fetched_and_then_for_its_speakers_yes(db):
    anna = await at_work(db)
    number = await sent(db, anna)
    async with db.read() as tx:
        [waiting] = await recordings.untold(tx, 10)
    assert (waiting.id, waiting.stage, waiting.file_id) == (number, Stage.SENT, "file-1")
    assert (waiting.chat_id, waiting.reads) == (ANNA_CHAT, "en")
    assert not await keep(db, number)  # nothing is there to be heard
    async with db.write() as tx:
        assert await recordings.fetched(tx, number, b"sound", 3)
        assert not await recordings.fetched(tx, number, b"other", 3)
    assert await sounds(db) == {}
    assert await keep(db, number)
    assert await sounds(db) == {"page:bvc": b"sound"}
    [row] = await rows(db, "recording")
    assert row.file_id is None  # where Telegram keeps it is nobody's business any more
    async with db.read() as tx:
        assert await recordings.untold(tx, 10) == []


async def test_what_stands_is_known_by_the_words_it_speaks_and_by_its_language(db):
    number = await heard(db, await at_work(db))
    await keep(db, number)
    async with db.read() as tx:
        assert (await recordings.standing(tx, "so"))["page:bvc"].speaker == "Anna"
        assert await recordings.marks(tx, "so") == {"page:bvc": (number, "w1")}
        assert await recordings.marks(tx, "ar") == {}


async def test_the_new_one_takes_the_place_of_the_old_one_only_when_it_is_kept(db):
    anna = await at_work(db)
    await keep(db, await heard(db, anna, sound=b"old"))
    number = await heard(db, anna, sound=b"new")
    assert await sounds(db) == {"page:bvc": b"old"}
    await keep(db, number)
    assert await sounds(db) == {"page:bvc": b"new"}
    assert len(await rows(db, "recording")) == 1


async def test_a_second_try_takes_the_place_of_the_first_but_not_of_a_colleagues(db):
    anna, bo = await at_work(db), await at_work(db, "Bo", chat_id=BO_CHAT)
    first, others = await sent(db, anna), await sent(db, bo)
    second = await sent(db, anna)
    assert {row.id for row in await rows(db, "recording")} == {others, second} != {first}


async def test_two_who_keep_at_once_leave_one_standing(db):
    anna, bo = await at_work(db), await at_work(db, "Bo", chat_id=BO_CHAT)
    for _ in range(3):
        mine, theirs = await heard(db, anna, sound=b"1"), await heard(db, bo, sound=b"2")
        assert await asyncio.gather(keep(db, mine), keep(db, theirs)) == [True, True]
        assert len(await rows(db, "recording")) == 1


async def test_what_cannot_be_used_is_told_once(db):
    number = await sent(db, await at_work(db))
    async with db.write() as tx:
        await recordings.failed(tx, number, VoiceFault.SILENT)
    async with db.read() as tx:
        [waiting] = await recordings.untold(tx, 10)
    assert (waiting.stage, waiting.fault, waiting.file_id) == (
        Stage.FAILED,
        VoiceFault.SILENT,
        None,
    )
    async with db.write() as tx:
        await recordings.told(tx, number)
        assert await recordings.untold(tx, 10) == []
    assert not await keep(db, number)


async def test_who_has_ended_is_told_nothing_more_but_their_voice_stays_until_it_is_removed(db):
    anna = await at_work(db)
    await keep(db, await heard(db, anna))
    number = await sent(db, anna, key="page:teeth")
    async with db.write() as tx:
        await staff.change(tx, anna.member.id, ended_at=JOINED)
        [waiting] = await recordings.untold(tx, 10)
    assert (waiting.id, waiting.chat_id) == (number, None)
    [row] = await rows(db, "recording", key="page:bvc")
    async with db.write() as tx:
        await recordings.remove(tx, row.id)
    assert await sounds(db) == {}


async def test_what_nobody_kept_goes_and_what_stands_stays(db):
    anna = await at_work(db)
    await keep(db, await heard(db, anna))
    await heard(db, anna, key="page:teeth")
    async with db.write() as tx:
        await recordings.purge(tx, JOINED)
        assert len(await rows(db, "recording")) >= 1
        await recordings.purge(tx, JOINED + timedelta(seconds=1))
    assert [row.key for row in await rows(db, "recording")] == ["page:bvc"]


async def test_a_file_takes_the_place_of_a_colleagues_voice(db):
    await keep(db, await heard(db, await at_work(db)))
    async with db.write() as tx:
        await recordings.put(tx, "page:bvc", "so", "w2", b"studio", 9, JOINED)
    assert await sounds(db) == {"page:bvc": b"studio"}
