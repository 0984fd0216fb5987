"""Answering: updates a second through the whole bot, beside a bare echo that keeps nothing.

Ours keeps each update before it may be acknowledged, handles it in its chat's order, commits once
and answers after that. Both answer over real HTTP on loopback.
"""

import itertools
from typing import Any

from bench.families import SLOT
from bench.loopback import TOKEN, arrivals, telegram
from bench.measure import seconds, side_by_side
from bench.peers import aiogram_echo
from bench.population import KEY, Populations
from bench.row import Row
from bench.sizes import Sizes
from bot.app import House, make_bot, make_intake
from bot.clock import StoppedClock
from bot.intake import Intake
from bot.settings import Settings
from messaging.i18n import load_languages

_numbers = itertools.count(1)
AT_ONCE = aiogram_echo.AT_ONCE


def _updates(count: int, chats: int) -> list[dict[str, Any]]:
    """Parents who ask for help, in turn."""
    when = int(SLOT.timestamp())
    return [
        {
            "update_id": next(_numbers),
            "message": {
                "message_id": n + 1,
                "date": when,
                "chat": {"id": n % chats + 1, "type": "private", "first_name": "A"},
                "from": {"id": n % chats + 1, "is_bot": False, "first_name": "A"},
                "text": "/help",
                "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
            },
        }
        for n in range(count)
    ]


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """The same updates through both."""
    return [await _row(sizes, made, kind) for kind in made.kinds]


async def _row(sizes: Sizes, made: Populations, kind: str) -> Row:
    chats = sizes.updates // 2
    async with telegram() as url, made.opened(sizes.small, sizes.due, kind) as db:
        asked = {"api_url": url, "bot_token": TOKEN, "secret_key": KEY}
        # pydantic's own parameter: no file beside us counts here
        settings = Settings(_env_file=None, **asked)  # type: ignore[call-arg, arg-type]  # reads words
        bot = make_bot(settings)
        house = House(settings, StoppedClock(SLOT), db, load_languages())
        intake = make_intake(house, bot)

        async def ours() -> float:
            took = await seconds(_through(intake, _updates(sizes.updates, chats)))
            assert len(await arrivals(url)) == sizes.updates
            return took / sizes.updates

        async def echo() -> float:
            updates = _updates(sizes.updates, chats)
            took = await seconds(aiogram_echo.answer(bot, updates))
            assert len(await arrivals(url)) == sizes.updates
            return took / sizes.updates

        mine, theirs = await side_by_side(sizes.runs, ours, echo)
        await bot.session.close()
    return Row(
        what=f"updates answered a second, each kept first and committed once, {kind}",
        unit="/s",
        ours=1 / mine,
        beside="bare aiogram echo",
        peer=1 / theirs,
        limit=1 / 5,
        at_least=True,
    )


async def _through(intake: Intake, updates: list[dict[str, Any]]) -> None:
    for start in range(0, len(updates), AT_ONCE):
        await intake.keep(updates[start : start + AT_ONCE])
        await intake.drain()
