"""What is counted is known in one place, and services count nothing else."""

import ast
import re
from pathlib import Path

import pytest

from programme.figures import MEANINGS, Figure
from programme.reasons import CancelReason

LONGEST = 20  # what the columns of `tally` hold
ROOT = Path(__file__).parents[2]
COUNTING = {"count", "_count", "_recount", "take_back"}
SOURCES = {
    path.name: source
    for layer in ("services", "handlers", "scheduler", "bot", "storage")
    for path in (ROOT / layer).rglob("*.py")
    # Others count what is no figure of the programme.
    if {"tallies", "counting", "Figure"}
    & set(re.findall(r"\w+", source := path.read_text("utf-8")))
}


def test_every_figure_has_its_meaning_and_fits_into_its_column():
    assert set(MEANINGS) == set(Figure)
    for what, meaning in MEANINGS.items():
        assert meaning.says
        for word in (what, *meaning.details):
            assert len(word) <= LONGEST


@pytest.mark.parametrize(
    ("what", "visit", "detail", "fits"),
    [
        (Figure.VISIT_CANCELLED, 1, CancelReason.ILL, True),
        (Figure.VISIT_CANCELLED, None, CancelReason.ILL, False),
        (Figure.VISIT_CANCELLED, 1, "a reason of its own", False),
        (Figure.JOINED, None, "sv", True),
        (Figure.JOINED, None, None, False),
        (Figure.REGISTERED, 1, None, False),
        (Figure.ASKED, 2, "times", True),
        (Figure.ASKED, None, "call", True),
    ],
)
def test_a_row_that_its_figure_does_not_know_does_not_fit(what, visit, detail, fits):
    assert MEANINGS[what].fits(visit, detail) is fits


def test_no_figure_is_counted_by_a_word_that_is_not_in_the_list():
    """The type of `what` says so as well; this also sees words that are built."""
    found = [
        f"{name}:{call.lineno}"
        for name, source in SOURCES.items()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and _name(call.func) in COUNTING
        for given in (*call.args, *(each.value for each in call.keywords))
        if isinstance(given, ast.JoinedStr)
        or (isinstance(given, ast.Constant) and isinstance(given.value, str))
    ]
    assert found == []


def _name(called: ast.expr) -> str | None:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None
