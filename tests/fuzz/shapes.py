"""Values of the shapes that aiogram knows: whatever Telegram may one day send."""

import sys
import types
import typing
from datetime import datetime
from enum import Enum
from functools import cache
from random import Random
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import aiogram.enums
import aiogram.types
from aiogram.types import Chat, TelegramObject, Update, User

from tests.fuzz import odd

DEEP = 4
SECONDS = (1_790_000_000, 1_800_000_000)
WORDS = ("x", "en", "private", "photo", "Ali", "file-1", "12", "bot_command", "member", "left")
TYPES = ("private", "group", "supergroup", "channel")


@cache
def _hints(model: type[TelegramObject]) -> dict[str, Any]:
    known = {**vars(typing), **vars(aiogram.enums), **vars(aiogram.types), "Bot": Any}
    return get_type_hints(model, vars(sys.modules[model.__module__]), known)


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of update there is."""
    return tuple(name for name in Update.model_fields if name != "update_id")


def of_kind(draw: Random, kind: str) -> Any:
    """What an update of that kind holds, with any of its optional parts."""
    return shaped(draw, _hints(Update)[kind], 0)


def shaped(draw: Random, hint: Any, depth: int) -> Any:
    """A value of that type, as JSON has it."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return shaped(draw, draw.choice([a for a in get_args(hint) if a is not type(None)]), depth)
    if origin is Literal:
        return draw.choice(get_args(hint))
    if origin is list:
        many = 0 if depth > DEEP else draw.randrange(3)
        return [shaped(draw, get_args(hint)[0], depth + 1) for _ in range(many)]
    if origin is not None:  # Annotated
        return shaped(draw, get_args(hint)[0], depth)
    return _plain(draw, hint, depth)


def _plain(draw: Random, hint: Any, depth: int) -> Any:
    if isinstance(hint, type) and issubclass(hint, TelegramObject):
        return _object(draw, hint, depth)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return draw.choice(list(hint)).value
    if hint is bool:
        return draw.random() < 0.5
    if hint is datetime:
        return draw.choice((0, draw.randrange(*SECONDS), draw.randrange(*SECONDS)))
    if hint is int:
        return draw.choice((1, 5, 77, draw.randrange(1, 10**10)))
    if hint is float:
        return draw.choice((0.0, 57.7, 11.9, -181.0))
    return draw.choice(WORDS) if draw.random() < 0.97 else odd.string(draw)


def _object(draw: Random, model: type[TelegramObject], depth: int) -> dict[str, Any]:
    made = {}
    hints = _hints(model)
    optional = max(0.0, 0.25 - 0.07 * depth)
    for name, field in model.model_fields.items():
        tag = isinstance(field.default, str)  # says which of several kinds it is
        if tag or field.is_required() or draw.random() < optional:
            made[field.alias or name] = _field(draw, model, name, hints.get(name, str), depth + 1)
    return made


def _field(draw: Random, model: type[TelegramObject], name: str, hint: Any, depth: int) -> Any:
    if model is Chat and name == "type":
        return draw.choice(TYPES)
    if model is User and name == "is_bot":
        return False
    default = model.model_fields[name].default
    if isinstance(default, str | Enum):
        return default.value if isinstance(default, Enum) else default
    return None if depth > 3 * DEEP else shaped(draw, hint, depth)
