"""What would be slow on a family's machine if somebody tidied it away."""

import gc
import weakref

import pytest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SetMyCommands,
)

from bot import speaking

SAID = (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SetMyCommands,
)


@pytest.mark.parametrize("method", SAID)
def test_the_form_of_telegram_s_answer_is_built_once_and_not_for_each_call(method):
    assert speaking.ANSWERS
    form = weakref.ref(Response[method.__returning__])
    gc.collect()
    assert form() is not None
