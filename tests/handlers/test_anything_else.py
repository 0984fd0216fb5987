import pytest

from messaging import exit_texts, join_texts, place_texts, texts, thread_texts
from tests.handlers.wording import faults
from tests.rows import resting

FOUR = ("sv", "ar", "so", "en")
_FILE = {"file_id": "f", "file_unique_id": "u"}
_PICTURE = {**_FILE, "width": 90, "height": 90}
MEDIA = {
    "photo": {"photo": [_PICTURE], "caption": "planted caption"},
    "voice": {"voice": {**_FILE, "duration": 3}},
    "video": {"video": {**_PICTURE, "duration": 3}},
    "a round video": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "audio": {"audio": {**_FILE, "duration": 3}},
    "animation": {"animation": {**_PICTURE, "duration": 3}, "document": _FILE},
    "document": {"document": {**_FILE, "file_name": "planted.pdf"}},
    "sticker": {
        "sticker": {**_PICTURE, "type": "regular", "is_animated": False, "is_video": False}
    },
    "contact": {"contact": {"phone_number": "+46700000000", "first_name": "Planted"}},
    "location": {"location": {"latitude": 57.7, "longitude": 11.9}},
    "venue": {
        "venue": {
            "location": {"latitude": 57.7, "longitude": 11.9},
            "title": "Planted",
            "address": "Planted",
        },
        "location": {"latitude": 57.7, "longitude": 11.9},
    },
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
}
TEXTS = [
    "hello",
    "x" * 4096,
    "و" * 4096,
    "👶👩‍👩‍👧🏽‍🦱" * 20,
    "/unknown",
    "/start_",
    "/",
    "/ help",
    "\u202e\u2066evil\u0000",
    "<b>not closed & <script>",
    "{name} %s {0}",
    ".",
]


async def forgotten(lotsen) -> bool:
    """Whether nothing is kept of what came in, or of what was answered."""
    kept = await lotsen.rows("inbox")
    return bool(kept) and all(row.raw is None and row.answer is None for row in kept)


@pytest.mark.parametrize("code", FOUR)
async def test_a_text_is_answered_with_the_menu_and_what_not_to_write_here(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    expected = texts.not_understood(t)
    for text in TEXTS:
        said, *switch = await phone.write(text)

        assert said.text == expected.text, text
        assert len(switch) == (text[0] == "و" and code != "ar")  # letters of one language alone
        assert len(said.buttons) == 3
        assert faults([said], t, lotsen.languages) == []
    assert await forgotten(lotsen)


async def test_five_thousand_signs_are_answered_like_any_text(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    long = "planted " * 625
    assert len(long) == 5000

    [said] = await phone.send(text=long)

    assert said.text == texts.not_understood(lotsen.languages.get("en")).text
    assert await forgotten(lotsen)


@pytest.mark.parametrize("code", FOUR)
async def test_files_and_places_are_not_fetched_and_not_kept(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    calls = len(lotsen.line.requests)
    for what, content in MEDIA.items():
        [said] = await phone.send(**content)

        is_place = what == "location"  # its own answer: only *Near me* uses one
        assert said.text == (
            place_texts.position_not_used(t).text if is_place else thread_texts.no_files(t, 0).text
        )
        assert len(said.buttons) == (2 if is_place else 3)
        assert faults([said], t, lotsen.languages) == []
    assert {type(call).__name__ for call in lotsen.line.requests[calls:]} == {"SendMessage"}
    assert await forgotten(lotsen)


@pytest.mark.parametrize("what", MEDIA)
async def test_who_has_not_joined_and_sends_a_file_is_asked_for_the_language(lotsen, what):
    [said] = await lotsen.phone().send(**MEDIA[what])

    assert said.text == join_texts.choose_language(lotsen.languages).text


async def test_a_forwarded_text_is_a_text(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}

    [said] = await phone.send(text="/stop it", forward_origin=origin)

    assert said.text.startswith("Done. I will send no more messages.")


async def test_a_changed_message_is_not_read_again(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    said = await lotsen.take({"edited_message": phone.message(text="/stop", edit_date=1)})

    assert said == []
    assert await resting(lotsen.db) == {}


async def test_a_pinned_message_or_another_notice_of_telegram_s_is_no_dead_end(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    for notice in (
        {"pinned_message": {**phone.message(), "date": 0}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
    ):
        assert len(await phone.send(**notice)) <= 1


async def test_kinds_of_updates_that_are_new_to_us_say_nothing_and_hold_nobody(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    said = await lotsen.take(
        {"poll_answer": {"poll_id": "1", "user": phone.user, "option_ids": [0]}},
        {"a_kind_of_2030": {"chat": phone.here}},
        {"message": phone.message(text="/help")},
    )

    assert [each.text for each in said] == [texts.menu(lotsen.languages.get("en")).text]


WRITTEN = {
    "sv": "hej jag vill inte ha tips",
    "ar": "مرحبا أريد الكتابة بالعربية",
    "so": "waxaan rabaa inaan wax ku qoro af soomaali",
    "en": "hello I want to write in English please",
}


@pytest.mark.parametrize("reads", FOUR)
@pytest.mark.parametrize("writes", FOUR)
async def test_who_writes_in_another_of_our_languages_can_switch_with_one_tap(
    lotsen, reads, writes
):
    phone = lotsen.phone()
    await phone.join(reads)
    own, other = lotsen.languages.get(reads), lotsen.languages.get(writes)

    said = await phone.write(WRITTEN[writes])

    assert said[0].text == texts.not_understood(own).text
    if reads == writes:
        assert len(said) == 1
        return
    assert said[1].text == texts.i_speak(other).text
    assert faults([said[1]], other, lotsen.languages) == []
    await phone.tap(other.own_name)
    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == writes


async def test_danger_words_in_another_language_offer_help_and_no_switch(lotsen):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.write("hej jag vill ha hj\u00e4lp, ring polis")

    assert said.text == exit_texts.danger(lotsen.languages.get("so")).text
