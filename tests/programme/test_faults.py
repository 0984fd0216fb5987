"""The tables are checked by `lotsen check`: each fault is one line, and there is none."""

from dataclasses import replace

import pytest

from programme import faults
from programme.ages import Age
from programme.strengths import STRENGTHS
from programme.tips import EARLY_TIPS, TIPS, Tip
from programme.visits import VISITS


def test_the_tables_keep_their_promises():
    assert faults.faults() == []


def extra(**facts):
    return Tip(**{"code": "one_more", "age": Age(months=18, days=2), "sources": "K1", **facts})


@pytest.mark.parametrize(
    ("table", "entries", "fault"),
    [
        ("TIPS", (*TIPS, replace(TIPS[-1], code=TIPS[0].code)), "code gift_book stands 2 times"),
        ("EARLY_TIPS", (replace(EARLY_TIPS[0], code="screens"),), "code screens stands 2 times"),
        ("TIPS", tuple(reversed(TIPS)), "tips are not in the order"),
        ("STRENGTHS", tuple(reversed(STRENGTHS)), "strengths are not in the order"),
        ("TIPS", TIPS[1:], "no tip for a child of 0 months"),
        (
            "TIPS",
            (*TIPS[:-1], extra(), extra(code="another", age=Age(18, 4)), TIPS[-1]),
            "more than 3 messages in the week of",
        ),
        ("TIPS", (*TIPS, extra(age=Age(months=31), useful_until=Age(12))), "never hears of"),
        (
            "VISITS",
            (*VISITS[:5], replace(VISITS[5], opens=VISITS[4].closes)),
            "visits 5 and 6 meet",
        ),
        ("VISITS", (replace(VISITS[0], nudge=Age(days=7)), *VISITS[1:]), "steps of visit 1"),
        ("VISITS", (*VISITS[:5], replace(VISITS[5], offer=Age(17))), "steps of visit 6"),
        ("VISITS", (*VISITS[:5], replace(VISITS[5], nudge=Age(14))), "steps of visit 6"),
        ("KINDS", {}, "kind visit_offer has no rule"),
    ],
)
def test_each_fault_is_said(monkeypatch, table, entries, fault):
    monkeypatch.setattr(faults, table, entries)
    assert any(fault in line for line in faults.faults())
