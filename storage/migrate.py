"""Bring a database to the newest form; a new one gets areas and places."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage import areas, places
from storage.database import Database, Tx
from storage.turns import only_one_migrates

# domain.md P4: the areas of 2022. This only starts a new database; areas are data.
FIRST_AREAS = ("Angered Centrum", "Gårdsten", "Hammarkullen", "Hjällbo", "Lövgärdet", "Tynnered")

DEADLOCK = "40P01"  # what PostgreSQL says to the one of two that it ends
TRIES = 5


_HERE = Path(__file__).parent / "migrations"
_VERSIONS = _HERE / "versions"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The name of the newest form: each file of `versions` begins with its own, in their order.

    Alembic would load all of them to say the same, at every start.
    """
    return max(file.name.partition("_")[0] for file in _VERSIONS.glob("[0-9]*.py"))


async def current(db: Database) -> str | None:
    """The form this database is in; None for an empty one."""
    async with db.read() as tx:
        return await tx.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


async def is_newer(tx: Tx) -> bool:
    """Whether a newer version of this program is at work here, and has changed the database."""
    form = await tx.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    return form is not None and not known(form)


async def migrate(db: Database, to: str = "head") -> None:
    """Change the database to that form, newest by default, all in one transaction.

    Beside processes at work it may lose a deadlock: nothing is changed then, and it begins anew.
    """
    for _ in range(TRIES - 1):
        try:
            return await _migrate(db, to)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    return await _migrate(db, to)


async def _migrate(db: Database, to: str) -> None:
    async with db.rebuild() as tx:
        await only_one_migrates(tx)
        await tx.run_sync(lambda c: command.upgrade(_config(c), to))
        if to == "head":
            await _first_rows(tx)


async def _first_rows(tx: Tx) -> None:
    if not await areas.names(tx):
        for name in FIRST_AREAS:
            await areas.add(tx, name)
    await places.begin_with_first(tx)


async def undo(db: Database, to: str) -> None:
    """Change the database back to an older form."""
    async with db.rebuild() as tx:
        await only_one_migrates(tx)
        await tx.run_sync(lambda c: command.downgrade(_config(c), to))


def forms() -> list[str]:
    """Every form, the oldest first."""
    found = ScriptDirectory.from_config(_config()).walk_revisions()
    return [each.revision for each in found][::-1]


def known(form: str) -> bool:
    """Whether this program knows that form of the database."""
    return form in forms()
