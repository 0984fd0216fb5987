"""How much is measured: whole, and small enough for a minute."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Numbers of children, messages, runs and seconds."""

    name: str
    small: int  # children; what starts and rests are compared with
    children: tuple[int, ...]  # what planning is compared over
    due: int  # messages due at once
    flushed: int  # messages due at once while the flushes to the disk are counted
    runs: int  # of which the median is taken, after one that warms up
    updates: int  # that are answered
    jobs: int  # in APScheduler's store while one family's forty are moved
    refilled: int  # messages that python-telegram-bot's JobQueue is refilled with at start
    readers: int  # of the notice that a visit message overtakes
    presses: int
    families: int  # in the report
    paced: int  # messages at the usual pace
    nudges: int  # of each, for the idle hour
    most_seconds: int  # for one family of rows: then it is broken off
    all_seconds: int  # for all: what has not begun by then is left out, and says so


WHOLE = Sizes(
    name="whole",
    small=1_000,
    children=(10_000, 100_000, 1_000_000),
    due=1_000,
    flushed=400,
    runs=3,
    updates=500,
    jobs=10_000,
    refilled=100_000,
    readers=100_000,
    presses=200,
    families=100_000,
    paced=500,
    nudges=20,
    most_seconds=360,
    all_seconds=860,
)

QUICK = Sizes(
    name="quick",
    small=1_000,
    children=(1_000, 5_000),
    due=40,
    flushed=40,
    runs=1,
    updates=40,
    jobs=400,
    refilled=5_000,
    readers=1_000,
    presses=10,
    families=5_000,
    paced=50,
    nudges=5,
    most_seconds=200,
    all_seconds=860,
)
