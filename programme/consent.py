"""The words of the consent have changed: asked again, and until then only what the old yes covers.

That is what concerns visits and what a parent asked for themselves; tips, offers and notices wait
(mission B5, docs/decisions/0013 and 0039).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from programme.kinds import KINDS, Kind, Lane, Rules
from programme.letters import ConsentAsk, Letter
from programme.moments import Moment, told
from programme.people import Family, Guardian

ONCE_MORE_AFTER = timedelta(days=14)  # a question that was overlooked is no answer
LATE = timedelta(days=7)


def covered(guardian: Guardian, letter: Letter) -> bool:
    """Whether this parent's yes is to this letter as well."""
    if KINDS[letter.kind].lane is Lane.VISITS:
        return True
    return not waits(guardian, letter.due_at) and not waits(guardian, letter.at)


def waits(guardian: Guardian, at: datetime) -> bool:
    """Whether this parent was asked anew by then, and has not answered."""
    return guardian.consent_asked_at is not None and guardian.consent_asked_at <= at


def asked_anew(family: Family, guardian: Guardian, rules: Rules) -> Iterator[ConsentAsk]:
    """The question, and once more after two weeks; after a loss it is never asked (mission A11)."""
    asked = guardian.consent_asked_at
    if asked is None:
        return
    first = told(family, guardian, Kind.CONSENT_ASK, asked, rules)
    if first is None:
        return
    key = f"consent:{guardian.id}:{int(asked.timestamp())}"
    yield _question(family, guardian, key, first)
    # Who got it late, after a rest, has had no two weeks: once is enough then.
    if first.at < asked + LATE and (
        again := told(family, guardian, Kind.CONSENT_ASK, asked + ONCE_MORE_AFTER, rules)
    ):
        yield _question(family, guardian, f"{key}:again", again)


def _question(family: Family, guardian: Guardian, key: str, moment: Moment) -> ConsentAsk:
    return ConsentAsk(
        key=key,
        at=moment.at,
        called=moment.called,
        not_after=moment.at + timedelta(days=KINDS[Kind.CONSENT_ASK].keeps_days or 0),
        family_id=family.id,
        guardian_id=guardian.id,
    )
