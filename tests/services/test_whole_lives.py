"""Whatever happens to families, what is planned and sent is what the rules say: no more, no less.

Hypothesis lets families live: parents join, pause, stop, skip; visits are booked, moved, declined;
children are born, corrected, lost; areas rest; the planner itself is away for hours or weeks.
"""

import asyncio
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from programme.kinds import KINDS, Rules
from programme.localtime import on_the_clock
from programme.plan import everyones, still_due
from services import planning
from services.delivery import Sender
from services.red_days import is_red
from storage import families
from storage.database import Database
from storage.items import NO_LONGER_DUE
from tests.cast import local
from tests.fakes import FakePush, MovableClock
from tests.rows import rows
from tests.services import lives

RULES = Rules(is_red=is_red)
START = local("2026-06-01T09:00")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CAPPED = {kind for kind, rule_of in KINDS.items() if rule_of.capped}
GAPS = (
    st.integers(2, 7200).map(lambda n: n * SECOND)
    | st.integers(1, 30).map(lambda n: n * DAY + 7 * HOUR)
    | st.integers(60, 90).map(lambda n: n * DAY)
)
SHORT = st.integers(2, 40 * 3600).map(lambda n: n * SECOND)
BIRTHS = st.dates(date(2025, 9, 1), date(2026, 5, 31)) | st.sampled_from(
    [date(2026, 2, 28), date(2025, 8, 31), date(2025, 12, 31)]
)


class Lives(RuleBasedStateMachine):
    """Two areas, a few families, one clock."""

    def __init__(self, open_db, languages) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db: Database = open_db()
        self.clock = MovableClock(START)
        self.push = FakePush()
        self.push.on_send = self._seen
        self.sender = None
        self.languages = languages
        self.town = lives.Town(self.db, RULES)
        self.known_until = START
        self.must: dict[str, object] = {}  # by the facts of their own hour, letters that fell due
        self.sent_at: dict[int, list] = {}

    def do(self, work):
        return self.runner.run(work)

    def teardown(self) -> None:
        try:
            self._check()
        finally:
            self.do(self.db.close())
            self.runner.close()

    # ---- the passing of time

    async def _facts(self):
        async with self.db.read() as tx:
            return await families.load(tx, self.town.numbers())

    def _pass_to(self, until) -> None:
        """Note what falls due until then, by the facts as they are now."""
        for family in self.do(self._facts()):
            for letter in everyones(family, self.known_until, until, RULES):
                self.must.setdefault(letter.key, letter)
        self.known_until = max(self.known_until, until)

    def _seen(self, said) -> None:
        """Whoever rests is not written to, whatever the rules of the house think of it."""
        assert not self.town.is_quiet(said.chat_id, self.clock.at), said
        shown = on_the_clock(self.clock.at)
        assert 7 <= shown.hour < 20 or self.town.visit_is_near(self.clock.at), (shown, said)
        self.sent_at.setdefault(said.chat_id, []).append(self.clock.at)

    async def _work(self) -> None:
        await planning.plan(self.db, self.clock.at, RULES)
        self.sender = self.sender or Sender(
            self.db, self.push, self.languages, RULES, 1e6, self.clock
        )
        await self.sender.drain()

    @rule(gap=GAPS, steps=st.integers(1, 12))
    def time_passes_in_steps(self, gap, steps) -> None:
        """The clockwork at work, now and then."""
        for _ in range(steps):
            self.clock.forward(seconds=int(gap.total_seconds() / steps) + 1)
            self._pass_to(self.clock.at + SECOND)
            self.do(self._work())

    @rule(gap=GAPS)
    def nobody_is_at_work(self, gap) -> None:
        """An outage: time passes and nothing is planned until somebody else moves."""
        self.clock.forward(seconds=gap.total_seconds())
        self._pass_to(self.clock.at)

    @rule()
    def the_work_is_taken_up(self) -> None:
        self._pass_to(self.clock.at + SECOND)
        self.do(self._work())
        self._check()

    def _act(self, work, *values) -> None:
        self.clock.forward(seconds=2)
        self._pass_to(self.clock.at)
        self.do(work(self.clock.at, *values))

    # ---- what happens to families

    @initialize(born=BIRTHS, second=st.booleans())
    def a_family(self, born, second) -> None:
        self._act(self.town.register, born, None)
        self._act(self.town.join, 0, "so")
        if second:
            self._act(self.town.join, 0, "ar")

    @precondition(lambda self: self.town.count < 3)
    @rule(born=BIRTHS | st.none(), due=st.dates(date(2026, 6, 15), date(2026, 12, 31)))
    def another_family(self, born, due) -> None:
        self._act(self.town.register, born, due if born is None else None)

    @rule(which=st.integers(0, 2), language=st.sampled_from(["sv", "ar", "so", "en"]))
    def a_parent_joins(self, which, language) -> None:
        self._act(self.town.join, which, language)

    @rule(
        which=st.integers(0, 2),
        what=st.sampled_from(sorted(lives.PARENT_ACTS)),
        n=st.integers(0, 99),
    )
    def a_parent_decides(self, which, what, n) -> None:
        self._act(lives.PARENT_ACTS[what], self.town, which, n)

    @rule(
        which=st.integers(0, 2),
        what=st.sampled_from(sorted(lives.STAFF_ACTS)),
        n=st.integers(0, 99),
    )
    def staff_decide(self, which, what, n) -> None:
        self._act(lives.STAFF_ACTS[what], self.town, which, n)

    # ---- what must hold

    def _check(self) -> None:
        if self.town.count == 0:
            return
        self._pass_to(self.clock.at + SECOND)
        self.do(self._work())
        facts = {family.id: family for family in self.do(self._facts())}
        promised, ended = self._promises()
        may = {
            letter.key
            for family in facts.values()
            for letter in everyones(family, START - 400 * DAY, self.clock.at + SECOND, RULES)
        }
        owed = {
            key
            for key, letter in self.must.items()
            if still_due(facts[letter.family_id], key, letter.due_at, RULES)
        }
        assert owed <= promised, owed - promised
        assert promised <= may | ended, promised - may - ended

    def _promises(self) -> tuple[set[str], set[str]]:
        """What was promised and not taken back; and what of it has ended, one way or another."""
        items = self.do(rows(self.db, "item"))
        self._never_a_burst(items)
        kept = [row for row in items if row.state != "skipped" and row.reason != NO_LONGER_DUE]
        return {row.key for row in kept}, {row.key for row in kept if row.state != "planned"}

    def _never_a_burst(self, items) -> None:
        """Never more than three tips in any week, whatever an outage has piled up."""
        boxes = {row.id: row for row in self.do(rows(self.db, "outbox")) if row.state == "sent"}
        days: dict[int, set] = {}
        for row in items:
            if row.kind in CAPPED and row.outbox_id in boxes and row.guardian_id:
                at = boxes[row.outbox_id].ended_at
                days.setdefault(row.guardian_id, set()).add(on_the_clock(at).date())
        for found in days.values():
            for first in found:
                assert len([day for day in found if first <= day < first + 7 * DAY]) <= 3


class Naive(Lives):
    """The control: every message is stored when a parent joins, as a job of its own."""

    def __init__(self, open_db, languages) -> None:
        super().__init__(open_db, languages)
        self.jobs: dict[str, object] = {}
        self.met: set[int] = set()

    async def _work(self) -> None:
        for family in await self._facts():
            for guardian in family.guardians:
                if guardian.id not in self.met:
                    self.met.add(guardian.id)
                    end = self.clock.at + 600 * DAY
                    stored = everyones(family, self.clock.at, end, RULES)
                    self.jobs |= {letter.key: letter.at for letter in stored}

    def _promises(self) -> tuple[set[str], set[str]]:
        return {key for key, at in self.jobs.items() if at <= self.clock.at}, set()


def live(open_db, languages, examples=8, steps=25, lives=Lives, **more) -> None:
    run_state_machine_as_test(
        lambda: lives(open_db, languages),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            **more,
        ),
    )


@pytest.mark.slow
def test_whatever_happens_families_get_what_the_rules_say(fresh_database, languages):
    live(fresh_database, languages)


def test_messages_stored_at_joining_do_not_stand_this_test(fresh_database, languages):
    with pytest.raises(AssertionError):
        live(fresh_database, languages, examples=12, lives=Naive, phases=[Phase.generate])
