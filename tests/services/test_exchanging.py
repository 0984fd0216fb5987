"""A restore on a server takes away what one before it has left, and nothing of anybody else's."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.engine import make_url

from storage.exchange import ServerExchange
from tests.databases import ON_POSTGRESQL
from tests.postgres import look

NOW = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
LONG = "x" * 45  # PostgreSQL cuts at 63


@ON_POSTGRESQL
async def test_only_what_a_restore_of_this_database_has_left_is_dropped_and_named(
    new_database, server
):
    name = make_url(url := new_database()).database
    left = f"{name}_new_20261130_120000"
    theirs = [f"{name}_new_trial", f"{name}_new_2026", f"{left}_kept", f"{name}x_new_20261130_1"]
    server.say(*(f'CREATE DATABASE "{each}" TEMPLATE template0' for each in (left, *theirs)))
    try:
        how = ServerExchange(url)
        async with how.beside(NOW):
            pass
        there = {row["datname"] for row in look(url, "SELECT datname FROM pg_database")}
    finally:
        server.say(*(f'DROP DATABASE IF EXISTS "{each}"' for each in (left, *theirs)))
    assert [each for each in (left, *theirs) if each not in there] == [left]
    assert how.dropped == [left]


@pytest.mark.parametrize("ends", [("a", "b"), ("å", "ä"), ("", "a")])
def test_two_names_that_begin_alike_are_two_names_beside_and_none_is_cut(ends):
    called = {
        ServerExchange(f"postgresql://here/{LONG}{end}")._called(what, NOW)
        for end in ends
        for what in ("new", "before")
    }
    assert len(called) == 4
    assert max(len(name.encode()) for name in called) <= 63
