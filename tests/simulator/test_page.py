"""The page in a real browser: phones, bubbles, directions, buttons."""

import pytest

from simulator import ShiftedClock, World, start
from simulator.contents import grey_picture
from tests.browser import barriers, chromium, page_at
from tests.sounds import tone

pytestmark = pytest.mark.slow

MIXED = "Hembesök på torsdag\nزيارة منزلية يوم الخميس\n\u2068Anna\u2069 تأتي إليكم\n10:00"
SMALL = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One Chromium for all of them."""
    with chromium(tmp_path_factory.mktemp("chromium")) as address:
        yield address


@pytest.fixture
def browser_page(browser):
    """Opens a page: `browser_page(url, **what the visitor's browser is like)`."""
    return lambda url, **context: page_at(browser, url, **context)


async def direction(page, text):
    line = page.locator(".line", has_text=text).first
    style = "e => [getComputedStyle(e).direction, getComputedStyle(e).unicodeBidi]"
    return await line.evaluate(style)


async def test_a_family_talks_with_the_bot_on_the_page(browser_page, rig):
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


async def test_a_key_hands_over_the_position_and_the_keys_go_away(browser_page, rig, amina):
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


async def test_a_voice_from_a_file_is_sent_and_can_be_played(browser_page, rig, amina, tmp_path):
    await rig.ok("sendMessage", chat_id=amina.id, text="Speak")
    spoken = tmp_path / "spoken.ogg"
    spoken.write_bytes(tone(seconds=1.6))
    async with browser_page(rig.url) as page:
        await page.get_by_role("button", name="Send something else").click()
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("menuitem", name="Voice from a file").click()
        await (await chooser.value).set_files(spoken)
        await page.get_by_role("button", name="Play voice message, 2 seconds").wait_for()
        player = page.locator("audio")
        ready = (
            "e => new Promise(r => { e.oncanplay = () => r(e.readyState); e.preload = 'auto'; })"
        )
        assert await player.evaluate(ready) >= 3  # the browser can play it
    told = rig.world.bot.updates.current()[-1].body["message"]["voice"]
    assert told["duration"] == 2
    assert rig.world.files.get(told["file_id"]).content == spoken.read_bytes()


async def test_edits_deletions_and_blocking_show(browser_page, rig, amina):
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


async def test_a_long_chat_opens_at_its_end_and_the_menu_speaks_the_phones_language(
    browser_page, rig, amina
):
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


async def test_the_page_moves_a_clock_of_its_own_if_it_has_one(browser_page, rig):
    clock = ShiftedClock()
    world = World(clock.now)
    runner, port = await start(world, "127.0.0.1", 0, clock=clock)
    before = world.now()
    async with browser_page(f"http://127.0.0.1:{port}") as page:
        await page.get_by_role("button", name="+ day").click()
        await world.until(lambda: (world.now() - before).days == 1)
    await runner.cleanup()


async def test_what_people_write_is_never_run(browser_page, rig, amina):
    trap = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'
    rig.world.write(amina, trap)
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "tg://x/javascript:alert(1)"}
    await rig.ok("sendMessage", chat_id=amina.id, text="link", entities=[link])
    async with browser_page(rig.url) as page:
        await page.get_by_text(trap).first.wait_for()
        assert await page.title() == "Phones"


LONG = "<b>Ny</b> <i>tid</i> https://x.test <code>1</code>\n<blockquote>Vi ses</blockquote>\nslut"


async def fill(rig, amina):
    """A chat with everything that a bubble can hold, nothing of it an only kind."""
    rows = [[{"text": "Haa", "callback_data": "y"}, {"text": "Maya", "url": "https://x.test/"}]]
    html = {"chat_id": amina.id, "parse_mode": "HTML"}
    keys = {"inline_keyboard": rows}
    first = await rig.ok("sendMessage", text=LONG, reply_markup=keys, **html)
    await rig.ok("sendMessage", text=MIXED, **html)
    changed = {"chat_id": amina.id, "message_id": first["message_id"]}
    await rig.ok("editMessageText", text=LONG + ".", parse_mode="HTML", **changed)
    for number in range(2):
        one = await rig.ok("sendMessage", text=f"gone {number}", **html)
        await rig.ok("deleteMessage", chat_id=amina.id, message_id=one["message_id"])
    place = {
        "latitude": 57.77,
        "longitude": 12.03,
        "title": "Familjecentral",
        "address": "Torget 1",
    }
    await rig.ok("sendVenue", chat_id=amina.id, **place)
    for kind, more in (
        ("voice", {"content": tone(seconds=0.4), "duration": 1}),
        ("photo", {"content": grey_picture(), "caption": "Sawir"}),
        ("document", {"name": "visit.ics", "mime": "text/calendar"}),
        ("contact", {}),
        ("sticker", {}),
    ):
        rig.world.send(amina, kind, **more)
    rig.world.write(amina, "haye")


async def test_nothing_on_the_page_keeps_anybody_out(browser_page, rig, amina):
    await rig.ok("setMyCommands", commands=[{"command": "plan", "description": "Qorshaha"}])
    await fill(rig, amina)
    markup = {"keyboard": [[{"text": "Hagaag"}]]}
    await rig.ok("sendMessage", chat_id=amina.id, text="?", reply_markup=markup)
    async with browser_page(rig.url, **SMALL, color_scheme="dark") as page:
        await page.get_by_role("button", name="Hagaag").wait_for()
        assert await barriers(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        await page.set_viewport_size({"width": 1280, "height": 800})
        await page.get_by_role("button", name="Dark").click()
        await page.get_by_role("button", name="Commands").click()
        assert await barriers(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Add a phone").click()
        assert await barriers(page) == []


async def test_a_chat_shows_what_hangs_together_and_what_has_gone(browser_page, rig, amina):
    await fill(rig, amina)
    async with browser_page(rig.url) as page:
        log = page.get_by_role("log")
        await log.get_by_text("2 deleted messages").wait_for()
        assert await log.get_by_text("Today", exact=True).count() == 1
        theirs = log.locator(".theirs:has(.bubble)")
        tails = await theirs.evaluate_all("all => all.map(e => e.classList.contains('tailed'))")
        assert tails == [False, True, True]  # the deleted ones stand before the last
        await theirs.first.locator(".foot", has_text="edited").wait_for()
        await rig.ok("sendChatAction", chat_id=amina.id, action="typing")
        await page.locator(".subtitle", has_text="typing").wait_for()
        rig.clock.advance(days=1)
        await rig.ok("sendMessage", chat_id=amina.id, text="the day after")
        await log.get_by_text("Yesterday", exact=True).wait_for()


async def test_what_came_to_a_phone_that_was_not_in_sight_is_counted_until_it_is(
    browser_page, rig, amina
):
    yusuf = rig.world.person("Yusuf", "ar", about={"sv": "pappa", "en": "father"}, in_front=1)
    rig.world.start(yusuf)
    async with browser_page(rig.url, **SMALL) as page:
        listed = page.get_by_role("button", name="Amina")
        assert await page.locator(".phone").count() == 1  # only whom the demo puts in front
        await listed.click()
        await page.locator(".entry[aria-current]", has_text="Amina").wait_for()
        await page.get_by_role("button", name="Yusuf").click()
        await page.locator(".entry[aria-current]", has_text="Yusuf").wait_for()
        for number in (1, 2):
            await rig.ok("sendMessage", chat_id=amina.id, text=f"number {number}")
            await listed.locator(".unread", has_text=f"{number} unread").wait_for()
        await listed.click()
        await page.get_by_text("Unread messages").wait_for()
        await listed.locator(".unread").wait_for(state="detached")
    assert rig.world.view(amina)["unread"] == 0


async def test_the_page_speaks_swedish_and_remembers_light_or_dark(browser_page, rig, amina):
    async with browser_page(rig.url, locale="sv-SE") as page:
        await page.get_by_role("region", name="Telefon: Amina").wait_for()
        await page.get_by_role("button", name="Mörkt").click()
        await page.get_by_role("button", name="In English").click()
        await page.get_by_role("region", name="Amina's phone").wait_for()
        looks = "[getComputedStyle(document.body).colorScheme, document.documentElement.lang]"
        assert await page.evaluate(looks) == ["dark", "en"]
