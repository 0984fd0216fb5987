"""The words of the consent have changed: asked again, and until then only what the old yes covers.

That is what concerns visits and what a parent asked for themselves; tips, offers and notices wait
(mission B5, docs/decisions/0013).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from programme.kinds import KINDS, Kind, Lane, Rules
from programme.letters import ConsentAsk, Letter
from programme.moments import told
from programme.people import Family, Guardian


def covered(guardian: Guardian, letter: Letter) -> bool:
    """Whether this parent's yes is to this letter as well."""
    if KINDS[letter.kind].lane is Lane.VISITS:
        return True
    return not waits(guardian, letter.due_at) and not waits(guardian, letter.at)


def waits(guardian: Guardian, at: datetime) -> bool:
    """Whether this parent was asked anew by then, and has not answered."""
    return guardian.consent_asked_at is not None and guardian.consent_asked_at <= at


def asked_anew(family: Family, guardian: Guardian, rules: Rules) -> Iterator[ConsentAsk]:
    """The question; after a loss it is never asked (mission A11)."""
    if guardian.consent_asked_at is None:
        return
    kind = Kind.CONSENT_ASK
    if moment := told(family, guardian, kind, guardian.consent_asked_at, rules):
        yield ConsentAsk(
            key=f"consent:{guardian.id}:{int(guardian.consent_asked_at.timestamp())}",
            at=moment.at,
            called=moment.called,
            not_after=moment.at + timedelta(days=KINDS[kind].keeps_days or 0),
            family_id=family.id,
            guardian_id=guardian.id,
        )
