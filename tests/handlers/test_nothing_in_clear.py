"""What people write by chat stands in clear nowhere: not in a file, a log, a figure or a report.

Somebody who is a parent, and somebody of the staff, write the same words in every state that a
conversation can be in, whether they are wanted there or not. What is allowed to stand in clear is
ALLOWED below, and nothing else.
"""

import io
import json
import logging

import pytest
from aiogram.fsm.state import StatesGroup
from cryptography.fernet import Fernet

from bot.logs import JsonLines, TextLines
from bot.metrics import Figures
from programme.people import Role
from services import backups, health, reports
from storage import conversations, families, memory
from storage.columns import Sealed
from storage.tables import metadata
from tests.cast import JOINED
from tests.colleagues import BO_CHAT, at_work
from tests.handlers.phone import BOT_ID

NAME, STREET, PHONE = "Quvenzhaneplanted", "Plantedgatan 12", "0701-740605-planted"
WORDS = f"{NAME}, {STREET}, {PHONE}"
TELEGRAMS = ("Plantedname", "Plantedsurname", "planted_user")  # what a phone says of its owner
LABEL, QUESTION = "Plantedlabel of theirs", "Plantedquestion, at nine?"
PLANTED = (NAME, STREET, PHONE, *TELEGRAMS, LABEL, QUESTION)

# In clear, because it is shown to families or must be searched (decision 38): first names of
# staff, areas, places, activities, notices, and the numbers of chats. None of it is a parent's.
ALLOWED = {
    *("staff.name", "area.name", "area.employer", "edition.body", "activity.link"),
    *("wording.title", "wording.body"),
}


def every_state() -> list[str]:
    """Each state that some conversation of ours can be in."""
    waits, found = [StatesGroup], []
    while waits:
        each = waits.pop()
        waits += each.__subclasses__()
        if each.__module__.startswith("handlers"):
            found += each.__all_states_names__
    return sorted(set(found))


def forms(text: str) -> list[bytes]:
    """How it would stand in a file."""
    plain = (text, text.lower(), json.dumps(text)[1:-1], text.encode("utf-16-le"))
    return [each if isinstance(each, bytes) else each.encode() for each in plain]


def seen(content: bytes) -> set[str]:
    return {text for text in PLANTED if any(form in content for form in forms(text))}


@pytest.fixture
def log():
    """Whatever is logged, in both formats."""
    to = io.StringIO()
    every = [logging.StreamHandler(to) for _ in range(2)]
    for handler, form in zip(every, (TextLines(), JsonLines()), strict=True):
        handler.setFormatter(form)
        logging.getLogger().addHandler(handler)
    yield to
    for handler in every:
        logging.getLogger().removeHandler(handler)


async def write_everywhere(lotsen, phone, states) -> None:
    for state in states:
        async with lotsen.db.write() as tx:
            place = (BOT_ID, phone.id, phone.id)
            await conversations.write(tx, place, state, {"said": QUESTION}, JOINED)
        await phone.write(WORDS)


async def test_what_people_write_stands_in_clear_nowhere(lotsen, office, log, tmp_path):
    amina = lotsen.phone()
    await amina.join("so")
    await at_work(lotsen.db, chat_id=(anna := lotsen.phone()).id, role=Role.COORDINATOR)
    states = every_state()
    assert len(states) > 30
    await write_everywhere(lotsen, amina, states)
    await write_everywhere(lotsen, anna, states)
    await lotsen.phone().write(WORDS)  # a stranger
    await at_work(lotsen.db, "Bo", chat_id=BO_CHAT)  # who meets families
    await amina.write("/team")
    await amina.write(QUESTION)
    assert [each.text for each in await lotsen.rows("thread")] == [QUESTION]
    async with lotsen.db.write() as tx:
        [who] = await lotsen.rows("guardian")
        await families.set_family(tx, who.family_id, label=LABEL)
        await memory.remember_instant(tx, memory.WATERMARK, JOINED)

    files = b"".join(each.read_bytes() for each in tmp_path.glob("lotsen.sqlite3*"))
    in_clear = await standing_in_clear(lotsen)
    assert set(in_clear) <= ALLOWED
    assert seen(files) <= set().union(*in_clear.values())
    assert not seen(files) & {LABEL, QUESTION, *TELEGRAMS}
    assert seen(await a_backup(lotsen, tmp_path)) == set()
    assert log.getvalue().count("begun anew") > 10  # so what a failure tells is in it
    assert seen(log.getvalue().encode()) == set()
    assert seen(f"so: {LABEL.lower()}".encode()) == {LABEL}  # the search finds what is there
    assert seen(await figures(lotsen)) == set()


async def standing_in_clear(lotsen) -> dict[str, set[str]]:
    """Which columns that are not sealed have which of these words."""
    found: dict[str, set[str]] = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Sealed):
                values = [str(row._mapping[column.name]) for row in await lotsen.rows(table.name)]
                if words := seen("\n".join(values).encode()):
                    found[f"{table.name}.{column.name}"] = words
    return found


async def a_backup(lotsen, folder) -> bytes:
    key = Fernet.generate_key().decode()
    url = f"sqlite:///{folder / 'lotsen.sqlite3'}"
    await backups.make(lotsen.db, url, [key], folder / "a.backup", JOINED)
    return (folder / "a.backup").read_bytes()


async def figures(lotsen) -> bytes:
    """The page of figures, and the report."""

    async def look():
        return await health.standing(lotsen.db, JOINED)

    page = await Figures().page(look, lotsen.clock.now)
    async with lotsen.db.read() as tx:
        report = await reports.read(tx, JOINED.date())
    return page + repr(report).encode()
