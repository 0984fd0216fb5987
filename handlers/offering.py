"""An update is offered only to handlers that could take it, in the order in which they stand.

aiogram asks every filter of every handler in turn, 35 before a parent is answered and 300 before a
nurse is, and goes to another thread for each that is written with `F`. Most say no because of two
things that are known at once: the command or the button's prefix, and where in a dialog the person
is. Who would say no to these is passed over; the others are asked as aiogram does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver as Observer
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.command import CommandException
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, TelegramObject

Name = str | None
Names = frozenset[Name]
Heard = tuple[Observer, Sequence[HandlerObject]]  # what a router hears, and whom of it it may mean

_NO_S = "\0"  # stands for every word and state that no handler names


@dataclass(frozen=True)
class Wants:
    """What a handler asks for by name; None: it does not."""

    words: Names | None
    states: Names | None

    def could_be(self, word: Name, state: Name) -> bool:
        """Whether it might take an update with that command or prefix, said in that state."""
        told = self.words is None or word in self.words
        return told and (self.states is None or state in self.states)


class Offering(Router):
    """A router that knows what the handlers of the routers right below it want."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self._all = cache(self._look_at_all)
        self._offers = cache(self._choose)

    def could_take(self, kind: str, event: TelegramObject, state: Name) -> Sequence[Heard]:
        """Whose filters are asked, in their order."""
        _, words, states = self._all(kind)
        word = word_of(event)
        return self._offers(
            kind, word if word in words else _NO_S, state if state in states else _NO_S
        )

    async def _propagate_event(
        self,
        observer: Observer | None,
        update_type: str,
        event: TelegramObject,
        **kwargs: Any,  # noqa: ANN401 - aiogram's own
    ) -> Any:  # noqa: ANN401 - aiogram's own
        """As aiogram does it, without those who are passed over."""
        let_in = await _agreed(observer._handler.filters if observer else (), event, kwargs)
        if let_in is None:
            return UNHANDLED
        for heard, handlers in self.could_take(update_type, event, kwargs.get("raw_state")):
            known = await _agreed(heard._handler.filters, event, let_in)
            if known is None:
                continue
            for handler in handlers:
                facts = await _agreed(handler.filters, event, {**known, "handler": handler})
                if facts is not None:
                    return await _handled(heard, handler, event, facts)
        return UNHANDLED

    def _choose(self, kind: str, word: Name, state: Name) -> Sequence[Heard]:
        found = []
        for observer, wanted in self._all(kind)[0]:
            asked = [each for each, its in wanted if its.could_be(word, state)]
            if asked:
                found.append((observer, asked))
        return found

    def _look_at_all(
        self, kind: str
    ) -> tuple[list[tuple[Observer, list[tuple[HandlerObject, Wants]]]], Names, Names]:
        """Everybody who hears updates of that kind, and every word and state that they name."""
        found = [
            (each, [(handler, wants(handler)) for handler in each.handlers])
            for each in (_only_handlers(router).observers[kind] for router in self.sub_routers)
        ]
        named = [its for _, wanted in found for _, its in wanted]
        words = frozenset(word for its in named for word in its.words or ())
        return found, words, frozenset(state for its in named for state in its.states or ())


def _only_handlers(router: Router) -> Router:
    """The same; raises ValueError where more stands in it than is looked at here."""
    if router.sub_routers or any(each.outer_middleware for each in router.observers.values()):
        raise ValueError(f"{router.name} must hold nothing but handlers")
    return router


def word_of(event: TelegramObject) -> Name:
    """The command that is written there, or the prefix of the button that was pressed, or None."""
    if isinstance(event, CallbackQuery):
        return (event.data or "").partition(":")[0]
    text = event.text or event.caption if isinstance(event, Message) else None
    try:
        return Command.extract_command(text).command if text else None
    except CommandException:  # nothing but spaces
        return None


def wants(handler: HandlerObject) -> Wants:
    """What is asked for by those of its filters that ask by name."""
    words: Names | None = None
    states: Names | None = None
    for each in handler.filters or ():
        match each.callback:
            case Command(commands=named, ignore_case=False):
                plain: Names = frozenset(name for name in named if isinstance(name, str))
                words = plain if len(plain) == len(named) else None
            case CallbackQueryFilter(callback_data=button):
                words = frozenset({button.__prefix__})
            case StateFilter(states=named):
                plain = frozenset(one.state for one in named if isinstance(one, State))
                states = plain if len(plain) == len(named) else None
    return Wants(words, states)


async def _agreed(
    filters: Sequence[FilterObject] | None, event: TelegramObject, facts: dict[str, Any]
) -> dict[str, Any] | None:
    """The facts, and what the filters add to them; None if one says no."""
    for each in filters or ():
        said = each.callback(event, **each._prepare_kwargs(facts))
        if each.awaitable:
            said = await said
        if not said:
            return None
        if isinstance(said, dict):
            facts = {**facts, **said}
    return facts


async def _handled(
    heard: Observer, handler: HandlerObject, event: TelegramObject, facts: dict[str, Any]
) -> object:
    """What the handler returns, called within the middlewares around it."""
    around = heard.outer_middleware.wrap_middlewares(heard._resolve_middlewares(), handler.call)
    return await around(event, facts)
