"""The sound of a recording is fetched once it was sent, and its speaker hears what became of it."""

import pytest

from messaging import push, recording_texts
from messaging.keyboards import FileKind
from messaging.speech import Group, Script
from programme.people import Role
from programme.recordings import VoiceFault
from programme.staff_life import Pause
from services import recordings, staff_life
from services.recording_fetch import GIVES_UP
from storage import staff
from tests.cast import JOINED, RULES
from tests.colleagues import ANNA_CHAT, at_work
from tests.databases import ON_SQLITE
from tests.rows import rows
from tests.services.post import Post
from tests.sounds import tone

pytestmark = ON_SQLITE
TEXT = Script("page:bvc", Group.GUIDE, "Words to be read aloud.")


@pytest.fixture
def post(db, languages) -> Post:
    return Post(db, languages, JOINED)


@pytest.fixture
async def anna(db):
    return await at_work(db, role=Role.TRANSLATOR)


async def spoken(db, speaker, file_id="v1", script=TEXT):
    async with db.write() as tx:
        await recordings.send(tx, speaker, script, "so", file_id, 3, JOINED)


async def stage(db) -> list[tuple[str, bool]]:
    return [(row.stage, row.told) for row in await rows(db, "recording")]


async def test_the_speaker_hears_it_as_families_will(db, post, anna):
    await spoken(db, anna)
    post.push.files["v1"] = push.Fetched(tone(seconds=2.0, before=2.0))
    assert await post.sender.recorder.work() == 1
    [said] = post.push.arrived
    assert (said.chat_id, said.file.kind, said.file.seconds) == (ANNA_CHAT, FileKind.VOICE, 3)
    assert await stage(db) == [("heard", True)]
    assert await post.sender.recorder.work() == 0  # once


@pytest.mark.parametrize(
    "outcome",
    [push.NotSent("no connection"), push.InDoubt("cut"), push.FloodWait(3.0), push.WrongToken()],
)
async def test_while_telegram_does_not_answer_it_waits_and_then_gives_up(db, post, anna, outcome):
    await spoken(db, anna)
    post.push.files["v1"] = outcome
    await post.sender.recorder.work()
    assert await stage(db) == [("sent", False)]
    post.clock.at = JOINED + GIVES_UP
    await post.sender.recorder.work()
    assert await stage(db) == [("failed", True)]
    [said] = post.push.arrived
    t = post.languages.get("en")
    assert said.text == recording_texts.record_fault(t, VoiceFault.NOT_FETCHED)


@pytest.mark.parametrize(
    ("reason", "fault"),
    [("file is too big", VoiceFault.BIG), ("invalid file_id", VoiceFault.NOT_FETCHED)],
)
async def test_what_telegram_does_not_give_out_is_said(db, post, anna, reason, fault):
    await spoken(db, anna)
    post.push.files["v1"] = push.Refused(reason)
    await post.sender.recorder.work()
    [said] = post.push.arrived
    assert said.text == recording_texts.record_fault(post.languages.get("en"), fault)


async def test_what_could_not_be_told_is_told_later(db, post, anna):
    await spoken(db, anna)
    post.push.files["v1"] = push.Fetched(tone())
    post.push.script(ANNA_CHAT, push.NotSent("no connection"))
    await post.sender.recorder.work()
    assert await stage(db) == [("heard", False)]
    await post.sender.recorder.work()
    assert await stage(db) == [("heard", True)]
    assert post.push.fetched == ["v1"]


async def test_a_phone_without_voice_messages_gets_a_file(db, post, anna):
    await spoken(db, anna)
    post.push.files["v1"] = push.Fetched(tone())
    post.push.script(ANNA_CHAT, push.Refused("VOICE_MESSAGES_FORBIDDEN"))
    await post.sender.recorder.work()
    [said] = post.push.arrived
    assert said.file.kind is FileKind.DOCUMENT


async def test_who_has_blocked_the_bot_or_ended_is_not_told_for_ever(db, post, anna):
    await spoken(db, anna)
    post.push.files["v1"] = push.Fetched(tone())
    post.push.script(ANNA_CHAT, push.Unreachable("blocked"))
    await post.sender.recorder.work()
    assert await stage(db) == [("heard", True)]
    await spoken(db, anna, "v2")
    async with db.write() as tx:
        await staff.change(tx, anna.member.id, ended_at=JOINED)
    await post.sender.recorder.work()
    assert post.push.arrived == []
    assert [told for _, told in await stage(db)] == [True]


async def test_a_speaker_whose_access_rests_is_sent_nothing_and_never_later(db, post, anna):
    await spoken(db, anna)
    post.push.files["v1"] = push.Fetched(tone())
    async with db.write() as tx:
        await staff_life.rest(tx, anna.member.id, Pause.AWAY, JOINED, RULES)
    await post.sender.recorder.work()
    assert post.push.arrived == []
    assert await stage(db) == [("heard", True)]


async def test_one_broken_file_does_not_hold_back_the_next(db, post, anna):
    await spoken(db, anna, "bad")
    await spoken(db, anna, "good", Script("page:teeth", Group.GUIDE, "Other words."))
    post.push.files |= {"bad": push.Fetched(b"\0" * 300), "good": push.Fetched(tone())}
    await post.sender.recorder.work()
    assert sorted(await stage(db)) == [("failed", True), ("heard", True)]
