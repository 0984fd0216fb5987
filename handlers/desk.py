"""What every act of staff needs, as one value: who sits there, their language, the act's moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiogram import Router
from aiogram.types import TelegramObject

from messaging.i18n import Languages, Tongue
from programme.kinds import Rules
from programme.localtime import on_the_clock
from services.access import Colleague
from services.types import Tx


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


def on_press(router: Router) -> Callable[..., None]:
    """Registers a handler of presses that gets a `desk`."""

    def on(handler: object, *filters: object) -> None:
        router.callback_query.register(handler, *filters, at_desk)  # type: ignore[arg-type]

    return on
