"""The page about faults of the intake names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_fault_on_the_page_has_tests_and_each_of_them_exists():
    rows = [
        line
        for line in (ROOT / "docs" / "intake.md").read_text("utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)
    ]
    written = "\n".join(file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^(?:async )?def (test_\w+)\(", written, re.MULTILINE))
    assert len(rows) == 30
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        assert set(named) <= there, set(named) - there
