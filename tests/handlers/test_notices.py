"""Coordinators tell many families something: written, aimed, looked at, sent by chat (E1, E2)."""

from datetime import timedelta

import pytest

from messaging import audience_texts, texts
from messaging import notice_sending_texts as sending_words
from messaging import notice_texts as words
from messaging.public_words import LONGEST_BODY, Fault, fault_text
from programme.activities import ActivityKind, ForWhom, SigningUp, Words
from programme.notices import Audience, NoticeState, WordingState
from programme.people import GuardianRole, Role
from services import sending
from services.delivery import Sender
from storage import activities, areas, families, notices, staff_areas, wordings
from storage.wordings import Of
from tests.cast import AREA, JOINED, RULES, local, move_in
from tests.colleagues import at_work
from tests.fakes import FakePush, Said
from tests.handlers.home import FOUR
from tests.handlers.phone import Lotsen, Phone, Shown
from tests.handlers.wording import faults
from tests.messaging.reading_marks import without_isolates

EVA, EBBA, ADA, NORA, TOM = 2003, 2006, 2004, 2001, 2005
NOW = local("2026-11-10T12:00")
WORDS = {
    "sv": "Pappagrupp\nVi träffas på Opaltorget.",
    "ar": "مجموعة الآباء\nنلتقي في المركز.",
    "so": "Kooxda aabbayaasha\nWaxaan ku kulannaa xarunta.",
    "en": "Fathers' group\nWe meet at the centre.",
}


@pytest.fixture
def lotsen(lotsen) -> Lotsen:
    lotsen.clock.set(NOW)
    return lotsen


async def working(lotsen: Lotsen, name: str, role: Role, chat: int, **facts) -> Phone:
    await at_work(lotsen.db, name, role, chat, **facts)
    return lotsen.phone(chat)


@pytest.fixture
async def eva(lotsen, office) -> Phone:
    return await working(lotsen, "Eva", Role.COORDINATOR, EVA)


@pytest.fixture
async def home(lotsen):
    """Amina reads Somali; Yusuf, the other parent, Arabic."""
    home = await move_in(lotsen.db, chats=(1001, 1002))
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.amina, role=GuardianRole.BIRTHING)
        await families.set_guardian(tx, home.yusuf, role=GuardianRole.OTHER_PARENT)
    return home


async def area_id(lotsen: Lotsen, name: str = AREA) -> int:
    async with lotsen.db.read() as tx:
        found = await areas.find(tx, name)
    assert found is not None
    return found


async def new_notice(phone: Phone, *codes: str, activity: int = 0) -> int:
    """A draft in those languages, with words of its own."""
    await phone.press(f"Nb:{activity}")
    number = max(row.id for row in await phone.lotsen.rows("notice"))
    for code in FOUR:
        if code not in codes:
            await phone.press(f"Ng:{number}:{code}:0")
    if not activity:
        for code in codes:
            await write(phone, number, code, WORDS[code])
    return number


async def write(phone: Phone, number: int, code: str, text: str) -> list[Shown]:
    await phone.press(f"Nw:{number}:{code}")
    return await phone.write(text)


async def act(phone: Phone, number: int, what: str) -> str:
    [said] = await phone.press(f"Na:{number}:{what}")
    return without_isolates(said.text)


async def state(lotsen: Lotsen, number: int) -> NoticeState:
    async with lotsen.db.read() as tx:
        return (await notices.load(tx, [number]))[number].state


async def audience(lotsen: Lotsen, number: int) -> Audience:
    async with lotsen.db.read() as tx:
        return (await notices.load(tx, [number]))[number].audience


async def delivered(lotsen: Lotsen) -> list[Said]:
    push = FakePush()
    await sending.start_due(lotsen.db, lotsen.clock.now(), RULES)
    sender = Sender(lotsen.db, push, lotsen.languages, RULES, 5000, lotsen.clock.now)
    await sender.drain()
    return push.arrived


async def a_fathers_group(lotsen: Lotsen, starts_at=NOW + timedelta(days=5), area=AREA) -> int:
    async with lotsen.db.write() as tx:
        number = await activities.add(
            tx,
            [await areas.find(tx, area)],
            kind=ActivityKind.FATHERS,
            state="open",
            made_at=NOW,
            for_whom=ForWhom.FATHERS,
            signing_up=SigningUp.ONCE,
            interpreter="man",
            interpreted="ar,so",
            spoken="sv",
            childcare=True,
        )
        await activities.add_occasion(tx, number, starts_at, 90, NOW)
        for code in FOUR:
            title, _, body = WORDS[code].partition("\n")
            of = Of(activity_id=number)
            await wordings.write(tx, of, code, Words(title, body), state=WordingState.APPROVED)
    return number


# --- the whole way -----------------------------------------------------------------------------


async def test_what_the_preview_shows_is_what_each_phone_gets(lotsen, eva, home):
    number = await new_notice(eva, "ar", "so")
    shown = await eva.press(f"Na:{number}:see")
    preview = [each.text for each in shown[:-1]]
    assert await act(eva, number, "send")
    arrived = {said.chat_id: said.text for said in await delivered(lotsen)}
    assert arrived == {1001: preview[1], 1002: preview[0]}
    assert "Kooxda aabbayaasha" in preview[1]
    assert "مجموعة" in preview[0]
    assert await delivered(lotsen) == []


async def test_a_fathers_group_is_announced_in_arabic_and_somali_to_fathers(lotsen, eva, home):
    group = await a_fathers_group(lotsen)
    [asked] = await eva.press("Nn:0")
    assert any(data == f"Nb:{group}" for _, data in asked.buttons)
    number = await new_notice(eva, "ar", "so", activity=group)
    assert (await audience(lotsen, number)).fathers
    checked = await act(eva, number, "check")
    assert "Families that get it: 1." in checked
    assert "Arabic: 1." in checked
    assert "Somali" not in checked.split("Who does not")[0].split("get it")[1]
    shown = await eva.press(f"Na:{number}:see")
    assert len(shown) == 3
    await eva.press(f"Na:{number}:send")
    [said] = await delivered(lotsen)
    assert said.chat_id == 1002
    assert said.text == shown[0].text


async def test_buttons_under_a_preview_do_nothing(lotsen, eva, home):
    group = await a_fathers_group(lotsen)
    number = await new_notice(eva, "so", activity=group)
    [shown, end] = await eva.press(f"Na:{number}:see")
    assert {data for _, data in shown.buttons} == {"yx"}  # the one to sign up
    assert await eva.press("yx") == []
    assert any(data == f"Na:{number}:check" for _, data in end.buttons)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_coordinators_language(lotsen, office, home, code):
    eva = await working(lotsen, "Eva", Role.COORDINATOR, EVA, language=code)
    t = lotsen.languages.get(code)
    here = await area_id(lotsen)
    group = await a_fathers_group(lotsen)
    said = await eva.write("/menu")
    for press in ("Nd", "Nl:0", "Nn:0", f"Nb:{group}"):
        said += await eva.press(press)
    number = max(row.id for row in await lotsen.rows("notice"))
    acts = ("show", "words", "whom", "areas", "age", "follow", "signed", "exp", "first", "dad")
    for what in (*acts, "urgent", "pic", "check", "when", "drop"):
        said += await eva.press(f"Na:{number}:{what}")
    for press in (f"Nr:{number}:{here}:0", f"Nm:{number}:2:-1", f"Nm:{number}:2:12"):
        said += await eva.press(press)
    said += await eva.press(f"Nf:{number}:fathers")
    said += await eva.press(f"Nf:{number}:")
    own = await new_notice(eva, "sv", "so")
    said += await eva.press(f"Nw:{own}:ar")
    said += await write(eva, own, code, "")  # nothing was typed: asked again
    said += await eva.press(f"Na:{own}:ask")
    said += await eva.press("Nl:0")
    fine = [each for each in said if "Pappagrupp" not in each.text]
    assert faults(_without_titles(fine), t, lotsen.languages) == []


def _without_titles(said: list[Shown]) -> list[Shown]:
    """Words of a notice stand on buttons in whatever language they have."""
    own = {text.split("\n", maxsplit=1)[0] for text in WORDS.values()}

    def theirs(label: str) -> bool:
        return any(each in label for each in own)

    return [
        Shown(each.text, tuple(b for b in each.buttons if not theirs(b[0])))
        for each in said
        if not theirs(each.text)
    ]


# --- words and languages -----------------------------------------------------------------------


async def test_sending_is_refused_while_a_chosen_language_is_missing(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Ng:{number}:ar:1")
    said = await act(eva, number, "check")
    assert "It cannot be sent yet. The words are missing in: Arabic." in said
    assert not any(data.endswith(":send") for _, data in eva.last.buttons)
    forged = await act(eva, number, "send")
    assert "The words are missing in: Arabic." in forged
    assert await state(lotsen, number) is NoticeState.DRAFT
    await write(eva, number, "ar", WORDS["ar"])
    await eva.press(f"Na:{number}:send")
    assert await state(lotsen, number) is NoticeState.SCHEDULED


async def test_a_translators_words_count_only_after_the_yes(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Ng:{number}:ar:1")
    async with lotsen.db.write() as tx:
        of = Of(notice_id=number)
        await wordings.write(tx, of, "ar", Words("لقاء"), state=WordingState.GIVEN)
    said = await act(eva, number, "words")
    assert "A translator has written it. Please look at: Arabic." in said
    assert "missing in: Arabic" in await act(eva, number, "check")


async def test_translators_are_asked_for_what_is_missing(lotsen, eva, home):
    await working(lotsen, "Tom", Role.TRANSLATOR, TOM)
    number = await new_notice(eva, "so")
    await eva.press(f"Ng:{number}:ar:1")
    said = await act(eva, number, "ask")
    assert "The translators are asked now: Arabic." in said
    assert "The translators are asked for: Arabic." in said
    rows = await lotsen.rows("wording", notice_id=number, language="ar")
    assert [row.state for row in rows] == ["wanted"]
    await write(eva, number, "ar", WORDS["ar"])  # the coordinator is faster
    rows = await lotsen.rows("wording", notice_id=number, language="ar")
    assert [row.state for row in rows] == ["approved"]


async def test_without_a_translator_the_coordinator_is_told_to_write(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Ng:{number}:ar:1")
    assert "No translator of your areas reads messages here for: Arabic." in await act(
        eva, number, "ask"
    )


async def test_nothing_can_be_translated_before_there_are_words(lotsen, eva, home):
    number = await new_notice(eva)
    assert "Write the words in one language first." in await act(eva, number, "ask")


async def test_one_language_always_stays(lotsen, eva, home):
    number = await new_notice(eva, "so")
    [said] = await eva.press(f"Ng:{number}:so:0")
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await audience(lotsen, number)).languages == ("so",)


async def test_what_is_too_long_or_empty_is_told_and_can_be_written_again(lotsen, eva, home):
    t = lotsen.languages.get("en")
    number = await new_notice(eva, "so")
    told, again = await write(eva, number, "so", "a\n" + "b" * (LONGEST_BODY + 1))
    assert told.text == fault_text(t, Fault.BODY)
    assert "Somali" in again.text
    told, _ = await eva.write("t" * 81 + "\nbody")
    assert told.text == fault_text(t, Fault.TITLE)
    [saved] = await eva.write("Cinwaan\nQoraal")
    assert "It is saved." in saved.text
    assert "<b>Cinwaan</b>" in saved.text


async def test_a_line_that_would_run_from_the_wrong_side_is_refused(lotsen, eva, home):
    number = await new_notice(eva, "ar")
    told, _ = await write(eva, number, "ar", "BVC\nمرحبا")
    assert told.text == fault_text(lotsen.languages.get("en"), Fault.LINE)


async def test_words_of_another_language_are_asked_about_and_kept(lotsen, eva, home):
    number = await new_notice(eva, "so")
    [said] = await write(eva, number, "so", "Pappor\nVi ses på torsdag och vi ska fika med barnen.")
    assert words.looks_like(lotsen.languages.get("en"), "sv", "so") in said.text
    assert "Pappor" in said.text


async def test_odd_signs_are_only_signs(lotsen, eva, home):
    number = await new_notice(eva, "so")
    odd = "<b>Kulan</b> & {name}\u202e\u2066\n<script>{0} %s 👶🏽\u200f"
    await write(eva, number, "so", odd)
    [shown, _] = await eva.press(f"Na:{number}:see")
    assert "&lt;b&gt;Kulan&lt;/b&gt; &amp; {name}</b>" in shown.text
    assert not {"\u202e", "\u200f"} & set(shown.text)
    await eva.press(f"Na:{number}:send")
    [said] = await delivered(lotsen)
    assert said.text == shown.text


async def test_a_text_that_does_not_fit_in_one_language_only_is_named(lotsen, eva, home):
    group = await a_fathers_group(lotsen)
    async with lotsen.db.write() as tx:
        long = Words("ب" * 80, "ب" * 900)
        of = Of(activity_id=group)
        await wordings.write(tx, of, "ar", long, state=WordingState.APPROVED)
        await activities.change(tx, group, picture="AgAD")
    number = await new_notice(eva, "ar", "so", activity=group)
    said = await act(eva, number, "check")
    assert "It does not fit into one message. Please shorten it in: Arabic." in said
    await act(eva, number, "send")
    assert await state(lotsen, number) is NoticeState.DRAFT


# --- for whom ----------------------------------------------------------------------------------


async def test_the_audience_is_chosen_by_buttons(lotsen, eva, home):
    number = await new_notice(eva, "so")
    for what in ("dad", "exp", "first"):
        await eva.press(f"Na:{number}:{what}")
    await eva.press(f"Nm:{number}:2:-1")
    await eva.press(f"Nm:{number}:2:12")
    await eva.press(f"Nf:{number}:fathers")
    found = await audience(lotsen, number)
    assert (found.fathers, found.expecting, found.first_child) == (True, True, True)
    assert (found.months_from, found.months_to) == (2, 12)
    assert found.follows is ActivityKind.FATHERS
    for what in ("dad", "exp", "first"):
        await eva.press(f"Na:{number}:{what}")
    await eva.press(f"Nm:{number}:999:999")
    [page] = await eva.press(f"Nf:{number}:")
    assert "It is for everybody there." in page.text
    assert await audience(lotsen, number) == Audience(
        areas=(await area_id(lotsen),), languages=("so",)
    )


@pytest.mark.parametrize("press", ["Nm:{n}:7:-1", "Nm:{n}:12:2", "Nm:{n}:2:7", "Nm:{n}:-5:3"])
async def test_an_age_that_no_button_has_changes_nothing(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    [said] = await eva.press(press.format(n=number))
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await audience(lotsen, number)).months_from is None


async def test_an_area_that_one_does_not_run_cannot_be_chosen(lotsen, eva, home):
    number, far = await new_notice(eva, "so"), await area_id(lotsen, "Gårdsten")
    [said] = await eva.press(f"Nr:{number}:{far}:1")
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await audience(lotsen, number)).areas == (await area_id(lotsen),)


async def test_the_last_area_stays(lotsen, eva, home):
    number, here = await new_notice(eva, "so"), await area_id(lotsen)
    [said] = await eva.press(f"Nr:{number}:{here}:0")
    assert audience_texts.one_area_at_least(lotsen.languages.get("en")) in said.text
    assert (await audience(lotsen, number)).areas == (here,)


async def test_two_areas_of_ones_own_are_both_reached(lotsen, eva, home):
    far = await area_id(lotsen, "Gårdsten")
    async with lotsen.db.write() as tx:
        [me] = [row.id for row in await lotsen.rows("staff", name="Eva")]
        await staff_areas.add(tx, me, [far])
    number = await new_notice(eva, "so")
    [page] = await eva.press(f"Nr:{number}:{far}:1")
    assert "Yes: Gårdsten" in [without_isolates(label) for label, _ in page.buttons]
    assert set((await audience(lotsen, number)).areas) == {far, await area_id(lotsen)}


async def test_who_is_left_out_is_told_with_its_reason(lotsen, eva, home):
    number = await new_notice(eva, "so")
    quiet = await move_in(lotsen.db, chats=(1101, None))
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, quiet.amina, active_since=None)
        await families.register(tx, await areas.find(tx, AREA), None, JOINED)
    said = await act(eva, number, "check")
    assert "Families that get it: 1." in said
    assert "Parents who read it in Somali: 1." in said
    assert "They read a language that is not chosen: 1." in said
    assert "They have not said yes to messages: 1." in said
    assert "Families who do not use the chat: 1." in said


async def test_who_has_not_said_which_parent_they_are_is_told_of(lotsen, eva, home):
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.yusuf, role=None)
    number = await new_notice(eva, "ar")
    await eva.press(f"Na:{number}:dad")
    said = await act(eva, number, "check")
    assert "Nobody would get it." in said
    assert "They have not said which parent they are, or if it is the first child: 1." in said


async def test_to_nobody_it_cannot_be_sent(lotsen, eva):
    number = await new_notice(eva, "so")
    said = await act(eva, number, "check")
    assert "Nobody would get it." in said
    assert not any(data.endswith((":send", ":when")) for _, data in eva.last.buttons)
    await act(eva, number, "send")
    assert await state(lotsen, number) is NoticeState.DRAFT


# --- the picture -------------------------------------------------------------------------------

_PHOTO = {"file_id": "AgADbig", "file_unique_id": "u", "width": 900, "height": 900}
_SMALL = {"file_id": "AgADsmall", "file_unique_id": "v", "width": 90, "height": 90}
_STICKER = {**_SMALL, "type": "regular", "is_animated": False, "is_video": False}
_FILE = {"file_id": "BQAD", "file_unique_id": "w", "file_name": "bild.jpg"}


async def test_a_picture_goes_along_by_its_number(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:pic")
    [page] = await eva.send(photo=[_SMALL, _PHOTO])
    assert "It has a picture." in page.text
    [shown, _] = await eva.press(f"Na:{number}:see")
    assert shown.file == b"AgADbig"
    await eva.press(f"Na:{number}:pic0")
    [shown, _] = await eva.press(f"Na:{number}:see")
    assert shown.file is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"document": _FILE}, "file"),
        ({"photo": [_PHOTO], "media_group_id": "g1"}, "album"),
        ({"photo": [{**_PHOTO, "file_size": 11 * 1024 * 1024}]}, "large"),
        ({"text": "hej"}, "none"),
        (
            {"sticker": {**_SMALL, "type": "regular", "is_animated": False, "is_video": False}},
            "none",
        ),
    ],
)
async def test_what_is_no_single_photo_is_told_and_asked_for_again(lotsen, eva, home, content, why):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:pic")
    told, _again = await eva.send(**content)
    assert told.text == words.picture_fault(lotsen.languages.get("en"), why)
    await eva.send(photo=[_PHOTO])
    [row] = await lotsen.rows("notice", id=number)
    assert row.picture == "AgADbig"


async def test_an_album_is_answered_once(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:pic")
    told = await eva.send(photo=[_PHOTO], media_group_id="g1")
    assert len(told) == 2
    assert await eva.send(photo=[_SMALL], media_group_id="g1") == []
    [row] = await lotsen.rows("notice", id=number)
    assert row.picture is None


# --- whose it is -------------------------------------------------------------------------------

_PRESSES = (
    *(f"Na:{{n}}:{what}" for what in ("show", "words", "whom", "check", "see", "send", "drop2")),
    *("Na:{n}:urgent", "Na:{n}:dad", "Na:{n}:when", "Na:{n}:pic", "Na:{n}:pic0", "Na:{n}:ask"),
    *("Ni:{n}:so", "Nw:{n}:so", "Ng:{n}:en:1", "Nr:{n}:1:1", "Nm:{n}:2:12", "Nf:{n}:"),
    *("yd:nod:{n}.0:20261112", "yt:noh:{n}.0:20261112:1000", "Na:{n}:back2", "Na:{n}:stop2"),
    *("Na:{n}:pause", "Na:{n}:draft"),
)


async def test_somebody_elses_draft_is_nobodys(lotsen, eva, home):
    ebba = await working(lotsen, "Ebba", Role.COORDINATOR, EBBA)
    number = await new_notice(eva, "so")
    before = await lotsen.rows("notice", id=number)
    for press in _PRESSES:
        said = await ebba.press(press.format(n=number))
        if not press.startswith(("yd", "yt:")):
            assert said[0].text == texts.old_button(lotsen.languages.get("en")), press
    assert await lotsen.rows("notice", id=number) == before
    [listed] = await ebba.press("Nl:0")
    assert "There are no notices here yet." in listed.text


@pytest.mark.parametrize("role", [Role.NURSE, Role.PARENT_SUPPORTER, Role.TRANSLATOR])
async def test_staff_of_another_role_write_no_notices(lotsen, eva, home, role):
    nora = await working(lotsen, "Nora", role, NORA)
    number = await new_notice(eva, "so")
    menu = await nora.write("/menu")
    assert not any(data == "Nd" for _, data in menu[0].buttons)
    for press in ("Nd", "Nl:0", "Nn:0", "Nb:0", *_PRESSES):
        await nora.press(press.format(n=number))
    assert len(await lotsen.rows("notice")) == 1
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_a_coordinator_of_another_area_sees_nothing_of_it(lotsen, eva, home):
    ebba = await working(lotsen, "Ebba", Role.COORDINATOR, EBBA, area="Gårdsten")
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    for press in _PRESSES:
        await ebba.press(press.format(n=number))
    assert await state(lotsen, number) is not NoticeState.RECALLED
    [listed] = await ebba.press("Nl:0")
    assert "There are no notices here yet." in listed.text


async def test_an_administrator_writes_to_any_area(lotsen, office, home):
    ada = await working(lotsen, "Ada", Role.ADMINISTRATOR, ADA, area="Gårdsten")
    number = await new_notice(ada, "so")
    here = await area_id(lotsen)
    await ada.press(f"Nr:{number}:{here}:1")
    await ada.press(f"Na:{number}:send")
    assert [said.chat_id for said in await delivered(lotsen)] == [1001]


async def test_an_activity_of_another_area_cannot_be_announced(lotsen, eva, home):
    group = await a_fathers_group(lotsen, area="Gårdsten")
    await eva.press(f"Nb:{group}")
    assert await lotsen.rows("notice") == []


# --- drafts, sending, afterwards ---------------------------------------------------------------


async def test_a_draft_survives_a_restart_and_can_be_thrown_away(lotsen, eva, home):
    lotsen.restarts = True
    number = await new_notice(eva, "so")
    assert "The words are ready in: Somali." in await act(eva, number, "show")
    await eva.press(f"Na:{number}:drop")
    await eva.press(f"Na:{number}:drop2")
    assert await lotsen.rows("notice") == []
    assert await lotsen.rows("wording") == []


async def test_words_for_a_draft_that_is_gone_are_answered_politely(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Nw:{number}:so")
    async with lotsen.db.write() as tx:
        await notices.remove_draft(tx, number)
    [said] = await eva.write("Cinwaan")
    assert said.text == texts.old_button(lotsen.languages.get("en"))


async def test_what_has_begun_is_announced_no_more(lotsen, eva, home):
    group = await a_fathers_group(lotsen, starts_at=NOW + timedelta(hours=1))
    number = await new_notice(eva, "ar", activity=group)
    lotsen.clock.set(NOW + timedelta(hours=2))
    said = await act(eva, number, "check")
    assert "What it tells of is over, or is cancelled." in said
    await act(eva, number, "send")
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_it_is_sent_at_a_chosen_time(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:when")
    await eva.press(f"yd:nod:{number}.0:20261112")
    [page] = await eva.press(f"yt:noh:{number}.0:20261112:1000")
    assert "It is planned." in page.text
    assert await delivered(lotsen) == []
    lotsen.clock.set(local("2026-11-12T10:00"))
    assert [said.chat_id for said in await delivered(lotsen)] == [1001]


@pytest.mark.parametrize("press", ["yd:nod:{n}.0:20261109", "yt:noh:{n}.0:20261110:1000"])
async def test_a_time_that_is_over_is_asked_for_again(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    [said] = await eva.press(press.format(n=number))
    assert "That cannot be chosen." in said.text
    assert await state(lotsen, number) is NoticeState.DRAFT


@pytest.mark.parametrize("press", ["yt:noh:{n}.0:20261112:0300", "yt:noh:{n}.0:20261112:2000"])
async def test_a_time_in_the_night_cannot_be_chosen(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    await eva.press(press.format(n=number))
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_a_planned_one_can_be_made_a_draft_again(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"yt:noh:{number}.0:20261112:1000")
    assert "Draft." in await act(eva, number, "draft")
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_the_same_within_a_day_is_asked_about_once(lotsen, eva, home):
    first = await new_notice(eva, "so")
    await eva.press(f"Na:{first}:send")
    await delivered(lotsen)
    second = await new_notice(eva, "so")
    asked = await act(eva, second, "send")
    assert "Shall families get it twice?" in asked
    assert await state(lotsen, second) is NoticeState.DRAFT
    await eva.tap("Yes, send it again")
    assert await state(lotsen, second) is NoticeState.SCHEDULED


async def test_the_same_at_a_chosen_time_asks_and_then_the_time_again(lotsen, eva, home):
    first = await new_notice(eva, "so")
    await eva.press(f"Na:{first}:send")
    second = await new_notice(eva, "so")
    [asked] = await eva.press(f"yt:noh:{second}.0:20261110:1500")
    assert sending_words.said_already(lotsen.languages.get("en"), second, True).text == asked.text
    await eva.tap("Yes, send it again")
    await eva.press(f"yt:noh:{second}.1:20261110:1500")
    assert await state(lotsen, second) is NoticeState.SCHEDULED


async def test_the_page_of_a_sent_one_tells_who_has_it_and_its_words_can_be_corrected(
    lotsen, eva, home
):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    assert "Have it: 1." in await act(eva, number, "show")
    [said] = await write(eva, number, "so", "Kulan cusub\nMaktabadda.")
    assert "Phones on which they change now: 1." in without_isolates(said.text)
    assert [row.action for row in await lotsen.rows("outbox", state="waiting")] == ["edit"]


async def test_a_sent_one_is_taken_back_after_a_question(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    await eva.press(f"Na:{number}:back")
    assert await state(lotsen, number) is not NoticeState.RECALLED
    said = await act(eva, number, "back2")
    assert "Phones from which it is taken away now: 1." in said
    assert await state(lotsen, number) is NoticeState.RECALLED


async def test_it_is_paused_goes_on_and_is_stopped(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await sending.start_due(lotsen.db, NOW, RULES)
    assert "It is paused." in await act(eva, number, "pause")
    assert "It is leaving now." in await act(eva, number, "resume")
    await eva.press(f"Na:{number}:stop")
    assert "It is stopped." in await act(eva, number, "stop2")
    assert await delivered(lotsen) == []
    assert "Somebody else was faster." in await act(eva, number, "stop2")
