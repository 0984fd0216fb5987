"""The words and the picture of a notice, written in the chat (E1, E2, E3)."""

import pytest

from messaging import notice_texts as words
from messaging import texts
from messaging.public_words import LONGEST_BODY, Fault, fault_text
from programme.activities import Words
from programme.notices import NoticeState, WordingState
from programme.people import Role
from storage import activities, wordings
from storage.wordings import Of
from tests.handlers.noticing import (
    TOM,
    WORDS,
    a_fathers_group,
    act,
    audience,
    delivered,
    new_notice,
    state,
    working,
    write,
)


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


_PHOTO = {"file_id": "AgADbig", "file_unique_id": "u", "width": 900, "height": 900}


_SMALL = {"file_id": "AgADsmall", "file_unique_id": "v", "width": 90, "height": 90}


_STICKER = {**_SMALL, "type": "regular", "is_animated": False, "is_video": False}


_FILE = {"file_id": "BQAD", "file_unique_id": "w", "file_name": "bild.jpg"}


async def test_the_picture_of_a_sent_notice_is_exchanged_on_the_phones(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:pic")
    await eva.send(photo=[_SMALL])
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    [page] = await eva.press(f"Na:{number}:show")
    assert "Take the picture away" not in [label for label, _ in page.buttons]
    await eva.tap("Change the picture")
    [done] = await eva.send(photo=[_PHOTO])
    assert "It is corrected on \u20661\u2069 phone." in done.text
    [edit] = await lotsen.rows("outbox", action="edit")
    assert edit.notice_id == number
    [row] = await lotsen.rows("notice")
    assert row.picture == "AgADbig"


async def test_a_sent_notice_without_a_picture_gets_none(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    [page] = await eva.press(f"Na:{number}:show")
    assert "Change the picture" not in [label for label, _ in page.buttons]
    await eva.press(f"Na:{number}:pic")
    await eva.send(photo=[_PHOTO])
    [row] = await lotsen.rows("notice")
    assert row.picture is None


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
