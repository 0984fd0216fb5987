"""What tests of the intake ask: what is open, what was counted, what was an alarm."""

import logging

import pytest

from tests.databases import KINDS


@pytest.fixture(params=KINDS)
def database_kind(request):
    """Updates are kept, handled and answered the same on both."""
    return request.param


def alarms(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]


def tallied(lotsen) -> int:
    [[count]] = lotsen.look("SELECT count(*) FROM tally WHERE what = 'answered'")
    return count


def nothing_open(lotsen) -> bool:
    return not lotsen.look("SELECT * FROM inbox WHERE state IN ('new', 'done')")
