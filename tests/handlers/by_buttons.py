"""Activities as staff write them: by buttons; and who signs up for them."""

from services import signing_up
from services.access import reader_of
from storage import activities, seats
from tests.cast import RULES
from tests.handlers.home import delivered
from tests.handlers.phone import Lotsen, Phone

BO, CARLA, ANNA, DANA = 2011, 2012, 2013, 2014
TITLES = {
    "sv": "Pappagrupp",
    "ar": "مجموعة الآباء",
    "so": "Kooxda aabbayaasha",
    "en": "Fathers together",
}


async def activity(lotsen: Lotsen, number: int = 1):
    async with lotsen.db.read() as tx:
        return (await activities.load(tx, [number]))[number]


async def occasions(lotsen: Lotsen, number: int = 1):
    async with lotsen.db.read() as tx:
        return (await activities.occasions(tx, [number])).get(number, ())


async def series(phone: Phone, how="series", day="20261110", begins="1730", ends="1900"):
    """The taps that plan meetings, up to their number or their last day."""
    n = ("one", "series", "weekly").index(how)
    await phone.press(f"Ap:1:{how}")
    await phone.press(f"yd:anf:1.{n}:{day}")
    await phone.press(f"yt:ant:1.{n}:{day}:{begins}")
    minutes = int(begins[:2]) * 60 + int(begins[2:])
    return await phone.press(f"yt:ane:1.{n}.{minutes}:{day}:{ends}")


async def words(phone: Phone, number: int = 1):
    for code, title in TITLES.items():
        await phone.press(f"Ay:{number}:{code}")
        await phone.write(f"{title}\n{title}")


async def ready(phone: Phone, place: int) -> None:
    """A fathers' group with all it needs, not open yet."""
    await phone.press("Ak:fathers")
    await words(phone)
    await phone.press(f"As:1:p:{place}")
    await phone.press("As:1:s:sv")
    await series(phone)
    await phone.tap("4")


async def sign_up(lotsen, language="en"):
    """A parent with a place for two."""
    parent = lotsen.phone()
    await parent.join(language)
    async with lotsen.db.write() as tx:
        [place] = (await seats.of_activities(tx, [1]))[1]
        reader = await reader_of(tx, parent.id)
        await signing_up.sign_up(tx, reader, place.id, 1, 1, lotsen.clock.now(), RULES)
    return parent


async def told(lotsen) -> int:
    """How many changes are promised to who signed up."""
    await delivered(lotsen)
    return len(await lotsen.rows("item", kind="activity_changed"))
