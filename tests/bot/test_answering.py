import pytest

from messaging.commands import COMMANDS
from tests.bot.working import at_work, with_visits
from tests.end_to_end.town import BOT


def nothing_open(lotsen) -> bool:
    return not lotsen.look("SELECT * FROM inbox WHERE state IN ('new', 'done')")


TROUBLE = {
    "a server error": lambda faults, **on: faults.error(status=500, **on),
    "a proxy's page": lambda faults, **on: faults.html(status=502, **on),
    "half a JSON object": lambda faults, **on: faults.garbage(**on),
    "a cut line": lambda faults, **on: faults.cut(**on),
    "too many requests": lambda faults, **on: faults.too_many(retry_after=1, **on),
}


@pytest.mark.slow
@pytest.mark.parametrize("trouble", TROUBLE)
async def test_trouble_while_answering_ends_in_one_answer(lotsen, telegram, trouble):
    one, other = await with_visits(lotsen, 2)
    for method in ("answerCallbackQuery", "sendMessage", "editMessageText"):
        TROUBLE[trouble](telegram.world.faults, method=method)
    press = one.answer("yes")

    async with at_work(lotsen):
        await telegram.world.until(lambda: press.answered and one.texts)
        telegram.world.write(one.phone, "/language")
        await telegram.world.until(lambda: telegram.world.last(one.phone).buttons)
        telegram.world.press(one.phone, data="l:sv")
        swedish = "Nu skriver jag på svenska."
        await telegram.world.until(lambda: swedish in one.texts)
        telegram.world.write(other.phone, "/help")
        await telegram.world.until(lambda: other.texts)

    assert len(one.texts) == 2  # the thanks, and the choice that became its answer
    assert len(other.texts) == 1


@pytest.mark.slow
async def test_an_edit_whose_answer_was_lost_is_not_said_a_second_time(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    telegram.world.faults.cut("editMessageText", after=True)
    telegram.world.write(home.phone, "/language")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
        telegram.world.press(home.phone, data="l:so")
        await telegram.world.until(lambda: nothing_open(lotsen))

    assert len(home.texts) == 1
    assert lotsen.look("SELECT language FROM guardian")[0]["language"] == "so"


async def test_an_answer_that_telegram_cannot_read_is_said_without_its_marks(
    lotsen, telegram, caplog
):
    [home] = await with_visits(lotsen, 1)
    refusal = "Bad Request: can't parse entities: Unsupported start tag"
    telegram.world.faults.error("sendMessage", 400, refusal)
    telegram.world.write(home.phone, "/help")
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    marked, bare = telegram.world.journal.calls("sendMessage")
    assert marked.params["parse_mode"] == "HTML"
    assert "parse_mode" not in bare.params
    assert bare.params["reply_markup"] == marked.params["reply_markup"]
    assert "could not read a text" in caplog.text


@pytest.mark.slow
async def test_an_answer_that_cannot_be_said_is_given_up_and_the_chat_goes_on(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    telegram.world.faults.error("sendMessage", 400, "Bad Request: message is too long")
    telegram.world.faults.error("sendMessage", 403, "Forbidden: user is deactivated", skip=1)
    for _ in range(3):
        telegram.world.write(home.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
        await telegram.world.until(lambda: nothing_open(lotsen))

    assert len(home.texts) == 1


async def test_the_bot_s_own_name_in_a_command_is_not_asked_for_again(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    telegram.world.write(home.phone, f"/help@{BOT}")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)

    assert home.texts == ["What would you like to do?"]
    assert len(telegram.world.journal.calls("getMe")) == 1


async def test_a_menu_that_telegram_does_not_take_at_start_keeps_nobody_from_the_chat(
    lotsen, telegram
):
    [home] = await with_visits(lotsen, 1)
    telegram.world.faults.too_many("setMyCommands", 3000, times=None)
    telegram.world.write(home.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)


async def test_the_command_menus_are_shown_in_every_language_at_start(lotsen, telegram, languages):
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))

    for phone_language, code in (("ar", "ar"), ("so", "so"), ("en", "en"), ("fi", "sv")):
        person = telegram.world.person("Somebody", phone_language)
        shown = [each["description"] for each in telegram.world.commands(person)]
        t = languages.get(code)
        assert shown == [t.gettext(text) for text in COMMANDS.values()]
