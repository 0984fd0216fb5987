"""Files and pins on their way to a phone: pushed and answered, over real HTTP, with trouble."""

import asyncio
from datetime import timedelta

import pytest
import vobject

from bot.app import make_bot
from bot.settings import Settings
from bot.speaking import Speaker, TurnLost
from messaging import push
from messaging.keyboards import Button, File, FileKind, Message, Pin
from messaging.replies import Reply, load, say
from tests.bot.working import at_work, with_visits
from tests.end_to_end.town import DAY, TOKEN
from tests.sounds import tone

CONTENT = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n" * 200
FILE = File(FileKind.DOCUMENT, "lotsen.ics", CONTENT)
WITH_FILE = Message("Here <b>it</b> is", ((Button("More", "m:more"),),), file=FILE)
A_PIN = Message("", ((Button("More", "m:more"),),), pin=Pin(57.77, 12.05, "Hjällbo", "Bergsgård"))
KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "m:more"}]]}


@pytest.fixture
def phone(telegram):
    return telegram.phone()


@pytest.fixture
async def pusher(telegram):
    async with push.Push(TOKEN, telegram.url, 100) as made:
        yield made


@pytest.fixture
async def speaker(telegram, languages, tmp_path, monkeypatch):
    settings = Settings(_env_file=None, data_dir=tmp_path, bot_token=TOKEN, api_url=telegram.url)
    bot = make_bot(settings)
    yield Speaker(bot, languages)
    await bot.session.close()


def documents(telegram, phone) -> list[tuple[str, bytes, str]]:
    """Name, content and caption of each file on that phone."""
    return [
        (
            each.content["document"]["file_name"],
            telegram.world.files.get(each.content["document"]["file_id"]).content,
            each.text,
        )
        for each in telegram.world.from_bot(phone)
        if "document" in each.content
    ]


WHOLE = ("lotsen.ics", CONTENT, "Here it is")


async def send(pusher, phone, message=WITH_FILE):
    return await pusher.send(phone.id, message.text, KEYBOARD, False, message.file)


async def test_who_sleeps_for_an_hour_before_the_first_byte_sends_nothing(telegram, phone):
    """Opening a line takes time: what was decided before the sleep does not leave after it."""
    awake = [DAY, DAY + timedelta(hours=1)]

    async with push.Push(TOKEN, telegram.url, 100, now=lambda: awake.pop(0)) as made:
        assert await send(made, phone) == push.NotSent("paused before it left")
        assert telegram.texts(phone) == []
        awake += [DAY, DAY + timedelta(seconds=59)]
        assert isinstance(await send(made, phone), push.Sent)


async def test_a_pushed_file_arrives_with_its_text_and_buttons(telegram, phone, pusher):
    assert isinstance(await send(pusher, phone), push.Sent)

    assert documents(telegram, phone) == [WHOLE]
    assert telegram.world.last(phone).buttons[0][0]["callback_data"] == "m:more"


OUTCOMES = {
    "flood": (lambda f: f.too_many("sendDocument", 7), push.FloodWait(7)),
    "blocked": (
        lambda f: f.error("sendDocument", 403, "Forbidden: bot was blocked by the user"),
        push.Unreachable("blocked"),
    ),
    "server": (lambda f: f.error("sendDocument", 500), push.InDoubt),
    "proxy": (lambda f: f.html("sendDocument"), push.InDoubt),
    "garbage": (lambda f: f.garbage("sendDocument"), push.InDoubt),
    "cut": (lambda f: f.cut("sendDocument"), push.InDoubt),
    "refused": (lambda f: f.error("sendDocument", 400, "Bad Request: no"), push.Refused),
}


@pytest.mark.parametrize("trouble", OUTCOMES)
async def test_what_became_of_a_pushed_file_is_known_and_the_next_try_sends_it_whole(
    telegram, phone, pusher, trouble
):
    strike, expected = OUTCOMES[trouble]
    strike(telegram.world.faults)

    outcome = await send(pusher, phone)

    assert outcome == expected or isinstance(
        outcome, expected if isinstance(expected, type) else ()
    )
    assert isinstance(await send(pusher, phone), push.Sent)
    assert documents(telegram, phone)[-1] == WHOLE


async def test_a_file_whose_answer_was_lost_is_in_doubt(telegram, phone, pusher):
    telegram.world.faults.cut("sendDocument", after=True)

    assert isinstance(await send(pusher, phone), push.InDoubt)
    assert documents(telegram, phone) == [WHOLE]


async def test_an_empty_caption_is_no_fault(telegram, phone, pusher):
    """So a file goes ahead of a text that is too long for it."""
    outcome = await pusher.send(phone.id, "", None, True, FILE)

    assert isinstance(outcome, push.Sent)
    assert documents(telegram, phone) == [("lotsen.ics", CONTENT, "")]


async def test_an_answer_carries_its_file(telegram, phone, speaker):
    said = await speaker.speak(phone.id, say(WITH_FILE), None)

    assert said == [telegram.world.last(phone).id]
    assert documents(telegram, phone) == [WHOLE]


TROUBLE = {
    "flood": lambda f, m: f.too_many(m, 1),
    "server": lambda f, m: f.error(m, 500),
    "proxy": lambda f, m: f.html(m),
    "garbage": lambda f, m: f.garbage(m),
    "cut": lambda f, m: f.cut(m),
}


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_in_trouble_an_answer_s_file_and_pin_are_sent_again_whole(
    telegram, phone, speaker, trouble
):
    for method in ("sendDocument", "sendVenue"):
        TROUBLE[trouble](telegram.world.faults, method)

    said = await speaker.speak(phone.id, say(WITH_FILE, A_PIN), None)

    assert len(said) == 2
    assert documents(telegram, phone) == [WHOLE]
    [venue] = [m for m in telegram.world.from_bot(phone) if "venue" in m.content]
    assert venue.content["venue"]["title"] == "Hjällbo"
    assert venue.buttons[0][0]["callback_data"] == "m:more"


async def test_who_has_blocked_us_is_asked_once_and_nothing_else_fails(telegram, phone, speaker):
    for method in ("sendDocument", "sendVenue"):
        telegram.world.faults.error(method, 403, "Forbidden: bot was blocked by the user")

    assert await speaker.speak(phone.id, say(WITH_FILE, A_PIN), None) == []
    assert len(telegram.world.journal.calls("sendDocument")) == 1
    assert len(telegram.world.journal.calls("sendVenue")) == 1


async def test_an_answer_whose_file_is_not_taken_is_said_without_it(telegram, phone, speaker):
    telegram.world.faults.error("sendDocument", 400, "Bad Request: file is bad")

    [number] = await speaker.speak(phone.id, say(WITH_FILE), None)

    assert telegram.world.last(phone).id == number
    assert telegram.world.last(phone).text == "Here it is"
    assert documents(telegram, phone) == []


async def test_who_lost_the_chat_while_a_file_was_refused_says_it_in_no_other_way(
    telegram, phone, speaker
):
    telegram.world.faults.error("sendDocument", 400, "Bad Request: file is bad")
    still = [True]

    async def may():
        return bool(still and still.pop())

    with pytest.raises(TurnLost):
        await speaker.speak(phone.id, say(WITH_FILE), None, may)
    assert (still, telegram.world.from_bot(phone)) == ([], [])


async def test_too_long_a_text_comes_after_its_file(telegram, phone, speaker):
    long = Message("x" * 1_500, WITH_FILE.rows, file=FILE)

    said = await speaker.speak(phone.id, say(long), None)

    assert len(said) == 2
    assert documents(telegram, phone) == [("lotsen.ics", CONTENT, "")]
    assert telegram.world.last(phone).text == "x" * 1_500
    assert telegram.world.last(phone).buttons


def test_a_kept_answer_comes_back_as_it_was():
    reply = Reply(messages=(WITH_FILE, A_PIN, Message("x")), instead=True, menu="so")

    assert load(reply.dump()) == reply


async def test_a_parent_s_file_comes_over_http(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    first = telegram.world.messages(home.phone)[0]

    async with at_work(lotsen):
        telegram.world.press(home.phone, message_id=first.id, data="K:file")
        await telegram.world.until(lambda: documents(telegram, home.phone))

    [(name, content, _)] = documents(telegram, home.phone)
    event = vobject.readOne(content.decode()).vevent
    assert name == "lotsen.ics"
    assert event.dtstart.value == DAY.replace(hour=10, year=2027)


@pytest.mark.slow
async def test_a_file_that_was_being_said_when_it_was_killed_is_said_after_the_restart(
    lotsen, telegram
):
    [home] = await with_visits(lotsen, 1)
    first = telegram.world.messages(home.phone)[0]
    telegram.world.faults.hang("sendDocument", 60)
    telegram.world.press(home.phone, message_id=first.id, data="K:file")

    work = lotsen.start("run", "--only", "chat", now=DAY)
    await telegram.world.until(lambda: telegram.world.journal.calls("sendDocument"), within=30)
    assert (await work.kill()).code == -9
    [[kept]] = lotsen.look("SELECT answer FROM inbox WHERE state = 'done'")
    assert "VCALENDAR" not in kept  # sealed
    assert documents(telegram, home.phone) == []

    work = lotsen.start("run", "--only", "chat", now=DAY)
    await telegram.world.until(lambda: documents(telegram, home.phone), within=30)
    await asyncio.sleep(0)
    ended = await work.stop()

    assert (ended.code, "Traceback" in ended.err) == (0, False)
    [(_, content, _)] = documents(telegram, home.phone)
    assert vobject.readOne(content.decode()).vevent.uid.value.endswith("@lotsen")
    assert lotsen.look("SELECT * FROM inbox WHERE answer IS NOT NULL") == []


def voices(telegram, phone) -> list[tuple[bytes, int]]:
    """Sound and seconds of each voice message of the bot on that phone."""
    return [
        (telegram.world.files.get(each.content["voice"]["file_id"]).content, voice["duration"])
        for each in telegram.world.from_bot(phone)
        if (voice := each.content.get("voice"))
    ]


async def test_a_voice_is_played_in_the_chat_pushed_as_well_as_answered(
    telegram, phone, pusher, speaker
):
    sound = tone(seconds=2.0)
    spoken = Message("Good?", file=File(FileKind.VOICE, "voice.ogg", sound, 7))
    assert isinstance(await send(pusher, phone, spoken), push.Sent)
    await speaker.speak(phone.id, load(say(spoken).dump()), None)
    assert voices(telegram, phone) == [(sound, 7), (sound, 7)]


async def test_who_takes_no_voice_messages_gets_the_sound_as_a_file(telegram, phone, speaker):
    telegram.world.faults.error("sendVoice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
    spoken = Message("", file=File(FileKind.VOICE, "voice.ogg", CONTENT, 7))
    await speaker.speak(phone.id, say(spoken), None)
    assert documents(telegram, phone) == [("voice.ogg", CONTENT, "")]


async def test_a_voice_that_somebody_sent_is_fetched_whole(telegram, phone, pusher):
    sound = tone(seconds=3.0)
    sent = telegram.world.send(phone, "voice", content=sound)
    file_id = sent.content["voice"]["file_id"]
    assert await pusher.fetch(file_id) == push.Fetched(sound)
    assert isinstance(await pusher.fetch("no-such-file"), push.Refused)
    telegram.world.faults.cut("getFile")
    assert isinstance(await pusher.fetch(file_id), push.InDoubt | push.NotSent)
