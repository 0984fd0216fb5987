"""Who is passed over when an update is offered would have said no, and the order is as written."""

from functools import cache

import pytest
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Chat, Message, User

from handlers import make_router
from handlers.offering import Offering, wants
from tests.cast import JOINED
from tests.door import ways

CHAT, USER = Chat(id=5, type="private"), User(id=5, is_bot=False, first_name="A")
MESSAGE, PRESS = "message", "callback_query"


class OurBot:
    """As much of a bot as a command with its name asks for."""

    async def me(self) -> User:
        return User(id=1, is_bot=True, first_name="L", username="test_bot")


@cache
def _private() -> Offering:
    [found] = [each for each in make_router().sub_routers if isinstance(each, Offering)]
    return found


@cache
def _in_order(kind: str) -> list[HandlerObject]:
    return [each for router in _private().sub_routers for each in router.observers[kind].handlers]


def _written(**content: str) -> Message:
    return Message(message_id=1, date=JOINED, chat=CHAT, from_user=USER, **content)


def _messages() -> list[Message]:
    said = [
        f"{word}{more}" for word in ways.commands() for more in ("", "@test_bot", " a b", "\n1")
    ]
    said += ["/", "//help", "/HELP", "!help", " /help", "help", "/help@other_bot", "/nobody", " "]
    return [_written(), _written(caption="/help"), *(_written(text=each) for each in said)]


def _presses() -> list[CallbackQuery]:
    ours = [":".join([each.__prefix__, *"1" * len(each.model_fields)]) for each in ways.buttons()]
    every = [None, *ours, "zz:1", "", ":"]
    return [CallbackQuery(id="1", from_user=USER, chat_instance="1", data=each) for each in every]


async def _says_no(handler: HandlerObject, event: Message | CallbackQuery) -> bool:
    """By what it asks for by name, where nothing was asked before."""
    for each in handler.filters:
        match each.callback:
            case StateFilter() as asks:
                says = await asks(event, None)
            case Command() as asks:
                says = await asks(event, OurBot())
            case CallbackQueryFilter() as asks:
                says = await asks(event)
            case _:
                continue
        if not says:
            return True
    return False


async def _asked(kind: str, event: Message | CallbackQuery) -> int:
    """How many are, in their order; the others must say no."""
    asked = [id(each) for _, some in _private().could_take(kind, event, None) for each in some]
    in_order = _in_order(kind)
    assert [id(each) for each in in_order if id(each) in asked] == asked
    for each in in_order:
        if id(each) not in asked:
            assert await _says_no(each, event), (event, each.callback)
    return len(asked)


@pytest.mark.parametrize(("kind", "events"), [(MESSAGE, _messages), (PRESS, _presses)])
async def test_who_is_passed_over_would_have_said_no(kind, events):
    asked = [await _asked(kind, each) for each in events()]
    assert sum(asked) / len(asked) < len(_in_order(kind)) / 3  # and that it is worth it


async def test_so_would_who_waits_for_another_state():
    asking = [
        (each.callback, wants(handler))
        for kind in (MESSAGE, PRESS)
        for handler in _in_order(kind)
        for each in handler.filters
        if isinstance(each.callback, StateFilter) and wants(handler).states is not None
    ]
    named = {state for _, its in asking for state in its.states}
    for asks, its in asking:
        for state in (None, "Gone:state", *named):
            assert its.could_be(next(iter(its.words or {None})), state) == await asks(None, state)
    assert len(asking) > 30
