from datetime import timedelta

import pytest

from messaging import join_texts, reason_texts, texts
from messaging.commands import commands
from messaging.keyboards import Message
from tests.cast import JOINED, local
from tests.databases import KINDS
from tests.handlers.phone import Shown
from tests.handlers.wording import faults, too_long
from tests.rows import resting, rows

FOUR = ("sv", "ar", "so", "en")


def shown(message: Message) -> Shown:
    """The message as it stands on a phone."""
    buttons = tuple((each.text, each.data) for row in message.rows for each in row)
    return Shown(message.text, buttons)


@pytest.fixture(params=KINDS)
def database_kind(request):
    """The one story of the chat that is lived through on both."""
    return request.param


@pytest.mark.parametrize("code", FOUR)
async def test_joining_takes_four_taps_in_one_language_from_the_first_answer_on(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone(setting="fr")

    [asked] = await phone.start(await lotsen.invite())
    names = [each.own_name for each in lotsen.languages]
    assert [label for label, _ in asked.buttons] == [*names, "Annat språk / Another language"]
    [consent] = await phone.tap(t.own_name)
    thanks, question = await phone.tap_data("c:1")
    welcome, trust = await phone.tap_data("e:1")

    assert phone.taps <= 4
    said = [consent, thanks, question, welcome, trust]
    assert faults(said, t, lotsen.languages) == []
    assert welcome.text == join_texts.welcome(t)
    assert trust.text == join_texts.trust_note(t)
    assert trust.buttons == shown(texts.menu(t)).buttons
    if code in {"sv", "en"}:
        assert too_long(said) == []


@pytest.mark.parametrize("code", FOUR)
async def test_the_question_tells_what_is_saved_who_sees_it_and_that_it_is_voluntary(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())

    [consent] = await phone.tap(t.own_name)

    assert join_texts.what_we_save(t) in consent.text
    assert "Telegram" in consent.text
    assert [data for _, data in consent.buttons] == ["c:1", "c:0"]


async def test_who_joined_is_kept_with_language_consent_and_answer(lotsen):
    phone = lotsen.phone()

    await phone.join("so")

    [guardian] = await lotsen.rows("guardian")
    assert (guardian.chat_id, guardian.language) == (phone.id, "so")
    assert guardian.active_since == JOINED
    [consent] = await lotsen.rows("consent")
    assert (consent.guardian_id, consent.language, consent.given_at) == (guardian.id, "so", JOINED)
    [family] = await lotsen.rows("family")
    assert family.eligible is True
    assert await lotsen.rows("conversation") == []


async def test_nothing_of_the_person_is_kept_before_the_yes(lotsen):
    phone = lotsen.phone()

    await phone.start(await lotsen.invite())
    await phone.tap_data("l:ar")

    assert await lotsen.rows("guardian") == []
    assert await lotsen.rows("consent") == []
    assert {row.what for row in await lotsen.rows("tally")} == {"registered"}


@pytest.mark.parametrize("code", FOUR)
async def test_who_is_not_of_the_programme_is_told_so_and_welcomed(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data(f"l:{code}")
    await phone.tap_data("c:1")

    said = await phone.tap_data("e:0")

    assert said[0].text == join_texts.not_eligible_ack(t)
    assert faults(said, t, lotsen.languages) == []
    [family] = await lotsen.rows("family")
    assert family.eligible is False


@pytest.mark.parametrize("code", FOUR)
async def test_no_is_as_easy_as_yes_and_the_chat_is_forgotten(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data(f"l:{code}")

    said = await phone.tap_data("c:0")
    assert said[0].text == join_texts.consent_no(t)
    said += await phone.tap_data("rm:")
    said += await phone.tap_data("rm:")
    said += await phone.tap(t.gettext(reason_texts.REASONS["skip"]))

    assert faults(said, t, lotsen.languages) == []
    assert said[-1].text == reason_texts.thanks(t)
    for table in ("guardian", "consent", "answer", "item", "outbox", "conversation"):
        assert await lotsen.rows(table) == [], table
    counted = [(row.what, row.detail) for row in await lotsen.rows("tally")]
    assert counted == [("registered", None), ("declined_chat", None), ("reason_no_chat", "skip")]


async def test_after_a_no_the_same_link_still_opens(lotsen):
    phone, code = lotsen.phone(), await lotsen.invite()
    await phone.start(code)
    await phone.tap_data("l:en")
    await phone.tap_data("c:0")

    await phone.join("en", code)

    assert len(await lotsen.rows("guardian")) == 1


async def test_without_a_link_one_is_told_where_to_get_it(lotsen):
    for t in lotsen.languages:
        phone = lotsen.phone()
        await phone.start()

        [said] = await phone.tap(t.own_name)

        assert said.text == join_texts.need_link(t)
        assert faults([said], t, lotsen.languages) == []


@pytest.mark.parametrize("code", FOUR)
async def test_a_link_that_does_not_open_says_why(lotsen, code):
    t = lotsen.languages.get(code)
    used = await lotsen.invite()
    await lotsen.phone().join("en", used)
    expired = await lotsen.invite()
    for link, words in (
        ("no-such-code", join_texts.link_unknown),
        ("x" * 64, join_texts.link_unknown),
        ("åäö'; DROP TABLE invite; --", join_texts.link_unknown),
        (used, join_texts.link_used),
    ):
        phone = lotsen.phone()
        await phone.start(link)
        [said] = await phone.tap(t.own_name)
        assert said.text == words(t)
        assert faults([said], t, lotsen.languages) == []
    lotsen.clock.set(JOINED + timedelta(days=30))
    late = lotsen.phone()
    await late.start(expired)
    [said] = await late.tap(t.own_name)
    assert said.text == join_texts.link_expired(t)


async def test_a_link_opens_to_its_last_minute(lotsen):
    phone, code = lotsen.phone(), await lotsen.invite()
    lotsen.clock.set(JOINED + timedelta(days=30, seconds=-1))

    await phone.join("en", code)

    assert len(await lotsen.rows("guardian")) == 1


async def test_a_link_used_by_another_while_one_thinks_is_refused_at_the_yes(lotsen):
    code = await lotsen.invite()
    slow, quick = lotsen.phone(), lotsen.phone()
    await slow.start(code)
    await slow.tap_data("l:sv")
    await quick.join("en", code)

    [said] = await slow.tap_data("c:1")

    assert said.text == join_texts.link_used(lotsen.languages.get("sv"))
    assert [row.chat_id for row in await lotsen.rows("guardian")] == [quick.id]


async def test_a_link_that_expires_while_one_thinks_is_refused_at_the_yes(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:en")
    lotsen.clock.set(JOINED + timedelta(days=31))

    [said] = await phone.tap_data("c:1")

    assert said.text == join_texts.link_expired(lotsen.languages.get("en"))
    assert await lotsen.rows("guardian") == []


async def test_a_parent_who_starts_again_is_in_already(lotsen):
    phone = lotsen.phone()
    await phone.join("so")
    t = lotsen.languages.get("so")

    for code in ("", "no-such-code", await lotsen.invite()):
        [said] = await phone.start(code)
        assert said.text == join_texts.already_in(t)
        assert said.buttons == shown(texts.menu(t)).buttons

    assert len(await lotsen.rows("guardian")) == 1
    assert await lotsen.rows("conversation") == []


async def test_a_parent_who_stopped_and_starts_again_is_asked_again(lotsen):
    phone = lotsen.phone()
    await phone.join("ar")
    await phone.write("/stop")
    lotsen.clock.set(later := local("2027-02-01T09:00"))

    [said] = await phone.start()
    assert said.text == join_texts.ask_consent(lotsen.languages.get("ar")).text
    [back] = await phone.tap_data("c:1")

    assert back.text == texts.resumed(lotsen.languages.get("ar"))
    [guardian] = await lotsen.rows("guardian")
    assert guardian.active_since == JOINED
    assert [row.until for row in await lotsen.rows("rest")] == [later]
    assert [row.given_at for row in await lotsen.rows("consent")] == [JOINED, later]


async def test_a_parent_who_stopped_may_say_no_again(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/stop")
    await phone.start()

    [said] = await phone.tap_data("c:0")

    assert said.text == join_texts.consent_no(lotsen.languages.get("en"))
    assert await resting(lotsen.db) == {"stopped": JOINED}
    assert len(await lotsen.rows("consent")) == 1


async def test_the_language_can_be_changed_while_one_thinks(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:sv")
    for code in ("ar", "so"):
        [said] = await phone.press(f"l:{code}")
        assert said.text == join_texts.ask_consent(lotsen.languages.get(code)).text

    await phone.tap_data("c:1")

    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == "so"


async def test_whatever_a_newcomer_writes_the_open_question_is_asked_again(lotsen):
    phone = lotsen.phone()
    choice = join_texts.choose_language(lotsen.languages).text
    for text in ("hello", "/help", "/stop", "/language", "/unknown"):
        [said] = await phone.write(text)
        assert said.text == choice
    await phone.start(await lotsen.invite())
    assert [each.text for each in await phone.write("hello")] == [choice]
    await phone.tap_data("l:en")
    consent = join_texts.ask_consent(lotsen.languages.get("en")).text
    for text in ("hello", "/help", "/stop"):
        assert [each.text for each in await phone.write(text)] == [consent]

    await phone.tap_data("c:1")

    assert len(await lotsen.rows("guardian")) == 1


async def test_a_second_press_on_yes_joins_nobody_twice(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:en")

    await lotsen.take(phone.press_of("c:1"), phone.press_of("c:1"), phone.press_of("c:0"))

    assert len(await lotsen.rows("guardian")) == 1
    assert len(await lotsen.rows("consent")) == 1
    assert await lotsen.rows("tally", what="declined_chat") == []


async def test_a_yes_of_whom_nobody_has_asked_joins_nobody(lotsen):
    phone = lotsen.phone()
    await lotsen.invite()

    await phone.press("c:1")
    await phone.start()
    await phone.press("c:1")
    await phone.tap_data("l:en")
    await phone.press("c:1")
    await phone.press("e:1")

    assert await lotsen.rows("guardian") == []


async def test_the_command_menu_follows_the_chosen_language(lotsen):
    phone = lotsen.phone(setting="en")
    await phone.join("so")
    t = lotsen.languages.get("so")

    menu = lotsen.line.menus[phone.id]

    assert menu == [description for _, description in commands(t)]


async def test_two_parents_of_one_area_join_side_by_side(lotsen):
    one, two = lotsen.phone(), lotsen.phone()
    codes = [await lotsen.invite(), await lotsen.invite()]
    for phone, code in zip((one, two), codes, strict=True):
        await phone.start(code)

    await lotsen.take(one.press_of("l:ar"), two.press_of("l:sv"))
    await lotsen.take(two.press_of("c:1"), one.press_of("c:1"))

    joined = {row.chat_id: row.language for row in await rows(lotsen.db, "guardian")}
    assert joined == {one.id: "ar", two.id: "sv"}


async def test_the_way_in_survives_a_restart_between_any_two_steps(lotsen):
    lotsen.restarts, code = True, "ar"  # what is kept is the same in every language
    phone = lotsen.phone()

    await phone.write("hello")
    await phone.start(await lotsen.invite())
    await phone.write("hello")
    await phone.tap_data(f"l:{code}")
    await phone.write("hello")
    await phone.tap_data("c:1")
    said = await phone.tap_data("e:1")

    t = lotsen.languages.get(code)
    assert said[0].text == join_texts.welcome(t)
    [guardian] = await lotsen.rows("guardian")
    assert (guardian.chat_id, guardian.language) == (phone.id, code)


async def test_a_second_tap_on_the_one_question_counts_but_says_no_second_welcome(lotsen):
    t = lotsen.languages.get("so")
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap(t.own_name)
    await phone.tap_data("c:1")
    await phone.tap_data("e:0")

    [again] = await phone.press("e:1")

    assert again.text == texts.menu(t).text
    [family] = await lotsen.rows("family")
    assert family.eligible is True
