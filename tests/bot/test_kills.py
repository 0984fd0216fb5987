import json

import pytest
from cryptography.fernet import Fernet

from services import enrolment
from simulator.users import Person
from tests.bot.working import CHOICES, Household, answered, with_visits
from tests.cast import AREA
from tests.databases import ON_BOTH
from tests.end_to_end.town import BORN, DAY, RULES

pytestmark = pytest.mark.slow
THANKS = {"yes": "Thank you! See you on", "other_time": "No problem!", "no_thanks": "Thank you for"}


def press_all(homes: list[Household], rounds: int) -> None:
    """Each parent changes their mind again and again."""
    for turn in range(rounds):
        for n, home in enumerate(homes):
            home.answer(CHOICES[(turn + n) % 3])


def assert_each_had_its_effect_once(lotsen, homes: list[Household]) -> None:
    presses = sum(len(home.presses) for home in homes)
    [[told]] = lotsen.look("SELECT count(*) FROM event WHERE what = 'answered'")
    assert told == presses
    [[counted]] = lotsen.look("SELECT count(*) FROM tally WHERE what = 'answered'")
    assert counted == len(homes)  # an answer that is changed is counted as what it is now
    kept = {row["booking_id"]: row["choice"] for row in lotsen.look("SELECT * FROM answer")}
    assert kept == {home.booking: home.presses[-1][0] for home in homes}
    assert lotsen.look("SELECT * FROM inbox WHERE raw IS NOT NULL OR answer IS NOT NULL") == []


def assert_answers_came_in_order(home: Household, exactly_once: bool) -> None:
    said = [next(c for c, begins in THANKS.items() if t.startswith(begins)) for t in home.texts]
    pressed = [choice for choice, _ in home.presses]
    if exactly_once:
        assert said == pressed
    once = [choice for n, choice in enumerate(said) if n == 0 or said[n - 1] != choice]
    assert [c for n, c in enumerate(pressed) if n == 0 or pressed[n - 1] != c] == once


@ON_BOTH
async def test_kills_at_any_moment_lose_no_press_and_repeat_no_effect(lotsen, telegram):
    homes = await with_visits(lotsen, 40)
    press_all(homes, 5)
    telegram.world.faults.delay_ms = 10

    for enough in (1, 30, 80, 81, 150):
        work = lotsen.start("run", "--only", "chat", now=DAY)
        await telegram.world.until(lambda more=enough: answered(homes) >= more, within=90)
        assert (await work.kill()).code == -9
    work = lotsen.start("run", "--only", "chat", now=DAY)
    await telegram.world.until(lambda: answered(homes) == 200, within=90)
    ended = await work.stop()

    assert (ended.code, "Traceback" in ended.err) == (0, False)
    assert_each_had_its_effect_once(lotsen, homes)
    for home in homes:
        assert_answers_came_in_order(home, exactly_once=False)


@ON_BOTH
async def test_a_stop_in_the_middle_finishes_what_it_does_and_loses_nothing(lotsen, telegram):
    homes = await with_visits(lotsen, 20)
    press_all(homes, 5)
    telegram.world.faults.delay_ms = 10

    for enough in (10, 50):
        work = lotsen.start("run", "--only", "chat", now=DAY)
        await telegram.world.until(lambda more=enough: answered(homes) >= more, within=90)
        ended = await work.stop(within=5)
        assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    assert answered(homes) < 100
    work = lotsen.start("run", "--only", "chat", now=DAY)
    await telegram.world.until(lambda: answered(homes) == 100, within=90)
    await work.stop()

    assert_each_had_its_effect_once(lotsen, homes)
    for home in homes:
        assert_answers_came_in_order(home, exactly_once=True)


def with_button(telegram, person: Person, data: str) -> int | None:
    """The newest message on a phone that has a button like this; answers may stand there twice."""
    for message in reversed(telegram.world.from_bot(person)):
        buttons = [button for row in message.buttons for button in row]
        if any(button["callback_data"].startswith(data) for button in buttons):
            return message.id
    return None


@ON_BOTH
async def test_joining_goes_on_through_a_kill_after_every_step(lotsen, telegram):
    people: list[tuple[Person, str, str]] = []
    async with lotsen.database() as db:
        for n, language in enumerate(("sv", "ar", "so", "en")):
            async with db.write() as tx:
                new = await enrolment.register_family(tx, AREA, BORN, None, None, DAY, RULES.zone)
            people.append((telegram.world.person(f"Planted {n}", "fi"), new.code, language))

    for pressed, shown in ((None, "l:"), ("l:", "c:"), ("c:1", "e:"), ("e:1", "m:")):
        for person, code, language in people:
            if pressed is None:
                telegram.world.start(person, code)
            else:
                data = f"l:{language}" if pressed == "l:" else pressed
                telegram.world.press(person, with_button(telegram, person, data), data=data)
        work = lotsen.start("run", "--only", "chat", now=DAY)
        await telegram.world.until(
            lambda data=shown: all(with_button(telegram, each, data) for each, *_ in people),
            within=90,
        )
        await work.kill()

    joined = lotsen.look("SELECT chat_id, language FROM guardian")
    wanted = {person.id: language for person, _, language in people}
    assert {row["chat_id"]: row["language"] for row in joined} == wanted
    assert len(lotsen.look("SELECT * FROM consent")) == 4
    assert len(lotsen.look("SELECT * FROM tally WHERE what = 'joined'")) == 4


async def test_a_token_that_telegram_does_not_know_ends_with_a_sentence(lotsen, telegram):
    lotsen.settings["LOTSEN_BOT_TOKEN"] = "4242424242:another-token-that-is-wrong"

    for words in (("run",), ("run", "--only", "chat")):
        ended = await lotsen.command(*words, now=DAY)

        assert ended.code == 1
        assert ended.err.splitlines()[-1] == "Telegram does not know this bot token."
        assert "Traceback" not in ended.err
        assert "another-token" not in ended.err


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_is_taken_back_ends_the_work_with_a_sentence(lotsen, telegram, status):
    telegram.world.faults.error("getUpdates", status, "Unauthorized", times=None)

    ended = await lotsen.command("run", now=DAY)

    assert ended.code == 1
    assert ended.err.splitlines()[-1] == "Telegram does not know this bot token."
    assert "Traceback" not in ended.err


async def test_the_log_of_a_day_with_trouble_holds_no_name_and_no_text(lotsen, telegram):
    lotsen.settings["LOTSEN_LOG_FORMAT"] = "json"
    [home] = await with_visits(lotsen, 1)
    world, faults = telegram.world, telegram.world.faults
    faults.error("sendMessage", 400, "Bad Request: PLANTED is not allowed")
    faults.html("sendMessage", 502)
    faults.error("answerCallbackQuery", 401, "Unauthorized PLANTED")
    faults.garbage("getUpdates")
    work = lotsen.start("run", now=DAY)
    await world.until(lambda: bool(world.journal.calls("getUpdates")), within=90)
    world.write(home.phone, "PLANTED words of a parent")
    home.answer("yes")
    world.send(home.phone, "document", name="PLANTED.pdf", caption="PLANTED")
    world.inject({"message": {"PLANTED": "PLANTED"}})
    world.inject({"a_kind_of_2030": {"PLANTED": "PLANTED"}})
    world.write(home.phone, "/help")
    await world.until(lambda: "What would you like to do?" in home.texts, within=90)
    world.block(home.phone)
    ended = await work.stop()

    lines = [json.loads(line) for line in ended.err.splitlines()]
    assert {"what", "at", "level", "where"} <= set.intersection(*(set(line) for line in lines))
    assert "an update cannot be read; set aside" in {line["what"] for line in lines}
    assert "planted" not in ended.err.casefold()
    assert "token" not in ended.err
    assert ended.out == ""


async def test_another_key_than_the_database_had_ends_with_a_sentence(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    telegram.world.faults.hang("answerCallbackQuery", 30)
    home.answer("yes")
    work = lotsen.start("run", now=DAY)
    await telegram.world.until(
        lambda: bool(telegram.world.journal.calls("answerCallbackQuery")), within=90
    )
    await work.kill()
    (lotsen.folder / "secret.key").write_text(Fernet.generate_key().decode(), "ascii")

    ended = await lotsen.command("run", now=DAY)

    assert ended.code == 1
    assert "LOTSEN_SECRET_KEY does not open this database" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


async def test_a_telegram_that_hangs_at_the_start_does_not_hold_up_a_stop(lotsen, telegram):
    telegram.world.faults.hang("getMe", 30)
    work = lotsen.start("run", now=DAY, quicker={"bot.app.ANSWER_SECONDS": 1.0})
    await telegram.world.until(lambda: bool(telegram.world.journal.calls("getMe")), within=90)

    ended = await work.stop(within=5)

    assert "Traceback" not in ended.err
