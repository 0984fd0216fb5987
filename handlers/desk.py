"""What every act of staff needs, as one value: who sits there, their language, the act's moment."""

from dataclasses import dataclass
from datetime import date, datetime

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
    colleague: Colleague | None,
    t: Tongue,
    languages: Languages,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> bool | dict[str, Desk]:
    """Lets in somebody of the staff who has not ended; every handler behind it may have `desk`."""
    return colleague is not None and {"desk": Desk(colleague, t, languages, tx, now, rules)}
