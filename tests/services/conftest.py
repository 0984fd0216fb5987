import pytest

from services import delivery
from tests.cast import local
from tests.services.post import Post

TIP_DAY = local("2026-11-04T10:00")  # the cast's child is four days old: its first tip is due


@pytest.fixture
def post(db, languages, monkeypatch) -> Post:
    """A sender whose rests are short, at the hour of the first tip."""
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.01)
    return Post(db, languages, TIP_DAY)
