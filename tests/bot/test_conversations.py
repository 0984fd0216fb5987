import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.conversations import Conversations
from bot.transactions import Act, current
from handlers.joining import Joining
from tests.cast import JOINED
from tests.rows import rows

HERE = StorageKey(bot_id=1, chat_id=2, user_id=3)
ELSEWHERE = StorageKey(bot_id=1, chat_id=2, user_id=4)
states = Conversations()


@pytest.fixture
async def act(db):
    """An update is being handled."""
    async with db.write() as tx:
        token = current.set(Act(tx, JOINED))
        yield tx
        current.reset(token)


async def test_state_and_data_are_kept_side_by_side_and_apart_for_each_person(act):
    await states.set_state(HERE, Joining.deciding)
    await states.set_data(HERE, {"code": "abc", "language": "so"})
    await states.set_state(ELSEWHERE, "anything")

    assert await states.get_state(HERE) == Joining.deciding.state
    assert await states.get_data(HERE) == {"code": "abc", "language": "so"}
    assert await states.get_data(ELSEWHERE) == {}
    await states.set_state(HERE, None)
    assert await states.get_data(HERE) == {"code": "abc", "language": "so"}


async def test_a_conversation_without_state_and_data_leaves_no_row(db):
    async with db.write() as tx:
        token = current.set(Act(tx, JOINED))
        await states.set_state(HERE, Joining.deciding)
        await states.set_data(HERE, {"a": 1})
        await states.set_state(HERE, None)
        await states.set_data(HERE, {})
        current.reset(token)

    assert await rows(db, "conversation") == []


async def test_what_is_rolled_back_was_never_said(db):
    with pytest.raises(RuntimeError):
        async with db.write() as tx:
            token = current.set(Act(tx, JOINED))
            await states.set_state(HERE, Joining.deciding)
            current.reset(token)
            raise RuntimeError

    assert await rows(db, "conversation") == []


async def test_outside_an_update_there_is_no_conversation():
    with pytest.raises(LookupError):
        await states.get_state(HERE)


async def test_the_data_of_a_conversation_is_sealed(db, tmp_path):
    async with db.write() as tx:
        token = current.set(Act(tx, JOINED))
        await states.set_data(HERE, {"code": "a-secret-code"})
        current.reset(token)

    files = list(tmp_path.glob("lotsen.sqlite3*"))
    assert files
    assert not any(b"a-secret-code" in file.read_bytes() for file in files)
