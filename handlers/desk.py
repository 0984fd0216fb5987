"""What every act of staff needs, as one value: who sits there, their language, the act's moment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from aiogram import Router
from aiogram.types import TelegramObject

from messaging.i18n import Languages, Tongue
from messaging.replies import Reply
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services.access import Colleague
from services.types import Tx

Handler = Callable[..., Awaitable[Reply]]
Filter = Callable[..., Any]  # what it finds becomes the handler's arguments


class OnPress(Protocol):
    """Registers a handler of presses, with the filters that must hold."""

    def __call__(self, handler: Handler, *filters: Filter) -> None:
        """The handler may ask for what the filters find, and for `desk`."""


@dataclass(frozen=True)
class Desk:
    """A colleague at work, in one transaction."""

    colleague: Colleague
    t: Tongue
    languages: Languages
    tx: Tx
    now: datetime
    rules: Rules

    @property
    def today(self) -> date:
        """The day on the clocks of Stockholm."""
        return on_the_clock(self.now, self.rules.zone).date()


async def at_desk(
    _event: TelegramObject,
    colleague: Colleague,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> dict[str, Desk]:
    """A filter that holds nobody back: the handler gets `desk`."""
    return {"desk": Desk(colleague, t, languages, tx, now, rules)}


def on_press(router: Router) -> OnPress:
    """How handlers of presses are registered that get a `desk`."""

    def on(handler: Handler, *filters: Filter) -> None:
        router.callback_query.register(handler, *filters, at_desk)

    return on
