"""What somebody has asked, and what waits for an answer: as frozen values of a family."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Thread:
    """What one parent wrote to the team, and the answer: gone when it is closed (mission F7)."""

    id: int
    guardian_id: int
    asked_at: datetime
    text: str
    answered_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Joiner:
    """Somebody who came by a parent's own link and waits for that parent's yes (mission B7)."""

    id: int
    asked_by: int
    name: str  # the first name their phone shows, for that one question
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Move:
    """The family moves to another area, and its parents have not answered yet (mission B16)."""

    area: str
    asked_at: datetime
