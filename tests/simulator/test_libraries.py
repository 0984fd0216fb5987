"""Both client libraries work against the simulator unmodified."""

import aiogram.exceptions as aio
import pytest
import telegram.error as ptb
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from telegram import InlineKeyboardButton as PtbButton
from telegram import InlineKeyboardMarkup as PtbMarkup
from telegram import InputMediaPhoto
from telegram.ext import ExtBot

from simulator.contents import grey_picture
from simulator.voices import TWO_TONES


@pytest.fixture
async def aiogram_bot(rig):
    bot = Bot(rig.token, session=AiohttpSession(api=TelegramAPIServer.from_base(rig.url)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def ptb_bot(rig):
    base = {"base_url": f"{rig.url}/bot", "base_file_url": f"{rig.url}/file/bot"}
    async with ExtBot(rig.token, **base) as bot:
        yield bot


async def test_aiogram_talks_and_is_talked_to(rig, amina, aiogram_bot):
    bot = aiogram_bot
    assert (await bot.get_me()).username == "LotsenDemoBot"
    button = InlineKeyboardButton(text="Ja", callback_data="yes")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await bot.send_message(amina.id, "<b>Hej</b>", parse_mode="HTML", reply_markup=markup)
    assert (sent.text, sent.entities[0].type) == ("Hej", "bold")
    press = rig.world.press(amina, button="Ja")
    rig.world.block(amina)
    rig.world.unblock(amina)
    *_, query, kicked, back = await bot.get_updates()
    assert query.callback_query.message.message_id == sent.message_id
    assert kicked.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member.new_chat_member.status == "member"
    await query.callback_query.answer("Tack")
    assert press.answer["text"] == "Tack"
    edited = await sent.edit_text("Klart")
    assert edited.text == rig.world.last(amina).text == "Klart"
    await edited.delete()


async def test_aiogram_sends_every_kind(rig, amina, aiogram_bot):
    bot = aiogram_bot
    photo = await bot.send_photo(amina.id, BufferedInputFile(grey_picture(), "a.png"), caption="c")
    assert (photo.photo[-1].width, photo.caption) == (240, "c")
    again = await bot.send_photo(amina.id, photo.photo[-1].file_id)
    assert again.photo
    document = await bot.send_document(amina.id, BufferedInputFile(b"X", "a.ics"))
    file = await bot.get_file(document.document.file_id)
    assert (await bot.download_file(file.file_path)).read() == b"X"
    assert (await bot.send_voice(amina.id, BufferedInputFile(TWO_TONES, "a.ogg"))).voice
    assert (await bot.send_venue(amina.id, 57.7, 12.0, "BVC", "Gatan 1")).venue.title == "BVC"
    assert (await bot.send_location(amina.id, 57.7, 12.0)).location.latitude == 57.7
    assert (await bot.get_chat(amina.id)).first_name == "Amina"
    assert await bot.send_chat_action(amina.id, "typing")


async def test_aiogram_reads_everything_people_send(rig, amina, aiogram_bot):
    for kind in ("sticker", "voice", "photo", "document", "contact", "location"):
        rig.world.send(amina, kind)
    rig.world.forward(amina, "x")
    rig.world.edit(amina, rig.world.write(amina, "a").id, "b")
    group = rig.world.make_group("G", amina)
    rig.world.add_bot(group.id, amina)
    rig.world.upgrade(group.id)
    assert len(await aiogram_bot.get_updates()) == 14


async def test_aiogram_raises_the_right_errors(rig, amina, aiogram_bot):
    send = aiogram_bot.send_message
    faults = rig.world.faults
    with pytest.raises(aio.TelegramBadRequest, match="message text is empty"):
        await send(amina.id, "")
    with pytest.raises(aio.TelegramForbiddenError, match="can't initiate"):
        await send(rig.world.person("Dan").id, "x")
    faults.too_many("sendMessage", 7)
    with pytest.raises(aio.TelegramRetryAfter) as caught:
        await send(amina.id, "x")
    assert caught.value.retry_after == 7
    faults.migrated(amina.id, -1004100000001)
    with pytest.raises(aio.TelegramMigrateToChat):
        await send(amina.id, "x")
    faults.cut("sendMessage")
    with pytest.raises(aio.TelegramNetworkError):
        await send(amina.id, "x")
    faults.error("sendMessage", 502)
    with pytest.raises(aio.TelegramServerError):
        await send(amina.id, "x")
    faults.html("sendMessage")
    with pytest.raises(aio.ClientDecodeError):
        await send(amina.id, "x")


async def test_aiograms_own_polling_runs(rig, amina, aiogram_bot):
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message):
        await message.answer(f"echo {message.text}")
        await dispatcher.stop_polling()

    await dispatcher.start_polling(aiogram_bot, handle_signals=False, close_bot_session=False)
    assert rig.world.last(amina).text == "echo /start"


async def test_ptb_talks(rig, amina, ptb_bot):
    markup = PtbMarkup([[PtbButton("Ja", callback_data="yes")]])
    sent = await ptb_bot.send_message(
        amina.id, "<i>Hej</i>", parse_mode="HTML", reply_markup=markup
    )
    assert (ptb_bot.username, sent.text) == ("LotsenDemoBot", "Hej")
    press = rig.world.press(amina, button="Ja")
    query = (await ptb_bot.get_updates())[-1].callback_query
    await query.answer("Tack")
    assert press.answer["text"] == "Tack"
    assert (await query.edit_message_text("Klart")).text == "Klart"
    document = await ptb_bot.send_document(amina.id, b"X", filename="a.ics", caption="c")
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"X"
    assert (await ptb_bot.send_photo(amina.id, grey_picture())).photo
    assert (await ptb_bot.send_venue(amina.id, 57.7, 12.0, "BVC", "Gatan 1")).venue
    assert await ptb_bot.set_my_commands([("help", "Hjälp")], language_code="sv")
    assert (await ptb_bot.get_my_commands(language_code="sv"))[0].description == "Hjälp"
    assert (await ptb_bot.get_chat(amina.id)).first_name == "Amina"
    assert (await ptb_bot.get_webhook_info()).url == ""


async def test_ptb_raises_the_right_errors(rig, amina, ptb_bot):
    faults = rig.world.faults
    with pytest.raises(ptb.BadRequest, match="Message is too long"):
        await ptb_bot.send_message(amina.id, "x" * 4097)
    faults.too_many("sendMessage", 7)
    with pytest.raises(ptb.RetryAfter):
        await ptb_bot.send_message(amina.id, "x")
    faults.migrated(amina.id, -1004100000001)
    with pytest.raises(ptb.ChatMigrated):
        await ptb_bot.send_message(amina.id, "x")
    faults.cut("sendMessage", after=True)
    with pytest.raises(ptb.NetworkError):
        await ptb_bot.send_message(amina.id, "x")
    assert len(rig.world.from_bot(amina)) == 1
    rig.world.block(amina)
    with pytest.raises(ptb.Forbidden, match="blocked by the user"):
        await ptb_bot.send_message(amina.id, "x")


async def test_a_second_poller_is_a_conflict_in_both(rig, amina, ptb_bot, aiogram_bot):
    rig.world.faults.error("getUpdates", 409, "Conflict: terminated by other", times=2)
    with pytest.raises(ptb.Conflict):
        await ptb_bot.get_updates()
    with pytest.raises(aio.TelegramConflictError):
        await aiogram_bot.get_updates()


async def test_a_picture_is_exchanged_for_one_that_is_here_already(rig, amina, ptb_bot):
    first = await ptb_bot.send_photo(amina.id, grey_picture(8, 8), caption="One")
    other = await ptb_bot.send_photo(amina.id, grey_picture(9, 9))
    where = {"chat_id": amina.id, "message_id": first.message_id}
    media = InputMediaPhoto(other.photo[-1].file_id, caption="<b>Two</b>", parse_mode="HTML")
    edited = await ptb_bot.edit_message_media(media, **where)
    assert (edited.caption, edited.photo[-1].width) == ("Two", 9)
    with pytest.raises(ptb.BadRequest, match="not modified"):
        await ptb_bot.edit_message_media(media, **where)
    text = await ptb_bot.send_message(amina.id, "no picture")
    with pytest.raises(ptb.BadRequest, match="no media"):
        await ptb_bot.edit_message_media(media, chat_id=amina.id, message_id=text.message_id)
