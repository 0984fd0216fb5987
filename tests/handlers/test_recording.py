"""Staff read texts aloud in their chat: one after the other, heard before families hear it (F5)."""

import pytest

from messaging import recording_texts as words
from messaging import scripts
from messaging.keyboards import FileKind
from messaging.push import Fetched
from messaging.speech import Group, aloud
from messaging.voice_buttons import RecordingList, RecordNext
from programme.people import Role
from programme.recordings import LONGEST, MOST_BYTES, VoiceFault
from tests.colleagues import at_work
from tests.handlers.home import FOUR
from tests.handlers.post_office import presses
from tests.handlers.wording import faults
from tests.sounds import hertz, length, tone

TOM, ANNA, ADA = 2003, 2001, 2002
DATES = RecordNext(language="so", group=Group.DATES).pack()
WAY_IN = RecordNext(language="so", group=Group.WAY_IN).pack()


@pytest.fixture
async def tom(lotsen, office):
    await at_work(lotsen.db, "Idil", Role.TRANSLATOR, TOM)
    return lotsen.phone(TOM)


@pytest.fixture
def en(lotsen):
    return lotsen.languages.get("en")


async def speak(phone, file_id="v1", duration=3, **more):
    voice = {"file_id": file_id, "file_unique_id": "u", "duration": duration, **more}
    return await phone.send(voice=voice)


def labels(shown) -> dict[str, str]:
    """The buttons by their labels, without marks of direction."""
    return {aloud(label): data for label, data in shown.buttons}


async def brought(office, phone, file_id="v1", content=None):
    """What comes back once the file is fetched."""
    push = office.post.push
    push.files[file_id] = Fetched(content if content is not None else tone())
    await office.post.sender.recorder.work()
    return [said for said in push.arrived if said.chat_id == phone.id]


async def record(office, phone, asked=DATES, file_id="v1", content=None):
    """Speak the next missing text and keep it; what is said then."""
    await phone.press(asked)
    await speak(phone, file_id)
    said = (await brought(office, phone, file_id, content))[-1]
    return await phone.press(presses(said)["Yes, use it"])


async def test_a_translator_records_the_somali_dates_one_after_the_other(lotsen, office, tom, en):
    await tom.write("/start")
    [languages] = await tom.tap("Recordings")
    [groups] = await tom.press(labels(languages)["Somali: 0 of 191"])
    [asked] = await tom.press(labels(groups)["Dates and times: 0 of 81"])
    assert "Isniin" in asked.text
    assert "0 of 81" in aloud(asked.text)

    [taken] = await speak(tom)
    assert taken.text == words.record_taken(en)
    [heard] = await brought(office, tom, content=tone(before=1.0, after=1.0))
    assert heard.file.kind is FileKind.VOICE
    assert length(heard.file.content) < 1.5
    assert hertz(heard.file.content, 0.3, 0.9) == pytest.approx(440, abs=9)

    kept, following = await tom.press(presses(heard)["Yes, use it"])
    assert kept.text == words.record_kept(en)
    assert "Talaado" in following.text
    [row] = await lotsen.rows("recording")
    assert (row.key, row.language, row.stage) == ("weekday:1", "so", "stands")


async def test_what_is_not_kept_is_not_heard_and_can_be_spoken_again_or_removed(
    lotsen, office, tom, en
):
    await tom.press(DATES)
    await speak(tom)
    [heard] = await brought(office, tom)
    [asked] = await tom.press(presses(heard)["Speak it again"])
    assert "Isniin" in asked.text
    await speak(tom, "v2")
    _, again = await brought(office, tom, "v2", tone(660))
    assert hertz(again.file.content, 0.3, 0.9) == pytest.approx(660, abs=9)
    [old] = await tom.press(presses(heard)["Yes, use it"])
    assert "old" in old.text
    removed, asked = await tom.press(presses(again)["Remove"])
    assert removed.text == words.record_removed(en)
    assert "Isniin" in asked.text
    assert await lotsen.rows("recording") == []


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"duration": LONGEST + 1}, VoiceFault.LONG),
        ({"file_size": MOST_BYTES + 1}, VoiceFault.BIG),
    ],
)
async def test_what_is_too_long_or_too_large_is_refused_before_it_is_fetched(
    lotsen, office, tom, en, sent, fault
):
    await tom.press(DATES)
    [said] = await speak(tom, **sent)
    assert said.text == words.record_fault(en, fault)
    assert said.buttons[0][0] == "Back"
    assert await lotsen.rows("recording") == []
    await speak(tom)  # once more, without pressing anything
    assert len(await lotsen.rows("recording")) == 1


async def test_what_is_no_sound_is_said_and_can_be_spoken_again(lotsen, office, tom, en):
    await tom.press(DATES)
    await speak(tom)
    [said] = await brought(office, tom, content=b"nothing to hear")
    assert said.text == words.record_fault(en, VoiceFault.NO_SOUND)
    [asked] = await tom.press(presses(said)["Speak it again"])
    assert "Isniin" in asked.text
    await office.post.sender.recorder.work()
    assert len([each for each in office.post.push.arrived if each.chat_id == TOM]) == 1


async def test_words_or_a_picture_in_the_place_of_a_voice_are_not_taken(lotsen, tom, en):
    await tom.press(DATES)
    [said] = await tom.write("Isniin")
    assert said.text == words.record_wants_voice(en, "so").text
    picture = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
    [said] = await tom.send(photo=[picture])
    assert said.text == words.record_wants_voice(en, "so").text


async def test_a_voice_that_nobody_asked_for_is_not_fetched(lotsen, office, tom):
    await speak(tom)
    await tom.press(DATES)
    await tom.press("k:menu:0")
    await speak(tom, "v2")
    assert await lotsen.rows("recording") == []
    await office.post.sender.recorder.work()
    assert office.post.push.fetched == []


async def test_the_voice_of_a_parent_or_a_stranger_is_never_fetched(lotsen, office, amina, tom):
    dan = lotsen.phone()
    await speak(dan)
    await speak(amina)
    for phone in (dan, amina):
        await phone.press(DATES)  # a forged button
        await speak(phone, "v2")
    await tom.press(DATES)
    await speak(amina, "v3")
    await office.post.sender.recorder.work()
    assert office.post.push.fetched == []
    assert await lotsen.rows("recording") == []


async def test_who_runs_the_computers_records_nothing(lotsen, office):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA)
    ada = lotsen.phone(ADA)
    [menu] = await ada.write("/start")
    assert "Recordings" not in dict(menu.buttons)
    [said] = await ada.press(DATES)
    assert "old" in said.text


async def test_nobody_keeps_or_removes_what_a_colleague_is_just_trying(lotsen, office, tom):
    await at_work(lotsen.db, "Anna", Role.NURSE, ANNA)
    anna = lotsen.phone(ANNA)
    await tom.press(DATES)
    await speak(tom)
    [heard] = await brought(office, tom)
    for label in ("Yes, use it", "Remove"):
        [said] = await anna.press(presses(heard)[label])
        assert "old" in said.text
    assert len(await lotsen.rows("recording", stage="heard")) == 1


async def test_a_recording_that_stands_can_be_heard_replaced_and_removed_by_a_colleague(
    lotsen, office, tom, en
):
    await record(office, tom)
    await at_work(lotsen.db, "Anna", Role.NURSE, ANNA)
    anna = lotsen.phone(ANNA)
    await anna.press(RecordingList(language="so", group=Group.DATES).pack())
    [one] = await anna.tap("Isniin")
    assert "Idil" in one.text
    [voice] = await anna.tap("Listen")
    assert hertz(voice.file, 0.3, 0.9) == pytest.approx(440, abs=9)

    await anna.tap("Speak it again")
    await speak(anna, "v2")
    [heard] = await brought(office, anna, "v2", tone(660))
    await anna.press(presses(heard)["Yes, use it"])
    [row] = await lotsen.rows("recording")
    assert hertz(row.sound, 0.3, 0.9) == pytest.approx(660, abs=9)

    await tom.press(RecordingList(language="so", group=Group.DATES).pack())
    await tom.tap("Isniin")
    await tom.tap("Remove")
    assert await lotsen.rows("recording") == []


async def test_a_recording_whose_text_has_changed_is_shown_as_old_and_asked_for_again(
    lotsen, office, tom
):
    await record(office, tom, RecordNext(language="sv", group=Group.GUIDE).pack())
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE recording SET words = 'as it was'")
    [groups] = await tom.press("VL:sv")
    assert "Parent guide: 0 of 20" in labels(groups)
    assert "says other words" in groups.text
    [listed] = await tom.press(RecordingList(language="sv", group=Group.GUIDE).pack())
    assert listed.buttons[0][0].startswith("Old: ")
    [one] = await tom.press(listed.buttons[0][1])
    assert "The text has changed since." in one.text


async def test_another_one_first_goes_through_all_that_is_missing(tom):
    await tom.press(DATES)
    seen = [tom.last.text]
    for _ in range(81):
        await tom.tap("Another one first")
        seen.append(tom.last.text)
    assert len(set(seen)) == 81
    assert seen[0] == seen[-1]


async def test_after_one_is_kept_it_goes_on_from_there(office, tom):
    await tom.press(DATES)
    await tom.tap("Another one first")
    await speak(tom)
    [heard] = await brought(office, tom)
    _, following = await tom.press(presses(heard)["Yes, use it"])
    assert "Arbaco" in following.text  # and not Isniin, which was passed over
    await tom.press(RecordNext(language="so", group=Group.DATES, skip=79).pack())
    await speak(tom, "v2")
    *_, heard = await brought(office, tom, "v2")
    _, following = await tom.press(presses(heard)["Yes, use it"])
    assert "Isniin" in following.text


async def test_the_menu_ends_the_waiting_for_a_voice(lotsen, tom):
    await tom.press(DATES)
    await tom.write("/start")
    await speak(tom)
    assert await lotsen.rows("recording") == []


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_colleagues_own_language(lotsen, office, code):
    await at_work(lotsen.db, "Idil", Role.TRANSLATOR, TOM, language=code)
    tom, t = lotsen.phone(TOM), lotsen.languages.get(code)
    shown = []
    for data in ("V", f"VL:{code}", RecordNext(language=code, group=Group.TIPS).pack()):
        shown += await tom.press(data)
    shown += await speak(tom)
    [heard] = await brought(office, tom)
    keep = next(data for data in presses(heard).values() if data.startswith("VK"))
    shown += (await tom.press(keep))[:1]
    shown += await tom.press(RecordingList(language=code, group=Group.TIPS).pack())
    shown += await tom.press("VO:1")
    assert faults(shown, t, lotsen.languages) == []
    assert all(len(data.encode()) <= 64 for each in shown for _, data in each.buttons)


async def test_old_and_forged_buttons_get_a_clear_answer(lotsen, tom):
    for data in (
        "VK:99",
        "VX:99",
        "VA:99",
        "VO:99",
        "VH:99",
        "VL:xx",
        "VN:xx:dates:0",
        "VI:so:x:0",
    ):
        [said] = await tom.press(data)
        assert "old" in said.text, data


def test_every_text_has_one_key(lotsen):
    for t in lotsen.languages:
        keys = [each.key for each in scripts.wanted(t, lotsen.languages, t.pages)]
        assert len(keys) == len(set(keys))
        assert all(":" in key and len(key) <= 80 for key in keys)
