"""The Bot API's methods by name. How calls come in is in `botapi`, what they do in four others."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from simulator import editing, intake, profile, sending
from simulator.errors import ApiError
from simulator.params import Params
from simulator.state import State
from simulator.users import Bot

Method = Callable[[State, Bot, Params], Any]

METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method)
    for part in (sending, editing, profile, intake)
    for name, method in part.METHODS.items()
}


def proper_name(method: str) -> str:
    """The method's name as documented, or as given if there is none."""
    return METHODS[method.lower()][0] if method.lower() in METHODS else method


async def call(state: State, bot: Bot, method: str, params: Params) -> dict[str, Any]:
    """The whole answer to a call; raises ApiError for one with `ok: false`."""
    if method.lower() not in METHODS:
        raise ApiError(404, "Not Found: method not found")
    result = METHODS[method.lower()][1](state, bot, params)
    if inspect.isawaitable(result):
        result = await result
    return result if isinstance(result, intake.Described) else {"ok": True, "result": result}
