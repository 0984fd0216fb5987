"""What stands on a phone is changed by the real library: words, and the picture over them (E5)."""

import pytest

from messaging.keyboards import File, FileKind, Picture
from messaging.push import Push
from simulator.contents import grey_picture
from tests.end_to_end.town import TOKEN


@pytest.fixture
async def push(telegram):
    async with Push(TOKEN, telegram.url, 1000) as push:
        yield push


async def test_a_picture_is_exchanged_and_none_is_added(telegram, push):
    amina = telegram.phone()
    chat = telegram.world.where(amina, None)
    pictures = [File(FileKind.PHOTO, "a.png", grey_picture(size, 8)) for size in (8, 9)]
    first, second = [await push.send(amina.id, "one", None, True, each) for each in pictures]
    message = chat.messages[first.message_id]
    assert message.content["photo"][-1]["width"] == 8
    other = Picture(chat.messages[second.message_id].content["photo"][-1]["file_id"])
    for _ in range(2):  # twice is once
        assert await push.edit(amina.id, message.id, "<b>two</b>", None, other) == first
        assert (message.text, message.content["photo"][-1]["width"]) == ("two", 9)
    lost = Picture("no such number")  # the words must be right all the same
    assert await push.edit(amina.id, message.id, "three", None, lost) == first
    assert (message.text, message.content["photo"][-1]["width"]) == ("three", 9)
    bare = await push.send(amina.id, "bare", None, True)
    assert await push.edit(amina.id, bare.message_id, "four", None, other) == bare
    assert "photo" not in chat.messages[bare.message_id].content
