"""Lotsen's chat at work in this process, against the small Telegram over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import app
from bot.clock import Clock
from bot.settings import Settings
from services.booking import book
from simulator.state import Press
from simulator.users import Person
from storage import areas, families
from tests.cast import AREA
from tests.end_to_end.town import BORN, DAY, JOINED, RULES, TOKEN, Installation, Telegram

STARTS = DAY.replace(hour=10)
CHOICES = ("yes", "other_time", "no_thanks")


@asynccontextmanager
async def at_work(
    lotsen: Installation, webhook: bool = False, **settings: object
) -> AsyncIterator[app.House]:
    """The chat works until the block ends."""
    own = Settings(
        _env_file=None,
        data_dir=lotsen.folder,
        **lotsen.server,
        bot_token=TOKEN,
        api_url=lotsen.telegram.url,
        **{"http_port": 0, **settings},
    )
    stop = asyncio.Event()
    async with app.open_house(own, Clock(DAY)) as house, asyncio.TaskGroup() as tasks:
        tasks.create_task(app.work(house, stop, chat=True, clockwork=False, webhook=webhook))
        try:
            yield house
        finally:
            stop.set()


class Household:
    """A parent with a phone, and the booking of a visit that their buttons are about."""

    def __init__(self, telegram: Telegram, phone: Person, booking: int) -> None:
        self.telegram, self.phone, self.booking = telegram, phone, booking
        self.presses: list[tuple[str, Press]] = []

    def answer(self, choice: str) -> Press:
        """Press a button under an old message."""
        data = f"v:{self.booking}:0:{choice}"
        first = self.telegram.world.messages(self.phone)[0]
        press = self.telegram.world.press(self.phone, message_id=first.id, data=data)
        self.presses.append((choice, press))
        return press

    @property
    def texts(self) -> list[str]:
        return self.telegram.texts(self.phone)


async def with_visits(lotsen: Installation, count: int) -> list[Household]:
    """Families whose visit lies ahead; their phones pressed Start long ago."""
    telegram, homes = lotsen.telegram, []
    async with lotsen.database() as db, db.write() as tx:
        area = await areas.find(tx, AREA)
        for n in range(count):
            phone = telegram.world.person(f"Planted {n}", "en")
            telegram.world.start(phone, "long-ago")
            family = await families.register(tx, area, None, JOINED)
            await families.add_child(tx, family, BORN, None)
            await families.add_guardian(tx, family, phone.id, "en", JOINED)
            # All at the same hour: each by two of their own, for nobody comes to two families.
            at, who = STARTS.replace(year=2027), [f"Anna{n}", f"Bo{n}"]
            booking = await book(tx, family, 2, at, who, JOINED, RULES)
            homes.append(Household(telegram, phone, booking))
    telegram.world.bot.updates.waiting.clear()
    return homes


def answered(homes: list[Household]) -> int:
    """How many of all presses Telegram has an answer to."""
    return sum(press.answered for home in homes for _, press in home.presses)
