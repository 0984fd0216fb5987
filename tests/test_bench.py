"""What is rule-like in the measurements: what counts as reached, what is drawn, what goes on."""

import pytest

from bench.curves import charts, draw
from bench.disk import flushes, slow, watched_disk
from bench.explain import whole_tables
from bench.pace import most_in_a_second
from bench.reasons import reasons
from bench.row import Of, Row, missing, summary
from bench.sizes import QUICK, WHOLE
from bench.table import markdown, pictures, write

PLAN = Row(
    what="plan 1,000 due among 1,000,000 children, SQLite",
    unit="ms",
    ours=300,
    peer=100,
    limit=3,
    over="children",
    curves=(("SQLite", ((10_000, 100), (1_000_000, 300))),),
)


@pytest.mark.parametrize(
    ("facts", "reached"),
    [
        ({"ours": 3, "peer": 1, "limit": 3}, True),
        ({"ours": 3.1, "peer": 1, "limit": 3}, False),
        ({"ours": 3, "peer": 1, "limit": 3.1, "at_least": True}, False),
        ({"ours": 4, "peer": 1, "limit": 4, "of": Of.OURS}, True),
        ({"ours": 0, "limit": 0, "of": Of.OURS}, True),
        ({"ours": 4, "limit": 4}, None),  # a limit of a ratio, and nothing beside it
        ({"ours": 4, "peer": 1}, None),
    ],
)
def test_a_row_is_reached_when_what_its_limit_is_of_keeps_to_it(facts, reached):
    assert Row(what="x", **facts).reached is reached


def test_a_row_comes_back_from_the_file_as_it_was():
    assert Row.from_json(PLAN.as_json()) == PLAN


def test_what_was_not_measured_is_seen_in_the_table_and_in_the_summary():
    rows = [PLAN, missing("beside procrastinate", "it is not installed")]
    assert "| beside procrastinate | not measured: it is not installed |" in markdown(rows)
    assert summary(rows) == "2 rows: 1 reached, 0 not reached, 1 NOT MEASURED"


def test_each_row_that_is_not_reached_is_given_its_reason_once():
    slow = [Row(what=f"a press, {n}", ours=2, peer=1, limit=1.5) for n in "ab"]
    told = reasons([PLAN, *slow, Row(what="new", ours=2, peer=1, limit=1)])
    assert "*a press, a*; *a press, b*: A press writes" in told
    assert "*new*: Nobody has looked" in told and "plan" not in told
    assert reasons([PLAN]) == ""


def test_the_fullest_second_is_any_second_and_not_one_of_the_clock():
    assert most_in_a_second([(at, 1) for at in (0.0, 0.9, 1.1, 1.8, 1.85)]) == 4


def test_both_databases_stand_in_one_picture_and_the_same_figures_give_the_same_file(tmp_path):
    other = Row.from_json(PLAN.as_json() | {"what": PLAN.what.replace("SQLite", "PostgreSQL")})
    assert list(charts([PLAN, other, missing("x", "y")])) == ["plan-due-among-children.svg"]
    (tmp_path / "gone.svg").write_text("of a row that is no more")
    [file] = draw([PLAN], tmp_path)
    first = file.read_bytes()
    assert draw([PLAN], tmp_path)[0].read_bytes() == first
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    assert len(first) < 20_000 and b">children<" in first


def test_the_table_takes_the_place_of_the_one_before(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n<!-- table of make bench: begin -->\nold\n<!-- end -->\nrest\n")
    write(markdown([PLAN]) + pictures([tmp_path / "bench" / "a-b.svg"], page), page)
    assert "old" not in page.read_text() and page.read_text().endswith("<!-- end -->\nrest\n")
    assert "![a b](bench/a-b.svg)" in page.read_text()


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        ("SCAN child", ["child"]),
        ("SCAN family USING COVERING INDEX ix_family_area_id", ["family"]),
        ("SCAN outbox USING INDEX ix_outbox_next", []),  # only what waits is in it
        ("SEARCH outbox USING INDEX ix_outbox_due", []),
        ("SCAN staff", []),  # as many as there are colleagues
        ("->  Seq Scan on outbox  (cost=0.00..1.16 rows=9 width=252)", ["outbox"]),
        ("->  Seq Scan on outbox  (cost=0.00..1.16 rows=1 width=252)", []),  # an empty one
        ("->  Index Scan using pk_child on child  (cost=0)\n      Index Cond: (id = 1)", []),
        ("->  Index Only Scan using ix_a on family  (cost=0)\n  ->  Sort", ["family"]),
    ],
)
def test_a_plan_that_goes_through_a_whole_growing_table_is_named(plan, found):
    assert whole_tables(plan) == found


def test_flushes_of_other_processes_are_counted_and_slowed_by_one_file(tmp_path):
    import os
    import subprocess
    import sys

    disk = watched_disk(tmp_path)
    if disk is None:
        pytest.skip("no C compiler here: make bench leaves its row out")
    slow(disk.shared, 20)
    act = "import os, time; f = os.open('x', os.O_CREAT | os.O_WRONLY); begun = time.monotonic();"
    act += "os.fsync(f); os.fdatasync(f); print(time.monotonic() - begun)"
    env = os.environ | disk.env
    said = subprocess.run(
        [sys.executable, "-Sc", act], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert flushes(disk.shared) == 2
    assert float(said.stdout) >= 0.04


def test_the_small_form_measures_the_same_and_less_of_it():
    assert QUICK.children[-1] < WHOLE.children[-1]
    assert (QUICK.due, QUICK.runs, QUICK.jobs) < (WHOLE.due, WHOLE.runs, WHOLE.jobs)
