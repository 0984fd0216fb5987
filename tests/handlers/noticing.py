"""Coordinators and what they write, for the tests of notices."""

from datetime import timedelta

from programme.activities import ActivityKind, ForWhom, SigningUp, Words
from programme.notices import Audience, NoticeState, WordingState
from programme.people import GuardianRole, Role
from services import sending
from services.delivery import Sender
from storage import activities, areas, families, notices, wordings
from storage.wordings import Of
from tests.cast import AREA, RULES, local, move_in
from tests.colleagues import at_work
from tests.fakes import FakePush, Said
from tests.handlers.home import FOUR
from tests.handlers.phone import Lotsen, Phone, Shown
from tests.messaging.reading_marks import without_isolates

EVA, EBBA, ADA, NORA, TOM = 2003, 2006, 2004, 2001, 2005
NOW = local("2026-11-10T12:00")
WORDS = {
    "sv": "Pappagrupp\nVi träffas på Opaltorget.",
    "ar": "مجموعة الآباء\nنلتقي في المركز.",
    "so": "Kooxda aabbayaasha\nWaxaan ku kulannaa xarunta.",
    "en": "Fathers' group\nWe meet at the centre.",
}


async def working(lotsen: Lotsen, name: str, role: Role, chat: int, **facts) -> Phone:
    await at_work(lotsen.db, name, role, chat, **facts)
    return lotsen.phone(chat)


async def area_id(lotsen: Lotsen, name: str = AREA) -> int:
    async with lotsen.db.read() as tx:
        found = await areas.find(tx, name)
    assert found is not None
    return found


async def new_notice(phone: Phone, *codes: str, activity: int = 0) -> int:
    """A draft in those languages, with words of its own."""
    await phone.press(f"Nb:{activity}")
    number = max(row.id for row in await phone.lotsen.rows("notice"))
    for code in FOUR:
        if code not in codes:
            await phone.press(f"Ng:{number}:{code}:0")
    if not activity:
        for code in codes:
            await write(phone, number, code, WORDS[code])
    return number


async def write(phone: Phone, number: int, code: str, text: str) -> list[Shown]:
    await phone.press(f"Nw:{number}:{code}")
    return await phone.write(text)


async def act(phone: Phone, number: int, what: str) -> str:
    [said] = await phone.press(f"Na:{number}:{what}")
    return without_isolates(said.text)


async def state(lotsen: Lotsen, number: int) -> NoticeState:
    async with lotsen.db.read() as tx:
        return (await notices.load(tx, [number]))[number].state


async def audience(lotsen: Lotsen, number: int) -> Audience:
    async with lotsen.db.read() as tx:
        return (await notices.load(tx, [number]))[number].audience


async def delivered(lotsen: Lotsen) -> list[Said]:
    push = FakePush()
    await sending.start_due(lotsen.db, lotsen.clock.now(), RULES)
    sender = Sender(lotsen.db, push, lotsen.languages, RULES, 5000, lotsen.clock.now)
    await sender.drain()
    return push.arrived


async def a_fathers_group(lotsen: Lotsen, starts_at=NOW + timedelta(days=5), area=AREA) -> int:
    async with lotsen.db.write() as tx:
        number = await activities.add(
            tx,
            [await areas.find(tx, area)],
            kind=ActivityKind.FATHERS,
            state="open",
            made_at=NOW,
            for_whom=ForWhom.FATHERS,
            signing_up=SigningUp.ONCE,
            interpreter="man",
            interpreted="ar,so",
            spoken="sv",
            childcare=True,
        )
        await activities.add_occasion(tx, number, starts_at, 90, NOW)
        for code in FOUR:
            title, _, body = WORDS[code].partition("\n")
            of = Of(activity_id=number)
            await wordings.write(tx, of, code, Words(title, body), state=WordingState.APPROVED)
    return number


async def two_parents(lotsen: Lotsen):
    """Amina reads Somali; Yusuf, the other parent, Arabic."""
    home = await move_in(lotsen.db, chats=(1001, 1002))
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.amina, role=GuardianRole.BIRTHING)
        await families.set_guardian(tx, home.yusuf, role=GuardianRole.OTHER_PARENT)
    return home
