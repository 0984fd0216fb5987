"""An answer that could not be said is said while it makes sense, and never lies about open."""

from datetime import timedelta

import pytest

from bot.speaking import Speaker
from messaging import pause_texts
from services import preferences
from tests.bot.inboxes import database_kind
from tests.cast import JOINED
from tests.databases import ON_SQLITE

__all__ = ["database_kind"]


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize(("minutes", "said"), [(9, 1), (10, 0), (60 * 24, 0)])
async def test_an_answer_left_by_a_crash_is_said_while_it_makes_sense(
    chat, monkeypatch, minutes, said
):
    phone = chat.phone()
    await phone.join("en")
    chat.restarts = True

    async def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(Speaker, "speak", dies)
        with pytest.raises(BaseExceptionGroup) as error:
            await phone.press("f:1")
        assert error.group_contains(Killed)
    [guardian] = await chat.rows("guardian")
    assert guardian.fewer is True
    [left] = await chat.rows("inbox", state="done")
    assert (left.raw, left.answer is None) == (None, False)

    chat.clock.set(JOINED + timedelta(minutes=minutes))
    shown = await chat.take()

    assert [each.text for each in shown] == [
        pause_texts.fewer_on(chat.languages.get("en")).text for _ in range(said)
    ]
    assert all(row.answer is None for row in await chat.rows("inbox"))
    assert await chat.take() == []


@ON_SQLITE
async def test_an_answer_that_a_long_sleep_held_up_is_not_said_any_more(chat, monkeypatch):
    phone = chat.phone()
    await phone.join("en")
    real = preferences.set_fewer

    async def sleeps(*asked: object) -> object:
        chat.clock.set(chat.clock.now() + timedelta(minutes=10))
        return await real(*asked)

    monkeypatch.setattr(preferences, "set_fewer", sleeps)
    assert await chat.take(phone.press_of("f:1")) == []
    assert [row.fewer for row in await chat.rows("guardian")] == [True]  # what was wished is done


@ON_SQLITE
async def test_what_was_written_is_never_in_the_bytes_of_the_database(chat, tmp_path, monkeypatch):
    phone = chat.phone()
    await phone.join("en")
    planted = [
        b"planted words",
        b"Plantedname",
        b"Plantedsurname",
        b"planted_user",
        b"Sorry, I found",
    ]

    def bytes_are_clean() -> bool:
        found = [file.read_bytes() for file in tmp_path.glob("lotsen.sqlite3*")]
        return bool(found) and not any(word in each for word in planted for each in found)

    chat.restarts = True
    kept = chat.intake()
    await kept.keep([{"update_id": 1, "message": phone.message(text="planted words " * 50)}])
    assert (await chat.rows("inbox", update_id=1))[0].raw
    assert bytes_are_clean()

    async def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(Speaker, "speak", dies)
        with pytest.raises(BaseExceptionGroup):
            await chat.take()
    assert (await chat.rows("inbox", update_id=1))[0].answer
    assert bytes_are_clean()
    await chat.take()
    assert phone.last.text.startswith("Sorry, I found")
    row = (await chat.rows("inbox", update_id=1))[0]
    assert (row.raw, row.answer, row.state) == (None, None, "said")
    assert bytes_are_clean()
