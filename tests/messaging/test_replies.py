import pytest

from messaging.keyboards import Button, File, FileKind, Keys, Message, Picture, Pin
from messaging.replies import Reply, instead, load, say

PICTURE = File(FileKind.PHOTO, "qr.png", bytes(range(256)))
CENTRE = Pin(57.6527, 11.9113, "Family centre", "Opaltorget")


@pytest.mark.parametrize(
    "reply",
    [
        say(Message("Hi", ((Button("Yes", "c:1"), Button("No", "c:0")),), silent=True)),
        instead(Message("One"), Message("Two", file=PICTURE), Message("", pin=CENTRE)),
        say(Message("Where?", keys=Keys("Here", "Not now")), Message("Thanks", keys=Keys())),
        say(Message("Cut", file=Picture("AgACAgQ"))),
        say(Message("", file=File(FileKind.VOICE, "voice.ogg", b"OggS", 12))),
        Reply(menu="so"),
    ],
)
def test_what_is_kept_until_it_is_said_comes_back_as_it_was(reply: Reply):
    assert load(reply.dump()) == reply


def test_an_answer_that_was_kept_before_there_were_files_is_still_said():
    message = '{"text": "Hi", "rows": [], "silent": false}'
    kept = f'{{"messages": [{message}], "instead": false, "menu": null}}'
    assert load(kept) == say(Message("Hi"))
