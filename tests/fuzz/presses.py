"""Forged buttons: every class of callback data, with anybody's ids."""

import types
from datetime import date, timedelta
from enum import Enum
from functools import cache
from random import Random
from typing import Any, Union, get_args, get_origin

import handlers  # noqa: F401 - all of its buttons
from messaging.callbacks import CallbackData
from tests.fuzz import odd

DAY = date(2026, 11, 2)
CODES = ("sv", "ar", "so", "en", "fa", "bvc", "first_tooth", "yes", "no", "menu", "home", "0", "1")


@cache
def classes() -> tuple[type[CallbackData], ...]:
    """Every class of buttons there is."""

    def below(model: type[CallbackData]) -> list[type[CallbackData]]:
        return [each for sub in model.__subclasses__() for each in (sub, *below(sub))]

    return tuple(sorted(below(CallbackData), key=lambda each: each.__prefix__))


def forged(draw: Random, model: type[CallbackData] | None = None) -> str:
    """Data of a button as somebody may make it up."""
    model = model or draw.choice(classes())
    values = [_value(draw, field.annotation) for field in model.model_fields.values()]
    if draw.random() < 0.05:
        values = values[:-1] if draw.random() < 0.5 else [*values, odd.string(draw)[:20]]
    return model.__separator__.join([model.__prefix__, *values])


def _value(draw: Random, hint: Any) -> str:
    if draw.random() < 0.06:
        return draw.choice((str(odd.number(draw))[:40], odd.string(draw)[:30]))
    if get_origin(hint) in (Union, types.UnionType):
        hint = draw.choice(get_args(hint))
    if hint is type(None):
        return ""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return str(draw.choice(list(hint)).value)
    if hint is bool:
        return draw.choice("01")
    if hint is int:
        return str(_number(draw))
    return _text(draw)


def _number(draw: Random) -> int:
    """Mostly small: that is what the rows of a small town are numbered with."""
    return draw.choice(
        (draw.randrange(1, 8), draw.randrange(1, 30), draw.randrange(0, 200), _day_number(draw))
        if draw.random() < 0.95
        else (0, -1, 2**31, 2**62, 2**63 - 1)
    )


def _day_number(draw: Random) -> int:
    return (DAY + timedelta(days=draw.randrange(-40, 200))).toordinal()


def _text(draw: Random) -> str:
    day = DAY + timedelta(days=draw.randrange(-40, 200))
    return draw.choice(
        (*CODES, day.isoformat(), f"{day:%y%m%d}", f"{day:%Y-%m}", str(_number(draw)))
    )
