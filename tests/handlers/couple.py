"""Two parents and their phones: how the second one comes, and how the first one is asked."""

from programme.people import GuardianRole, Why
from services import enrolment
from storage import rests
from storage.rests import Whose
from tests.handlers.phone import Phone
from tests.handlers.post_office import PostOffice, presses


def code_in(text: str) -> str:
    return text.partition("?start=")[2].split("\u2069")[0].split()[0]


async def own_link(phone: Phone) -> str:
    [said] = await phone.press("m:other")
    return code_in(said.text)


async def staff_link(lotsen, role: GuardianRole | None = None) -> str:
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        return await enrolment.new_link(tx, family.id, lotsen.clock.now(), role)


async def come(phone: Phone, code: str, language: str = "ar"):
    await phone.start(code)
    await phone.tap_data(f"l:{language}")
    return await phone.tap_data("c:1")


async def asked(office: PostOffice, phone: Phone):
    """The question whether this is the right person, as it arrives on that phone."""
    [said] = await office.to(phone)
    return said, presses(said)


async def answer(office: PostOffice, phone: Phone, label: str):
    _, buttons = await asked(office, phone)
    return await phone.press(buttons[label])


async def rest(lotsen, why: Why, **whose: int) -> None:
    async with lotsen.db.write() as tx:
        await rests.begin(tx, Whose(**whose), why, lotsen.clock.now())
