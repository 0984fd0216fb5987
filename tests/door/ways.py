"""Every way into Lotsen, read out of its code: buttons, commands, what is written, verbs.

Nothing here is a list by hand of what there is: handlers are walked, and the values on their
buttons are read out of their filters and types. Only examples of what a field may hold stand in
`examples.py`.
"""

import importlib
import itertools
import math
import pkgutil
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import eq

import click
from aiogram import Router
from aiogram.filters import Command, CommandStart, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State
from magic_filter import MagicFilter
from magic_filter.operations import ComparatorOperation, FunctionOperation

import messaging
from bot.__main__ import lotsen
from handlers import make_router
from messaging.callbacks import CallbackData


@dataclass(frozen=True)
class Handler:
    """One handler of the chat: what it hears, and in which states of a conversation."""

    name: str
    hears: str  # message or callback_query
    button: type[CallbackData] | None = None
    values: tuple[tuple[str, tuple[object, ...]], ...] = ()  # that its filter asks for
    commands: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    content: str = "text"


def walk(router: Router) -> Iterator[Router]:
    """That router and all below it, in the order in which they are asked."""
    yield router
    for each in router.sub_routers:
        yield from walk(each)


def name_of(callback: typing.Any) -> str:
    """How a handler is called here: its file and its function."""
    return f"{callback.__module__.removeprefix('handlers.')}.{callback.__name__}"


@cache
def handlers() -> tuple[Handler, ...]:
    """Every handler that hears a person, as it is registered."""
    found = []
    for router in walk(make_router()):
        for hears in ("message", "callback_query"):
            found += [_handler(each, hears) for each in router.observers[hears].handlers]
    return tuple(found)


def _handler(registered: typing.Any, hears: str) -> Handler:
    facts: dict[str, typing.Any] = {}
    for each in registered.filters or []:
        match each.callback:
            case CallbackQueryFilter() as heard:
                facts |= {"button": heard.callback_data, "values": tuple(_asked(heard.rule))}
            case CommandStart():
                facts["commands"] = ("/start",)
            case Command() as heard:
                facts["commands"] = tuple(f"/{word}" for word in heard.commands)
            case StateFilter() as heard:
                facts["states"] = tuple(_states(heard))
            case _ if each.magic is not None:
                facts |= _content(each.magic)
    return Handler(name_of(registered.callback), hears, **facts)


def _states(heard: StateFilter) -> Iterator[str]:
    for each in heard.states:
        if isinstance(each, State):
            yield str(each.state)
        else:
            yield from (str(state.state) for state in each.__all_states__)


def _content(rule: MagicFilter) -> dict[str, str]:
    first = getattr(rule._operations[0], "name", None)
    return {"content": first} if first in {"voice", "photo", "location"} else {}


def _asked(rule: MagicFilter | None) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The field that a filter asks for, and the values it wants; none for `not these`."""
    if rule is None:
        return
    field, *rest = rule._operations
    match rest:
        case []:
            yield field.name, (True,)
        case [ComparatorOperation(comparator=comparator, right=right)] if comparator is eq:
            yield field.name, (right,)
        case [FunctionOperation(args=(wanted,))]:
            yield field.name, tuple(wanted) if isinstance(wanted, set | tuple) else (wanted,)


@cache
def buttons() -> tuple[type[CallbackData], ...]:
    """Every kind of button, but those that others are built on."""
    for each in pkgutil.iter_modules(messaging.__path__):
        if each.name.endswith("buttons") or each.name == "callbacks":
            importlib.import_module(f"messaging.{each.name}")
    return tuple(sorted(_below(CallbackData), key=lambda each: each.__prefix__))


def _below(kind: type[CallbackData]) -> Iterator[type[CallbackData]]:
    for each in kind.__subclasses__():
        if not each.__name__.startswith("_"):
            yield each
        yield from _below(each)


def verbs() -> dict[str, click.Command]:
    """Every verb of the command line, by its words."""
    return dict(_verbs(lotsen, ""))


def _verbs(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    for name, each in sorted(group.commands.items()):
        if isinstance(each, click.Group):
            yield from _verbs(each, f"{before}{name} ")
        else:
            yield f"{before}{name}", each


def commands() -> tuple[str, ...]:
    """Every command that somebody can type, `/start` among them."""
    return tuple(sorted({word for each in handlers() for word in each.commands}))


def written() -> tuple[tuple[str, str], ...]:
    """Every state in which something written or sent is waited for, and what that is."""
    heard = (each for each in handlers() if each.hears == "message")
    return tuple(sorted({(s, each.content) for each in heard for s in each.states}))


def wanted(kind: type[CallbackData], field: str) -> tuple[object, ...]:
    """The values of that field that some handler asks for by name, in a fixed order."""
    found = [
        value
        for each in handlers()
        if each.button is kind
        for name, values in each.values
        if name == field
        for value in values
    ]
    return tuple(sorted(set(found), key=str))


def choices(kind: type[CallbackData], field: str) -> tuple[object, ...]:
    """All values of a field that has only so many; empty where it can hold anything."""
    annotation = kind.model_fields[field].annotation
    found: list[object] = []
    for each in _parts(annotation):
        if each is bool:
            found += [True, False]
        elif isinstance(each, type) and issubclass(each, Enum):
            found += list(each)
    if found and type(None) in _parts(annotation):
        found.append(None)
    return tuple(found)


def _parts(annotation: typing.Any) -> tuple[typing.Any, ...]:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return typing.get_args(annotation)
    return (annotation,)


def states_of(kind: type[CallbackData], values: dict[str, object]) -> tuple[str | None, ...]:
    """The states in which some handler wants a button of these values; None: it needs none."""
    found: dict[str | None, None] = {}
    for each in handlers():
        if each.button is kind and _wants(kind, _talk(each), values):
            found |= dict.fromkeys(each.states or (None,))
    return tuple(found) or (None,)


def _talk(handler: Handler) -> str:
    return handler.states[0].partition(":")[0] if handler.states else ""


def _wants(kind: type[CallbackData], talk: str, values: dict[str, object]) -> bool:
    """Whether a conversation has to do with these values of a picker, which serves many."""
    asked = [
        each.values for each in handlers() if each.button is kind and _talk(each) == talk and talk
    ]
    named = {value for many in asked for name, group in many if name == "why" for value in group}
    return not named or values.get("why") in named


def combined(values: dict[str, tuple[object, ...]], most: int = 30) -> Iterator[dict[str, object]]:
    """Every combination of these values; if there are too many, every value at least once."""
    count = math.prod(len(each) for each in values.values())
    if count <= most:
        every = itertools.product(*values.values())
    else:
        longest = max(len(each) for each in values.values())
        shifted = (itertools.cycle(each) for each in values.values())
        every = itertools.islice(zip(*shifted, strict=False), longest)
    for each in every:
        yield dict(zip(values, each, strict=True))
