"""The page in a real browser: phones, bubbles, directions, buttons."""

import os
import shutil
from contextlib import asynccontextmanager

import pytest

from simulator import ShiftedClock, World, start
from tests.sounds import tone

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MIXED = "Hembesök på torsdag\nزيارة منزلية يوم الخميس\n\u2068Anna\u2069 تأتي إليكم\n10:00"


@asynccontextmanager
async def browser_page(url, **context):
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("NO CHROMIUM: the page was NOT tested. Install chromium and run this again.")
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await (await browser.new_context(**context)).new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda m: m.type == "error" and page.faults.append(m.text))
        page.set_default_timeout(8000)
        await page.goto(url)
        yield page
        assert page.faults == []
        await browser.close()


async def direction(page, text):
    line = page.locator(".line", has_text=text).first
    style = "e => [getComputedStyle(e).direction, getComputedStyle(e).unicodeBidi]"
    return await line.evaluate(style)


async def test_a_family_talks_with_the_bot_on_the_page(rig):
    rig.world.bot_for(rig.token)
    async with browser_page(rig.url) as page:
        await page.get_by_role("button", name="Add a phone").click()
        await page.get_by_label("Name").fill("أمينة")
        await page.get_by_label("Language").select_option("ar")
        await page.get_by_role("button", name="Add", exact=True).click()
        phone = page.get_by_role("region", name="أمينة's phone")
        await phone.get_by_label("Start code or link").fill("https://t.me/LotsenDemoBot?start=a1")
        await phone.get_by_role("button", name="START").click()
        await phone.get_by_text("/start a1").wait_for()

        person = next(iter(rig.world.people.values()))
        assert (person.first_name, person.language_code) == ("أمينة", "ar")
        markup = {"inline_keyboard": [[{"text": "نعم", "callback_data": "yes"}]]}
        await rig.ok("sendMessage", chat_id=person.id, text=MIXED, reply_markup=markup)
        await phone.get_by_text("Hembesök").wait_for()
        assert await direction(page, "Hembesök") == ["ltr", "isolate"]
        assert await direction(page, "زيارة") == ["rtl", "isolate"]
        assert await direction(page, "Anna") == ["rtl", "isolate"]

        await phone.get_by_role("button", name="نعم").click()
        await rig.world.until(lambda: rig.world.presses)
        (press,) = rig.world.presses.values()
        assert (press.data, press.person) == ("yes", person)
        query = (await rig.ok("getUpdates"))[-1]["callback_query"]
        await rig.ok("answerCallbackQuery", callback_query_id=query["id"], text="شكرا")
        await phone.get_by_role("status").get_by_text("شكرا").wait_for()

        await phone.get_by_label("Message", exact=True).fill("مرحبا")
        await page.keyboard.press("Enter")
        await rig.world.until(lambda: rig.world.messages(person)[-1].text == "مرحبا")


async def test_a_key_hands_over_the_position_and_the_keys_go_away(rig, amina):
    keys = [[{"text": "Here I am", "request_location": True}], [{"text": "Not now"}]]
    markup = {"keyboard": keys, "one_time_keyboard": True}
    await rig.ok("sendMessage", chat_id=amina.id, text="Where?", reply_markup=markup)
    async with browser_page(rig.url) as page:
        await page.get_by_role("button", name="Here I am").click()
        await rig.world.until(lambda: "location" in rig.world.messages(amina)[-1].content)
        await page.get_by_role("button", name="Not now").wait_for(state="detached")
        gone = {"remove_keyboard": True}
        await rig.ok("sendMessage", chat_id=amina.id, text="Thanks", reply_markup=gone)
        await page.get_by_role("log").get_by_text("Thanks", exact=True).wait_for()
        assert await page.get_by_role("button", name="Here I am").count() == 0
    place = rig.world.bot.updates.current()[-1].body["message"]["location"]
    assert set(place) >= {"latitude", "longitude"}


async def test_a_voice_from_a_file_is_sent_and_can_be_played(rig, amina, tmp_path):
    await rig.ok("sendMessage", chat_id=amina.id, text="Speak")
    spoken = tmp_path / "spoken.ogg"
    spoken.write_bytes(tone(seconds=1.6))
    async with browser_page(rig.url) as page:
        await page.get_by_role("button", name="Send something else").click()
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("menuitem", name="Voice from a file").click()
        await (await chooser.value).set_files(spoken)
        player = page.get_by_label("Voice message, 2 seconds")
        await player.wait_for()
        ready = (
            "e => new Promise(r => { e.oncanplay = () => r(e.readyState); e.preload = 'auto'; })"
        )
        assert await player.evaluate(ready) >= 3  # the browser can play it
    told = rig.world.bot.updates.current()[-1].body["message"]["voice"]
    assert told["duration"] == 2
    assert rig.world.files.get(told["file_id"]).content == spoken.read_bytes()


async def test_edits_deletions_and_blocking_show(rig, amina):
    sent = [await rig.ok("sendMessage", chat_id=amina.id, text=t) for t in ("old", "secret")]
    one, two = ({"chat_id": amina.id, "message_id": m["message_id"]} for m in sent)
    async with browser_page(rig.url) as page:
        await page.get_by_role("log").get_by_text("secret", exact=True).wait_for()
        await rig.ok("editMessageText", text="new", **one)
        await rig.ok("deleteMessage", **two)
        await page.locator(".bubble", has_text="new").get_by_text("edited").wait_for()
        await page.get_by_text("Message deleted").wait_for()
        assert await page.locator(".bubble", has_text="secret").count() == 0
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Block the bot").click()
        await page.get_by_text("TAP TO COME BACK").click()
        await page.get_by_label("Message", exact=True).wait_for()
    kinds = [update.kind for update in rig.world.bot.updates.current()]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_a_long_chat_opens_at_its_end_and_the_menu_speaks_the_phones_language(rig, amina):
    for number in range(60):
        await rig.ok("sendMessage", chat_id=amina.id, text=f"message {number}")
    commands = [{"command": "jooji", "description": "Jooji farriimaha"}]
    await rig.ok("setMyCommands", commands=commands, language_code="so")
    async with browser_page(rig.url, viewport={"width": 390, "height": 800}) as page:
        last = page.get_by_text("message 59", exact=True).last
        await last.wait_for()
        log = page.get_by_role("log")
        to_end = "e => e.scrollHeight - e.scrollTop - e.clientHeight"
        assert await log.evaluate(to_end) < 2
        await rig.ok("sendMessage", chat_id=amina.id, text="one more")
        await page.get_by_text("one more", exact=True).last.wait_for()
        assert await log.evaluate(to_end) < 2
        await log.evaluate("e => { e.scrollTop = 100; }")
        await page.get_by_role("button", name="To the newest message").wait_for()
        await rig.ok("sendMessage", chat_id=amina.id, text="not now")
        await page.locator(".message", has_text="not now").wait_for(state="attached")
        assert await log.evaluate("e => e.scrollTop") == 100
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390
        await page.get_by_role("button", name="Commands").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await rig.world.until(lambda: rig.world.messages(amina)[-1].text == "/jooji")


async def test_the_page_moves_a_clock_of_its_own_if_it_has_one(rig):
    clock = ShiftedClock()
    world = World(clock.now)
    runner, port = await start(world, "127.0.0.1", 0, clock=clock)
    before = world.now()
    async with browser_page(f"http://127.0.0.1:{port}") as page:
        await page.get_by_role("button", name="+ day").click()
        await world.until(lambda: (world.now() - before).days == 1)
    await runner.cleanup()


async def test_what_people_write_is_never_run(rig, amina):
    trap = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'
    rig.world.write(amina, trap)
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "tg://x/javascript:alert(1)"}
    await rig.ok("sendMessage", chat_id=amina.id, text="link", entities=[link])
    async with browser_page(rig.url) as page:
        await page.get_by_text(trap).first.wait_for()
        assert await page.title() == "Phones"
