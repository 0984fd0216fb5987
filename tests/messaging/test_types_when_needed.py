"""Of Telegram's objects only what is used is built; what is built is what aiogram means."""

import subprocess
import sys

from aiogram import types

SAID = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "Hej"}

LOADED = """
import bot
from aiogram import types
kinds = [getattr(types, name) for name in types.__all__]
print(sum(getattr(kind, "__pydantic_complete__", False) for kind in kinds))
"""


def test_the_program_is_loaded_before_all_of_telegram_is_built():
    said = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True)
    assert int(said.stdout) < 20  # of more than four hundred


def test_an_update_is_read_down_to_its_last_object():
    press = {"id": "1", "from": {"id": 1, "is_bot": False, "first_name": "A"}, "data": "l:so"}
    body = {"update_id": 7, "callback_query": press | {"chat_instance": "1", "message": SAID}}
    update = types.Update.model_validate(body)
    assert isinstance(update.callback_query.message, types.Message)
    assert update.callback_query.message.chat.type == "private"


def test_what_is_wrong_is_refused_by_an_object_that_is_built_late():
    assert not _reads(types.ChatInviteLink, {"invite_link": 1})
    assert _reads(types.Dice, {"emoji": "🎲", "value": 3})


def _reads(kind, body) -> bool:
    try:
        return kind.model_validate(body) is not None
    except ValueError:
        return False
