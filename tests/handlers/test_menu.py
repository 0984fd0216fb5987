from datetime import timedelta

import pytest

from messaging import join_texts, texts
from messaging.callbacks import MENU_GROUPS
from messaging.i18n import Tongue
from programme.people import Why
from tests.cast import JOINED
from tests.handlers.home import a_parent, the_other_parent
from tests.handlers.phone import Shown
from tests.handlers.wording import faults, too_long

FOUR = ("sv", "ar", "so", "en")


def menu(t: Tongue, rest: Why | None = None) -> tuple[tuple[str, str], ...]:
    return tuple((each.text, each.data) for row in texts.menu_rows(t, rest) for each in row)


async def _pages(phone):
    """Everything behind *More*, page by page."""
    pages = [*await phone.tap_data("m:more")]
    while pages[-1].buttons[-1][1].startswith("m:more"):
        pages += await phone.press(pages[-1].buttons[-1][1])
    return pages


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_of_the_menu_is_in_the_parents_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone(setting="fi")
    await phone.join(code)

    [shown] = await phone.write("/help")
    assert shown == Shown(texts.menu(t).text, menu(t))
    pages = await _pages(phone)
    [who] = await phone.press("m:who")
    assert who == Shown(texts.who_are_you(t), menu(t))
    pages += [said for group in MENU_GROUPS for said in await phone.press(f"m:{group}")]
    await phone.press("m:more4")
    [back] = await phone.tap_data("m:home")
    assert back == shown
    [unknown_page] = await phone.press("m:nonsense")
    assert unknown_page == shown
    assert faults([shown, *pages, who], t, lotsen.languages) == []
    assert too_long([shown, *pages]) == []


async def test_what_one_needs_in_a_moment_comes_first_and_the_rest_behind_more(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    [first] = await phone.write("/help")
    assert [label for label, _ in first.buttons] == ["What is coming", "Pause or stop", "More"]
    pages = await _pages(phone)
    assert [[label for label, _ in page.buttons[:-1]] for page in pages] == [
        ["Guide and places", "Talk to us"],
        ["Book a time", "Settings"],
        ["Who are you?", "My data"],
        ["Clear this chat"],
    ]
    assert [page.buttons[-1][0] for page in pages] == [*["More"] * 3, "Back"]
    assert phone.last == pages[-1]
    assert pages[0] not in phone.screen.values()  # the page took the other's place


async def test_what_is_of_one_sort_stands_on_one_page(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    groups = [await phone.press(f"m:{group}") for group in MENU_GROUPS]
    assert [[label for label, _ in page.buttons] for [page] in groups] == [
        ["Parent guide", "Places", "What's on"],
        ["Write to your team", "Talk to somebody", "Back"],
        ["Change language", "Interpreter", "Other parent"],
    ]


async def test_our_child_is_here_stands_first_only_while_a_child_is_expected(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    [before] = await phone.press("m:more")
    assert "m:born" not in [data for _, data in before.buttons]
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-01'")

    [expecting] = await phone.press("m:more")
    assert expecting.buttons[0] == ("Our child is here", "m:born")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET silent = true")
    [silent] = await phone.press("m:more")
    assert "m:born" not in [data for _, data in silent.buttons]


def test_the_way_back_has_its_own_words_for_each_rest(languages):
    t = languages.get("en")
    middle = [menu(t, rest)[1] for rest in (None, Why.STOPPED, Why.PAUSED, Why.AWAY)]
    assert middle == [
        ("Pause or stop", "m:pause"),
        ("Start again", "u"),
        ("Start again", "u"),
        ("We are back", "b"),
    ]


@pytest.mark.parametrize("code", FOUR)
async def test_who_gets_nothing_sees_the_way_back_under_every_menu(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    last = (JOINED + timedelta(days=7)).date().isoformat()
    for act, why in (("s", Why.STOPPED), (f"p:0:{last}", Why.PAUSED), (f"p:1:{last}", Why.AWAY)):
        await phone.press(act)

        said = [*await phone.write("/help"), *await phone.write("?"), *await phone.press("junk")]
        said += await phone.press("m:who")
        assert [each.buttons for each in said] == [menu(t, why)] * 4, why
        assert faults(said, t, lotsen.languages) == []
        behind = [data for page in await _pages(phone) for _, data in page.buttons]
        assert "m:pause" in behind  # the other choices stay
        await phone.press("b" if why is Why.AWAY else "u")
        [again] = await phone.write("/help")
        assert again.buttons == menu(t)


async def test_who_we_are_names_the_employer_of_the_family_s_own_area(lotsen):
    phone = lotsen.phone()
    await phone.join("ar")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE area SET employer = 'Öster & <b>Co' WHERE name='Hjällbo'")

    [who] = await phone.press("m:who")

    assert "\u2068Öster &amp; &lt;b&gt;Co\u2069" in who.text
    assert faults([who], lotsen.languages.get("ar"), lotsen.languages) == []


@pytest.mark.parametrize("way", ["/language", "m:language"])
async def test_a_parent_changes_language_and_everything_after_is_in_the_new_one(lotsen, way):
    phone = lotsen.phone()
    await phone.join("so")

    [choice] = await (phone.write(way) if way.startswith("/") else phone.press(way))
    assert choice.text == join_texts.choose_language(lotsen.languages).text
    [changed] = await phone.tap("العربية")
    later = [changed, *await phone.write("/help"), *await phone.write("?")]

    t = lotsen.languages.get("ar")
    assert changed == Shown(join_texts.language_set(t), menu(t))
    assert faults(later, t, lotsen.languages) == []
    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == "ar"
    assert lotsen.line.menus[phone.id][0] == t.gettext("What is coming")


async def test_the_choice_of_language_is_replaced_by_its_answer(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/language")
    before = len(phone.screen)

    await phone.tap_data("l:sv")

    assert len(phone.screen) == before
    assert phone.last.text == join_texts.language_set(lotsen.languages.get("sv"))


@pytest.mark.parametrize("code", ["xx", "", "sv ", "SV", "../sv", "a" * 60])
async def test_an_unknown_language_is_asked_for_again_and_changes_nothing(lotsen, code):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.press(f"l:{code}")

    assert [data for _, data in said.buttons] == ["l:sv", "l:ar", "l:so", "l:en", "lo:0"]
    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == "so"


async def test_one_parent_s_choices_do_not_touch_the_other_s(lotsen):
    amina, family_id = await a_parent(lotsen, "so")
    yusuf = await the_other_parent(lotsen, family_id)
    await amina.write("/stop")
    await amina.press("f:1")
    await amina.press("l:sv")

    [his] = await lotsen.rows("guardian", chat_id=yusuf.id)
    assert (his.language, his.fewer) == ("ar", False)
    assert await lotsen.rows("rest", guardian_id=his.id) == []
    assert len(await lotsen.rows("guardian", family_id=family_id)) == 2
    assert lotsen.line.chats[yusuf.id] == yusuf.screen
