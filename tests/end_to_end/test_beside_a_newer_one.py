"""A newer version migrates the database while this one is at work: it goes on until it is replaced.

The migrations of the next version are made up here, as far as an expand step may go: every table
gets a column without a value and one with a default of the server's, and there is a new table.
"""

from datetime import date, timedelta
from unittest.mock import patch

import pytest

from services import enrolment
from simulator.users import Person
from storage import migrate
from storage.database import open_database
from tests.cast import AREA, local
from tests.databases import KINDS
from tests.effort import tries
from tests.end_to_end.processes import WallClock
from tests.end_to_end.town import (
    BORN,
    DAY,
    EVE_HOUR,
    JOINED,
    RULES,
    TIP_HOUR,
    Installation,
    Telegram,
)

pytestmark = pytest.mark.slow

HOMES = 6
JUST_BORN = date(2026, 12, 20)  # nothing is due to them that day
PRESSES = ("Tf:0:0", "l:sv")
SOON = local("2027-01-01T10:30")
QUICKER = {"scheduler.runner.PLAN_EVERY": timedelta(seconds=1)}
TIP, EVE = "A tip from", "See you on"
OPEN = """
    SELECT 'message' FROM outbox WHERE state IN ('waiting', 'sending')
    UNION ALL SELECT 'update' FROM inbox WHERE state IN ('new', 'done')
"""
STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None


def upgrade():
    connection = op.get_bind()
    for table in sa.inspect(connection).get_table_names():
        if table != "alembic_version":
            op.add_column(table, sa.Column("later_{number}", sa.String(20)))
            default = sa.Column("sure_{number}", sa.Integer, nullable=False, server_default="7")
            op.add_column(table, default)
    op.create_index("ix_outbox_sure_{number}", "outbox", ["sure_{number}"])
    op.create_table(
        "later_{number}",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("family_id", sa.Integer, sa.ForeignKey("family.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO later_{number} (family_id) SELECT id FROM family")
"""


class Newer:
    """The next version's migrations, one after the other, each by the code that migrates here."""

    def __init__(self, lotsen: Installation) -> None:
        self._lotsen, self._before = lotsen, migrate.newest()
        self._folder = lotsen.folder / "versions"
        self._folder.mkdir()

    async def migrates(self, number: str) -> None:
        """Its next step is done, while others are connected."""
        step = STEP.format(number=number, before=self._before)
        (self._folder / f"{number}_later.py").write_text(step, "utf-8")
        self._before = number
        ours = migrate._config

        def config(connection=None):
            found = ours(connection)
            places = f"{found.get_main_option('script_location')}/versions:{self._folder}"
            found.set_main_option("path_separator", ":")
            found.set_main_option("version_locations", places)
            return found

        db = open_database(self._lotsen.url, [self._lotsen.key])
        try:
            with patch.object(migrate, "_config", config):
                await migrate.migrate(db)
                assert await migrate.current(db) == number
        finally:
            await db.close()


@pytest.mark.parametrize("database_kind", tries(["postgresql"], list(KINDS)))
async def test_who_runs_goes_on_while_a_newer_version_migrates_and_does_not_start_after_it(
    empty_database, lotsen: Installation, telegram: Telegram
):
    world = telegram.world
    phones, others, code = await _moves_in(lotsen, telegram)
    clock = WallClock(lotsen.folder / "clock", TIP_HOUR)
    work = lotsen.start("run", quicker=QUICKER, clock=clock)
    newer, joins = Newer(lotsen), telegram.phone("Dalmar")

    await world.until(lambda: telegram.arrived > 2, within=60)
    await newer.migrates("9001")  # in the middle of sending
    await world.until(lambda: telegram.arrived >= HOMES, within=60)
    clock.set(EVE_HOUR)
    for phone, what in zip(others, PRESSES, strict=True):
        world.press(phone, message_id=world.messages(phone)[0].id, data=what)
    world.start(joins, code)
    await world.until(lambda: telegram.texts(joins), within=60)
    for what in ("l:so", "c:1", "e:1"):
        world.press(joins, message_id=world.messages(joins)[0].id, data=what)
    await newer.migrates("9002")  # in the middle of planning and answering
    await world.until(
        lambda: not lotsen.look(OPEN) and all(_about(telegram, one)[1] for one in phones), 60
    )
    refused = await lotsen.command("run", now=EVE_HOUR)
    ended = await work.stop()

    assert (ended.code, "Traceback" in ended.err, "ERROR" in ended.err) == (0, False, False)
    assert [_about(telegram, phone) for phone in phones] == [(1, 1)] * HOMES
    spoken = {row["chat_id"]: row["language"] for row in lotsen.look("SELECT * FROM guardian")}
    assert {spoken.pop(phone.id) for phone in phones} == {"en"}
    assert spoken == {others[1].id: "sv", joins.id: "so"}
    _is_newer(lotsen)
    assert (refused.code, "made by a newer Lotsen" in refused.err) == (1, True)


async def _moves_in(
    lotsen: Installation, telegram: Telegram
) -> tuple[list[Person], list[Person], str]:
    """Phones to which something is due, phones of two others, and the code for a new family."""
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "20"
    phones = [telegram.phone(f"Parent {n}") for n in range(HOMES)]
    await lotsen.move_in([[each] for each in phones], BORN, JOINED, SOON)
    others = [telegram.phone(name) for name in ("Hodan", "Leyla")]
    await lotsen.move_in([[each] for each in others], JUST_BORN, JOINED)
    for each in others:
        telegram.world.start(each, "long-ago")
    telegram.world.bot.updates.waiting.clear()
    await lotsen.planned_until(DAY)
    async with lotsen.database() as db, db.write() as tx:
        new = await enrolment.register_family(tx, AREA, JUST_BORN, None, None, TIP_HOUR, RULES.zone)
    return phones, others, new.code


def _is_newer(lotsen: Installation) -> None:
    """What the older one has written since has the newer one's values; what it erased is gone."""
    sure = lotsen.look("SELECT DISTINCT sure_9001, later_9002 FROM outbox")
    assert [tuple(row.values()) for row in map(dict, sure)] == [(7, None)]
    assert len(lotsen.look("SELECT 1 FROM later_9001")) == HOMES + 2  # not who is forgotten


def _about(telegram: Telegram, phone: Person) -> tuple[int, int]:
    """How many tips and how many reminders there are on a phone."""
    texts = telegram.texts(phone)
    return sum(TIP in text for text in texts), sum(EVE in text for text in texts)
