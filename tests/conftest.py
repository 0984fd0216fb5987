"""What many tests need: a database in its newest form, and the languages.

The libraries behind them are loaded by whoever uses them, so that the rules alone are tested fast.
"""

import asyncio
import shutil

import pytest

import messaging.types_when_needed  # noqa: F401 - also where a test loads aiogram first
from tests import databases, memory, overheard, postgres

LONGEST = {
    "test_what_each_phone_got_in_eighteen_months_is_the_timeline_of_the_same_facts",
    "test_thirty_kills_lose_nothing_and_double_only_what_was_in_flight",
    "test_kills_at_any_moment_lose_no_press_and_repeat_no_effect",
    "test_whatever_happens_families_get_what_the_rules_say",
}

memory.work_in_memory()
overheard.listen()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A test in which a log names anybody has failed, whatever else it says."""
    result = yield
    _nobody_was_named(item)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """What a process has written shows when it ends."""
    result = yield
    _nobody_was_named(item)
    return result


def _nobody_was_named(item):
    if lines := overheard.taken():
        pytest.fail(f"{item.nodeid} let a log say:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """An SQLite file in its newest form: copied for each test, because migrating is slow."""
    file = tmp_path_factory.mktemp("newest") / "lotsen.sqlite3"
    asyncio.run(_migrated(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def server():
    """PostgreSQL, running, with a migrated database to copy from; skips where there is none."""
    programs = postgres.binaries()
    if programs is None:
        databases.missing("postgresql")
    running = postgres.Server(programs)
    try:
        running.build()
        running.say(f"CREATE DATABASE {postgres.TEMPLATE}")
        asyncio.run(_migrated(running.url(postgres.TEMPLATE)))
        yield running
    finally:
        running.remove()


async def _migrated(url):
    from cryptography.fernet import Fernet

    from storage.database import open_database
    from storage.migrate import migrate

    made = open_database(url, [Fernet.generate_key().decode()])
    await migrate(made)
    await made.close()


@pytest.fixture(params=databases.KINDS)
def database_kind(request):
    """Every test with a database runs on both; tests/databases.py has marks for fewer."""
    return request.param


@pytest.fixture(scope="session")
def honest_figures():
    """Whatever a test counts must be what `programme/figures.py` says of it."""
    from programme.figures import MEANINGS
    from storage import tallies

    counts = tallies.count

    async def count(tx, area_id, day, what, visit=None, detail=None, centre_id=None):
        assert MEANINGS[what].fits(visit, detail), (what, visit, detail)
        await counts(tx, area_id, day, what, visit, detail, centre_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "count", count)
        yield


@pytest.fixture
def new_database(database_kind, request, tmp_path, honest_figures):
    """Makes a database in its newest form, as often as asked; its address."""
    if database_kind == "sqlite":
        yield databases.copies(request.getfixturevalue("empty_database"), tmp_path)
    else:
        with request.getfixturevalue("server").databases() as make:
            yield make


@pytest.fixture
def bare_database(database_kind, request, tmp_path):
    """The address of a database in which there is nothing yet."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    else:
        with request.getfixturevalue("server").databases() as make:
            yield make("template0")


@pytest.fixture(scope="session")
def open_at():
    """Opens the database at that address; everybody in the tests has the same key."""
    from cryptography.fernet import Fernet

    from tests.engines import Kept

    return Kept([Fernet.generate_key().decode()]).open


@pytest.fixture(scope="session")
def open_copy(empty_database, open_at):
    """Opens the SQLite database in that file; one that is not there yet is new and migrated."""

    def open_one(file):
        if not file.exists():
            shutil.copy(empty_database, file)
        return open_at(f"sqlite:///{file}")

    return open_one


@pytest.fixture
async def fresh_database(new_database, open_at):
    """Opens a new database in its newest form, as often as asked; closed at the end."""
    opened = []

    def open_one():
        opened.append(open_at(new_database()))
        return opened[-1]

    yield open_one
    for each in opened:
        await each.close()


@pytest.fixture
async def db(fresh_database):
    """A migrated database; on SQLite its file is `tmp_path / "lotsen.sqlite3"`."""
    return fresh_database()


@pytest.fixture(scope="session")
def languages():
    """Every language there is, read once."""
    from messaging.i18n import load_languages

    return load_languages()


def pytest_collection_modifyitems(items):
    """The longest begin first: else all the others would wait for them at the end."""
    items.sort(key=lambda item: item.originalname not in LONGEST)
