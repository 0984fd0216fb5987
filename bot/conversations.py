"""aiogram's conversation state in our database, in the transaction of the update being handled."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.transactions import current
from services import inbox


class Forgotten(LookupError):
    """A dialog needs what it has not kept: an earlier version began it, which kept other things."""


class Remembered(dict[str, Any]):
    """What a dialog has kept."""

    def __missing__(self, name: str) -> NoReturn:
        """Raises Forgotten: the intake lets the person begin anew."""
        raise Forgotten(name)


def _place(key: StorageKey) -> tuple[int, int, int]:
    return key.bot_id, key.chat_id, key.user_id


class Conversations(BaseStorage):
    """Reads and writes through the current act; it keeps nothing of its own."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Where the person is now."""
        act = current.get()
        _, data = await inbox.read_conversation(act.tx, _place(key))
        name = state.state if isinstance(state, State) else state
        await inbox.write_conversation(act.tx, _place(key), name, data, act.now)

    async def get_state(self, key: StorageKey) -> str | None:
        """Where the person is; aiogram asks this first of all."""
        act = current.get()
        if act.afresh:
            current.set(replace(act, afresh=False))
            await inbox.write_conversation(act.tx, _place(key), None, {}, act.now)
        state, _ = await inbox.read_conversation(act.tx, _place(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """What is remembered of this conversation."""
        act = current.get()
        state, _ = await inbox.read_conversation(act.tx, _place(key))
        await inbox.write_conversation(act.tx, _place(key), state, dict(data), act.now)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """What was remembered of this conversation."""
        _, data = await inbox.read_conversation(current.get().tx, _place(key))
        return Remembered(data)

    async def close(self) -> None:
        """Nothing to close: the database is the intake's."""
