"""The guided demo finds a word in what went to Telegram, however it is written there."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from bot.seeking import saying
from messaging.isolates import isolate
from simulator.journal import Call
from simulator.params import read

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BESIDE = {"chat_id": "1", "text": "Salaan"}


def call(body, content_type=FORM):
    """A call as the journal keeps it."""
    params = read("", body, content_type).values
    return Call(1, datetime(2027, 1, 1, tzinfo=UTC), 1, "sendMessage", body, content_type, params)


def form(**values):
    return call(urlencode(values).encode())


@pytest.mark.parametrize("word", ["Angered Centrum", "föräldrastödjare", "أنغيريد", "B14"])
@pytest.mark.parametrize(
    "planted",
    [
        lambda word: form(text=f"Anna i {word}."),
        lambda word: form(text=f"Anna i {isolate(word)}, <b>{word[:3]}</b>"),
        lambda word: form(reply_markup=json.dumps([[{"text": word, "callback_data": "x"}]])),
        lambda word: call(json.dumps({"text": word.upper()}).encode(), JSON),
    ],
    ids=["a text", "a value in a text", "a button", "an answer to a webhook"],
)
def test_a_planted_word_is_found_in_every_way_of_writing_it(planted, word):
    calls = [form(**BESIDE), planted(word), planted(word)]
    assert saying(calls, ["something else", word]) == 2


def test_a_value_that_breaks_a_word_with_marks_or_entities_is_found():
    assert (
        saying([form(text="Opaltorget &amp; \u2068Tyn\u2069nered")], ["opaltorget & tynnered"]) == 1
    )


def test_a_word_that_is_not_there_is_not_found():
    assert saying([form(**BESIDE)], ["Angered Centrum", "salaam"]) == 0
