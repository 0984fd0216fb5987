"""The ears of the whole run hear what they should, and nothing else."""

import logging

import pytest

from tests import overheard

LOG = logging.getLogger("some.place")


@pytest.mark.parametrize(
    "say",
    [
        lambda: LOG.info("planned for %s", "Amina"),
        lambda: LOG.warning("sent", extra={"chat": 7_311_522_966_543}),
        lambda: LOG.error("failed", extra={"label": "the red door"}),
        lambda: LOG.info("asked", extra={"of": "when will you come"}),
        lambda: overheard.hear("a process", "one\ntwo Plantedname\n"),
    ],
)
def test_a_name_or_what_somebody_typed_is_heard(say):
    overheard.typed("when will you come")
    say()
    assert len(overheard.taken()) == 1


def test_what_names_nobody_is_not():
    try:
        raise ValueError("Amina")
    except ValueError:
        LOG.exception("an update failed", extra={"update": 7, "Bot": "Bokstart"})
    assert overheard.taken() == []
