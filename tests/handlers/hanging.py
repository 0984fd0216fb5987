"""A poster hangs, and somebody comes by it: for tests."""

from programme.people import Role
from storage import areas
from tests.cast import AREA
from tests.colleagues import BO_CHAT, at_work
from tests.handlers.couple import code_in
from tests.handlers.post_office import presses
from tests.qr_reader import read

FOUR = ("sv", "ar", "so", "en")
EVA = 2003
FIGURES = (
    *("poster_opened", "poster_asked", "poster_welcome", "poster_not_ours"),
    *("poster_forgotten", "poster_withdrawn", "poster_by_link", "registered", "joined"),
)


async def hung_up(lotsen, area=AREA) -> str:
    """The code of a poster that a coordinator has made."""
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, area)
    async with lotsen.db.read() as tx:
        number = await areas.find(tx, area)
    eva = lotsen.phone(EVA)
    await eva.press(f"Rm:{number}:show")
    made, *_paper = await eva.tap_data(f"Rm:{number}:new")
    code = code_in(made.text)
    assert read(made.file).endswith(code)
    return code


async def apply(phone, code, language="so", day="yd:psb::20261101"):
    said = await phone.start(code)
    for press in (f"l:{language}", "e:1", day, "c:1"):
        said += await phone.tap_data(press)
    return said


def asked(said):
    return [each for each in said if any("Rz:" in d for d in presses(each).values())]


async def press_letter(office, phone, yes: bool):
    """Answer the letter that has come to this colleague."""
    [letter] = asked(await office.to(phone))
    [found] = [d for d in presses(letter).values() if d.endswith(f":{int(yes)}")]
    return letter, await phone.press(found)


async def staffed(lotsen) -> str:
    """A poster, and colleagues who are asked about who comes by it."""
    await at_work(lotsen.db)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT)
    return await hung_up(lotsen)
