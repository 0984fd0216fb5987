"""Whom it would reach that a time is closed for which one signs up; nothing has left yet (E12)."""

from dataclasses import replace
from datetime import datetime, timedelta

from programme.activities import Occasion
from programme.activity_letters import ActivityChanged
from programme.kinds import Rules
from programme.people import Family
from programme.plan import due

_MOMENT = timedelta(microseconds=1)


def would_hear(family: Family, occasion: Occasion, at: datetime, rules: Rules) -> set[int]:
    """The parents of this family who would be told if that time was cancelled at that moment.

    By the rules that tell them: who has paused, stopped or is out of reach is not among them.
    """
    off = replace(occasion, cancelled=True, revision=occasion.revision + 1, changed_at=at)
    signups = tuple(
        replace(each, occasions=(off,))
        for each in family.signups
        if occasion.id in {one.id for one in each.occasions}
    )
    after = replace(family, signups=signups)
    return {
        guardian.id
        for guardian in family.guardians
        for letter in due(after, guardian, at, at + _MOMENT, rules)
        if isinstance(letter, ActivityChanged)
    }
