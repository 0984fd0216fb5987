"""Two parents: staff's link, a parent's own link, and the yes to whoever came by it."""

from datetime import timedelta

import pytest

from messaging import exit_texts, family_texts, join_texts, texts
from programme.people import GuardianRole
from services import links
from services.access import reader_of
from tests.cast import JOINED, book_visit, local
from tests.handlers.couple import answer, asked, code_in, come, own_link, staff_link
from tests.handlers.phone import Phone, Shown
from tests.handlers.post_office import presses
from tests.handlers.wording import faults, too_long

FOUR = ("sv", "ar", "so", "en")
DAY = timedelta(days=1)
WELCOME_IN_ARABIC = "أهلًا بكم! وافق الوالد الآخر."


# ---- a link that staff made


@pytest.mark.parametrize("code", FOUR)
async def test_the_second_parent_is_asked_who_they_are_in_place_of_the_question(
    lotsen, amina, code
):
    t = lotsen.languages.get(code)
    yusuf = lotsen.phone()

    thanks, question = await come(yusuf, await staff_link(lotsen), code)
    said = await yusuf.tap(t.gettext("the other parent"))

    assert yusuf.taps <= 4
    assert question.text == join_texts.ask_role(t).text
    assert [each.text for each in said] == [join_texts.welcome(t), join_texts.trust_note(t)]
    assert faults([thanks, question, *said], t, lotsen.languages) == []
    assert too_long([question]) == []
    _, second = await lotsen.rows("guardian")
    assert (second.role, second.language, second.active_since) == ("other_parent", code, JOINED)


async def test_a_link_with_a_role_asks_nothing_more(lotsen, amina):
    yusuf, t = lotsen.phone(), lotsen.languages.get("ar")

    said = await come(yusuf, await staff_link(lotsen, GuardianRole.OTHER_ADULT))

    assert [each.text for each in said][1:] == [join_texts.welcome(t), join_texts.trust_note(t)]
    assert yusuf.taps == 3
    assert (await lotsen.rows("guardian"))[1].role == "other_adult"


async def test_where_nobody_has_answered_the_question_it_is_asked_of_the_second_too(lotsen):
    amina, yusuf = lotsen.phone(), lotsen.phone()
    await amina.start(await lotsen.invite())
    await amina.tap_data("l:so")
    await amina.tap_data("c:1")

    _, question = await come(yusuf, await staff_link(lotsen))

    assert [data for _, data in question.buttons] == ["e:1", "e:0"]


async def test_a_second_tap_on_the_role_counts_but_says_no_second_welcome(lotsen, amina):
    yusuf, t = lotsen.phone(), lotsen.languages.get("ar")
    await come(yusuf, await staff_link(lotsen))
    await yusuf.tap_data("i:other_parent")

    [said] = await yusuf.press("i:other_adult")

    assert said.text == texts.menu(t).text
    assert (await lotsen.rows("guardian"))[1].role == "other_adult"


async def test_both_get_every_reminder_and_each_in_their_language(lotsen, office, amina):
    yusuf = lotsen.phone()
    await come(yusuf, await staff_link(lotsen))
    await yusuf.tap_data("i:")
    [family] = await lotsen.rows("family")
    await office.to(amina)
    await book_visit(lotsen.db, family.id, local("2026-11-06T10:00"), lotsen.clock.now())

    [somali], [arabic] = await office.to(amina), await office.to(yusuf)

    for code, text in (("so", somali.text), ("ar", arabic.text)):
        t = lotsen.languages.get(code)
        assert text.startswith(t.gettext("Hi from Lotsen!"))
        assert faults([Shown(text)], t, lotsen.languages) == []


async def test_one_parents_settings_are_theirs_alone(lotsen, amina):
    yusuf = lotsen.phone()
    await come(yusuf, await staff_link(lotsen))
    await yusuf.tap_data("i:")

    await yusuf.press("f:1")
    await yusuf.press("l:en")
    await yusuf.write("/stop")

    first, second = await lotsen.rows("guardian")
    assert (first.fewer, first.language) == (False, "so")
    assert (second.fewer, second.language) == (True, "en")
    assert [row.guardian_id for row in await lotsen.rows("rest")] == [second.id]


# ---- a parent's own link


@pytest.mark.parametrize("code", FOUR)
async def test_a_parent_gets_a_link_for_the_other_one(lotsen, office, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)

    [said] = await phone.press("m:other")

    link = links.address("test_bot", code_in(said.text))
    assert said.text == family_texts.other_parent(t, link)
    assert faults([Shown(said.text.replace(link, "…"))], t, lotsen.languages) == []
    assert too_long([said]) == []
    _, invite = await lotsen.rows("invite")
    [guardian] = await lotsen.rows("guardian")
    assert (invite.made_by, invite.expires_at) == (guardian.id, JOINED + 7 * DAY)
    assert code_in(said.text) not in str(invite)


async def test_before_the_first_start_there_is_a_kind_sentence_and_no_link(lotsen):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.press("m:other")

    assert said.text == family_texts.no_link_now(lotsen.languages.get("so"))
    assert len(await lotsen.rows("invite")) == 1


@pytest.mark.parametrize("code", FOUR)
async def test_who_comes_by_it_waits_for_the_other_parents_yes(lotsen, office, amina, code):
    t = lotsen.languages.get(code)
    yusuf = lotsen.phone()

    said = await come(yusuf, await own_link(amina), code)

    assert [each.text for each in said] == [
        join_texts.waits_for_yes(t),
        join_texts.ask_role(t).text,
    ]
    [again] = await yusuf.tap_data("i:other_parent")
    assert again.text == join_texts.waits_for_yes(t)
    assert yusuf.taps <= 4
    assert faults([*said, again], t, lotsen.languages) == []
    maker, waiting = await lotsen.rows("guardian")
    assert (waiting.active_since, waiting.asked_by, waiting.asked_at) == (None, maker.id, JOINED)
    assert (waiting.asked_name, waiting.role) == ("Plantedname", "other_parent")
    assert len(await lotsen.rows("consent")) == 1
    assert {row.detail for row in await lotsen.rows("tally", what="joined")} == {"so"}


async def test_whatever_who_waits_does_they_read_one_sentence(lotsen, office, amina):
    t = lotsen.languages.get("ar")
    yusuf = lotsen.phone()
    await come(yusuf, await own_link(amina))
    fresh = await staff_link(lotsen)
    before = await lotsen.rows("guardian")

    for text in ("hello", "/help", "/stop", "/start", f"/start {fresh}"):
        assert [each.text for each in await yusuf.write(text)] == [join_texts.waits_for_yes(t)]
    for data in ("m:other", "m:born", "s", "u", "c:1", "c:0", "e:1", "l:sv", "v:1:0:yes", "junk"):
        assert [each.text for each in await yusuf.press(data)] == [join_texts.waits_for_yes(t)]
    [picture] = await yusuf.send(location={"latitude": 57.7, "longitude": 11.9})
    assert picture.text == join_texts.waits_for_yes(t)

    assert await lotsen.rows("guardian") == before


async def test_who_waits_and_writes_of_danger_is_told_whom_to_call(lotsen, office, amina):
    yusuf = lotsen.phone()
    await come(yusuf, await own_link(amina))

    [said] = await yusuf.write("call an ambulance")

    assert said.text == exit_texts.danger(lotsen.languages.get("ar")).text
    assert await yusuf.press("Tn") == []  # cleared now: nothing is said to it
    now, stains = lotsen.clock.now(), await lotsen.rows("clearing")
    assert stains and all(each.at <= now for each in stains)


async def test_nothing_is_pushed_to_who_waits(lotsen, office, amina):
    yusuf = lotsen.phone()
    [family] = await lotsen.rows("family")
    await come(yusuf, await own_link(amina))
    await book_visit(lotsen.db, family.id, local("2026-11-06T10:00"), lotsen.clock.now())

    lotsen.clock.set(local("2026-11-05T18:00"))

    assert await office.to(yusuf) == []
    assert await office.to(amina) != []


@pytest.mark.parametrize("code", FOUR)
async def test_the_maker_is_asked_by_name_and_says_yes(lotsen, office, code):
    t = lotsen.languages.get(code)
    amina, yusuf = lotsen.phone(), lotsen.phone()
    await amina.join(code)
    [family] = await lotsen.rows("family")
    await book_visit(lotsen.db, family.id, local("2026-11-06T10:00"), lotsen.clock.now())
    await office.to(amina)
    await come(yusuf, await own_link(amina))
    lotsen.clock.set(JOINED + timedelta(minutes=10))

    question, buttons = await asked(office, amina)
    assert "Plantedname" in question.text
    [thanks] = await amina.press(buttons[t.gettext("Yes, it is")])

    assert thanks.text == family_texts.let_in(t)
    assert faults([thanks], t, lotsen.languages) == []
    _, second = await lotsen.rows("guardian")
    assert (second.active_since, second.asked_name) == (lotsen.clock.now(), None)
    consents = {row.guardian_id: row.given_at for row in await lotsen.rows("consent")}
    assert consents[second.id] == JOINED
    [welcome] = await office.to(yusuf)
    ar = lotsen.languages.get("ar")
    assert f"{ar.gettext('Hi from Lotsen!')}\n{WELCOME_IN_ARABIC}" in welcome.text
    assert "10:00" in welcome.text  # the visit that is booked already, with its answers
    assert next(iter(presses(welcome).values())).startswith("v:")


@pytest.mark.parametrize("first", ["the visit", "the question"])
async def test_the_question_is_a_message_of_its_own_with_its_own_buttons(
    lotsen, office, amina, first
):
    [family] = await lotsen.rows("family")
    await office.to(amina)
    link = await own_link(amina)
    lotsen.clock.set(local("2026-11-02T22:00"))  # both must wait for the morning
    if first == "the question":
        await come(lotsen.phone(), link)
        assert await office.to(amina) == []
    await book_visit(lotsen.db, family.id, local("2026-11-06T10:00"), lotsen.clock.now())
    assert await office.to(amina) == []
    if first == "the visit":
        await come(lotsen.phone(), link)
    lotsen.clock.set(local("2026-11-03T07:00"))

    said = await office.to(amina)

    buttons = [next(iter(presses(each).values())).partition(":")[0] for each in said]
    assert sorted(buttons) == ["j", "v"]


async def test_no_forgets_who_came_and_tells_nobody(lotsen, office, amina):
    t = lotsen.languages.get("so")
    yusuf = lotsen.phone()
    await come(yusuf, await own_link(amina))

    [said] = await answer(office, amina, t.gettext("No"))

    assert said.text == family_texts.not_let_in(t)
    assert faults([said], t, lotsen.languages) == []
    assert len(await lotsen.rows("guardian")) == 1
    for table in ("guardian", "conversation", "inbox", "consent", "tally", "item", "outbox"):
        assert "Plantedname" not in str(await lotsen.rows(table)), table
    assert await office.to(yusuf) == []
    [answered] = await yusuf.write("hello")
    assert answered.text == join_texts.choose_language(lotsen.languages).text


async def test_an_answer_counts_once_and_is_polite_on_repeats(lotsen, office, amina):
    t = lotsen.languages.get("so")
    await come(lotsen.phone(), await own_link(amina))
    _, buttons = await asked(office, amina)
    yes, no = buttons[t.gettext("Yes, it is")], buttons[t.gettext("No")]
    await amina.press(yes)

    [again] = await amina.press(yes)
    [other] = await amina.press(no)

    assert again.text == family_texts.let_in(t)
    assert other.text == texts.old_button(t)
    assert len(await lotsen.rows("guardian")) == 2
    assert len(await lotsen.rows("consent")) == 2
    assert len(await lotsen.rows("tally", what="joined")) == 2


async def test_only_who_made_the_link_can_answer(lotsen, office, amina):
    mother_in_law, stranger = lotsen.phone(), lotsen.phone()
    await come(mother_in_law, await staff_link(lotsen), "en")
    await mother_in_law.tap_data("i:")
    await stranger.join("en")
    yusuf = lotsen.phone()
    await come(yusuf, await own_link(amina))
    _, buttons = await asked(office, amina)

    for other in (mother_in_law, stranger):
        for data in buttons.values():
            [said] = await other.press(data)
            assert said.text == texts.old_button(lotsen.languages.get("en"))
    await yusuf.press(next(iter(buttons.values())))

    waiting = [row for row in await lotsen.rows("guardian") if row.active_since is None]
    assert [row.chat_id for row in waiting] == [yusuf.id]


async def test_an_old_question_never_lets_in_who_came_later(lotsen, office, amina):
    t = lotsen.languages.get("so")
    await come(lotsen.phone(), await own_link(amina))
    _, old = await asked(office, amina)
    await amina.press(old[t.gettext("No")])
    lotsen.clock.set(JOINED + timedelta(minutes=5))
    dan = lotsen.phone()
    await come(dan, await own_link(amina))

    [said] = await amina.press(old[t.gettext("Yes, it is")])

    assert said.text == texts.old_button(t)
    assert (await lotsen.rows("guardian"))[1].active_since is None
    _, new = await asked(office, amina)  # and the new question is asked
    await amina.press(new[t.gettext("Yes, it is")])
    assert (await lotsen.rows("guardian"))[1].active_since is not None


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("Yusuf", "Yusuf"),
        ("\u202eYusuf\u2066", "Yusuf"),
        ("  Yu\nsuf\x07 ", "Yu suf"),
        ("يوسف", "يوسف"),
        ("x" * 64, "x" * 40),
        ("t.me/evil", "t me evil"),
        ("\u200f\u2069", ""),
    ],
)
async def test_a_name_is_cleaned_before_it_is_kept(lotsen, office, amina, monkeypatch, shown, kept):
    yusuf = lotsen.phone()
    user = {**yusuf.user, "first_name": shown}
    monkeypatch.setattr(Phone, "user", property(lambda _self: user))
    await come(yusuf, await own_link_of(lotsen))
    monkeypatch.undo()

    assert (await lotsen.rows("guardian"))[1].asked_name == kept


async def own_link_of(lotsen) -> str:
    [guardian] = await lotsen.rows("guardian")
    async with lotsen.db.write() as tx:
        who = await reader_of(tx, guardian.chat_id)
        return code_in(await links.own_link(tx, who, lotsen.clock.now()) or "")


async def test_the_name_is_sealed(lotsen, office, amina, tmp_path):
    await come(lotsen.phone(), await own_link(amina))

    for file in tmp_path.glob("lotsen.sqlite3*"):
        assert b"Plantedname" not in file.read_bytes()
