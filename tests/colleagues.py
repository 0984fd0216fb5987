"""Staff as rows: somebody of an area who reads in a chat."""

from programme.people import Role
from services.access import Colleague, colleague_of
from storage import areas, staff
from storage.database import Database
from tests.cast import AREA

ANNA_CHAT, BO_CHAT = 2001, 2002


async def at_work(
    db: Database,
    name: str = "Anna",
    role: Role = Role.NURSE,
    chat_id: int = ANNA_CHAT,
    area: str = AREA,
    language: str = "en",
    morning: int | None = None,
) -> Colleague:
    """Somebody new of that area who has opened their link; `morning`: when their list comes."""
    async with db.write() as tx:
        area_id = await areas.find(tx, area)
        assert area_id is not None
        known = await staff.find(tx, area_id, name)
        number = known.member.id if known else await staff.add(tx, area_id, name, role)
        await staff.change(tx, number, chat_id=chat_id, language=language, morning=morning)
        found = await colleague_of(tx, chat_id)
    assert found is not None
    return found
