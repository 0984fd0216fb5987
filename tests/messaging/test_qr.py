"""A link as a picture: read back from its pixels by a reader that does not know its maker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging.keyboards import FileKind
from messaging.qr import picture
from tests.qr_reader import read

LINK = "https://t.me/LotsenTestBot?start=aB-3_xAbCdEfGhIjKlMnOp"


def test_the_link_is_read_back_and_stands_in_a_quiet_zone():
    file = picture(LINK)
    assert file.kind is FileKind.PHOTO
    assert read(file.content) == LINK


@settings(max_examples=25, deadline=None)
@given(
    st.text(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", min_size=5, max_size=32
    ),
    st.text(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=22, max_size=22
    ),
)
def test_whatever_the_bot_is_called_and_the_code_is(bot, code):
    link = f"https://t.me/{bot}?start={code}"
    assert read(picture(link).content) == link


def test_a_picture_of_another_link_is_another_one():
    assert read(picture(LINK[:-1] + "X").content) != LINK


@pytest.mark.parametrize("bot", ["a" * 5, "a" * 32])
def test_it_can_be_read_at_phone_size(bot):
    width = int.from_bytes(picture(f"https://t.me/{bot}?start={'x' * 22}").content[16:20], "big")
    assert 400 <= width <= 700
