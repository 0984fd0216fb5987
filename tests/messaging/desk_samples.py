"""Samples of letters to staff about their work and about no family, and of pages around them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from programme.desk_letters import SentBack, TranslateAsk, Translated
from programme.letters import Letter

AT = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
_TO_STAFF: dict[str, Any] = {"key": "k", "at": AT, "not_after": AT, "staff_id": 3}
TITLES = ("Pappaträff <3 & fika", "لقاء الآباء (الخميس)")


def parcels() -> Iterator[tuple[str, list[Letter]]]:
    """Every kind of letter; each name begins like the others to staff."""
    for title in TITLES:
        words = {**_TO_STAFF, "wording_id": 7, "language": "so", "title": title}
        yield f"to staff: translate {title}", [TranslateAsk(**words)]
        yield f"to staff: translate again {title}", [TranslateAsk(**words, again=True)]
        yield f"to staff: sent back {title}", [SentBack(**words)]
        yield f"to staff: translated {title}", [Translated(**words)]
