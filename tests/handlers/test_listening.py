"""Parents who do not read listen: the whole first path, tips, pages, and when a visit is (F5)."""

import pytest

from messaging import listen_texts, scripts, sound, spoken_dates
from messaging.keyboards import FileKind
from programme.people import Role
from services import booking
from services.access import reader_of
from storage import recordings
from tests.cast import JOINED, RULES, local
from tests.colleagues import at_work
from tests.handlers.post_office import presses
from tests.handlers.wording import faults
from tests.sounds import hertz, length, tone

SAID = sound.cleaned(tone(seconds=0.4)).content


async def record(lotsen, code, keep=lambda key: True, sounds=None):
    """Everything of that language whose key is wanted, as a studio would."""
    t = lotsen.languages.get(code)
    async with lotsen.db.write() as tx:
        for each in scripts.wanted(t, lotsen.languages, t.pages):
            if keep(each.key):
                spoken = (sounds or {}).get(each.key, SAID)
                await recordings.put(tx, each.key, code, each.mark, spoken, 1, JOINED)


def listens(shown) -> dict[str, str]:
    return {label: data for label, data in shown.buttons if "🔊" in label}


async def test_the_whole_first_path_can_be_heard_in_somali(lotsen, office):
    for code in ("so", "ar"):
        await record(lotsen, code)
    phone = lotsen.phone()
    [choice] = await phone.start(await lotsen.invite())
    assert list(listens(choice)) == ["🔊"]
    [voice] = await phone.tap("🔊")
    assert length(voice.file) > 2 * length(SAID) - 0.1  # in both languages

    [consent] = await phone.tap_data("l:so")
    [voice] = await phone.tap("Dhagayso 🔊")
    assert voice.file.startswith(b"OggS")
    shown = [consent, *await phone.tap_data("c:1")]
    shown += await phone.tap_data("e:1")
    texts = {each.text for each in shown if not listens(each)}
    assert len(texts) == 1  # but for "Thank you! Let us start."
    t = lotsen.languages.get("so")
    assert faults(shown, t, lotsen.languages) == []
    for each in shown:
        if listens(each):
            [data] = listens(each).values()
            [voice] = await phone.press(data)
            assert voice.file, each.text


async def test_listen_stands_under_the_answers_which_keep_their_places(lotsen):
    await record(lotsen, "sv")
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    [consent] = await phone.tap_data("l:sv")
    assert [data for _, data in consent.buttons[:2]] == ["c:1", "c:0"]
    assert consent.buttons[2][0] == "Lyssna 🔊"


async def test_without_recordings_there_is_no_listen(lotsen, office):
    phone = lotsen.phone()
    shown = await phone.start(await lotsen.invite())
    shown += await phone.tap_data("l:so")
    shown += await phone.tap_data("c:1")
    shown += await phone.tap_data("e:1")
    shown += await phone.press("Gp:teeth")
    assert [listens(each) for each in shown if listens(each)] == []


async def test_what_speaks_the_words_of_before_is_not_offered_nor_heard(lotsen, office, amina):
    await record(lotsen, "so", lambda key: key == "page:teeth")
    [page] = await amina.press("Gp:teeth")
    [data] = listens(page).values()
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE recording SET words = 'as it was'")
    [page] = await amina.press("Gp:teeth")
    assert not listens(page)
    [said] = await amina.press(data)
    assert said.text == listen_texts.cannot_be_heard(lotsen.languages.get("so"))


async def test_a_page_is_heard_however_it_was_found(lotsen, office):
    await record(lotsen, "sv")
    phone = lotsen.phone()
    await phone.join("sv")
    [page] = await phone.press("Gp:teeth")
    [data] = listens(page).values()
    [voice] = await phone.press(data)
    assert hertz(voice.file, 0.2, 0.5) == pytest.approx(440, abs=15)
    [found, *_] = await phone.write("tänderna")
    assert list(listens(found).values()) == [data]


async def test_the_voice_of_a_page_that_fades_goes_as_well(lotsen, office):
    await record(lotsen, "sv")
    phone = lotsen.phone()
    await phone.join("sv")
    t = lotsen.languages.get("sv")
    page = next(each for each in t.pages if each.fades)
    [shown] = await phone.press(f"Gp:{page.code}")
    await phone.press(next(iter(listens(shown).values())))
    voice = max(phone.screen)
    assert voice in {row.message_id for row in await lotsen.rows("clearing")}


async def test_a_tip_is_heard_in_the_language_it_was_written_in(lotsen, office, amina):
    await record(lotsen, "so")
    lotsen.clock.set(local("2026-11-08T10:30"))
    said = [
        each for each in await office.to(amina) if any("vo:" in d for d in presses(each).values())
    ]
    assert said
    label, data = list(presses(said[0]).items())[-1]
    assert label == "Dhagayso 🔊"
    assert data.startswith(("vo:tip:", "vo:strength:"))
    await amina.press("l:ar")
    [voice] = await amina.press(data)
    assert voice.file


async def booked(lotsen, amina, at="2026-11-10T14:30"):
    nurse = await at_work(lotsen.db, "Anna", Role.NURSE, 2001)
    async with lotsen.db.write() as tx:
        reader = await reader_of(tx, amina.id)
        await booking.book(
            tx, reader.family_id, 1, local(at), [nurse.member.id], lotsen.clock.now(), RULES
        )


async def test_a_reminder_is_one_voice_joined_from_its_pieces(lotsen, office, amina):
    t = lotsen.languages.get("so")
    tones = {}
    for n, each in enumerate(spoken_dates.wanted(t.traits)):
        tones[each.key] = sound.cleaned(tone(500 + 10 * n, seconds=0.4)).content
    await record(lotsen, "so", sounds=tones)
    await booked(lotsen, amina)
    await office.to(amina)
    lotsen.clock.set(local("2026-11-09T17:00"))
    [said] = [each for each in await office.to(amina) if "14:30" in each.text]
    label, data = list(presses(said).items())[-1]
    assert label == "Dhagayso 🔊"
    [voice] = await amina.press(data)

    said = [each.key for each in spoken_dates.wanted(t.traits)]
    one = length(sound.joined([SAID] * 20).content) / 20
    pieces = ["weekday:2", "day:10", "month:11"]  # Tuesday 10 November, after the lead-in
    for n, key in enumerate(pieces, 1):
        heard = hertz(voice.file, n * one + 0.2, (n + 1) * one - 0.2)
        assert heard == pytest.approx(500 + 10 * said.index(key), abs=12), key
    hours = [hertz(voice.file, n * one + 0.2, (n + 1) * one - 0.2) for n in (5, 6)]
    wanted = [500 + 10 * said.index(key) for key in ("before:14", "minute:30")]
    assert hours == pytest.approx(wanted, abs=12)


async def test_a_reminder_of_which_one_piece_is_missing_cannot_be_heard(lotsen, office, amina):
    await record(lotsen, "so", lambda key: key != "month:11")
    await booked(lotsen, amina)
    said = await office.to(amina)
    assert not [label for each in said for label in presses(each) if "🔊" in label]
    t = lotsen.languages.get("so")
    [said] = await amina.press("vl:bo:home:1:1c816a2")  # 10 November 2026, forged
    assert said.text == listen_texts.cannot_be_heard(t)


@pytest.mark.parametrize(
    "data", ["vo:page:nothing:", "vo:x:y:so", "vo:path:consent:xx", "vl:bo:home:1:!", "vol"]
)
async def test_a_forged_button_gets_a_clear_answer(lotsen, amina, data):
    said = await amina.press(data)
    assert len(said) == 1
    assert said[0].text


async def test_after_a_loss_there_is_no_voice(lotsen, office, amina):
    await record(lotsen, "so")
    [page] = await amina.press("Gp:teeth")
    button = next(iter(listens(page).values()))
    [heard] = await amina.press(button)
    assert heard.file
    await amina.press("h")
    [silent] = await amina.press(button)
    assert silent.file is None
    assert not listens(silent)


async def test_staff_play_the_invitation_to_a_family_in_its_language(lotsen):
    await record(lotsen, "so")
    await at_work(lotsen.db, "Anna", Role.NURSE, 2001)
    [voice] = await lotsen.phone(2001).press("vo:path:invitation:so")
    assert voice.file


def test_a_voice_is_sent_as_a_voice():
    said = listen_texts.voice(sound.Sound(b"OggS", 7))
    assert (said.file.kind, said.file.seconds) == (FileKind.VOICE, 7)
