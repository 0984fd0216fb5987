"""Joining: a parent opens a link, says yes or no, and answers one question.

Before the yes nothing is kept of the person but the chat's place in the conversation.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.news import News
from programme.people import Family, GuardianRole, Why
from services.access import Reader, family_of
from services.enrolment import hash_of, home_in
from services.planning import catch_up
from storage import (
    areas,
    consents,
    events,
    families,
    invites,
    posters,
    rests,
    sheets,
    staff,
    tallies,
)
from storage.database import Tx
from storage.invites import Invite
from storage.rests import Whose
from storage.turns import lock_family

CONSENT_VERSION = 2  # raised whenever the words of the question change (mission B5)
LANGUAGE_MISSING = "language"  # why staff should phone: none of our languages is theirs


class Link(StrEnum):
    """What a code turned out to be, or what came of opening it."""

    GOOD = "good"
    WAITS = "waits"  # the parent who made the link must say yes first
    BACK = "back"  # the same parent as before, in a new chat
    TAKEN = "taken"  # this chat is somebody's already
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


class Question(StrEnum):
    """What is still to be asked of who has just joined: one thing at most."""

    ELIGIBLE = "eligible"
    ROLE = "role"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Newcomer:
    """Whoever says yes: where they read, and in what language."""

    chat_id: int
    language: str
    spoken: str | None = None  # a language that is not one of ours
    name: str = ""  # the first name their phone shows


async def is_ours(tx: Tx, code: str) -> bool:
    """Whether that code was ever made for a family."""
    return await invites.find(tx, hash_of(code)) is not None


async def try_link(tx: Tx, code: str, now: datetime) -> Link:
    """What that code opens."""
    found = await invites.find(tx, hash_of(code))
    if found is None:
        return Link.UNKNOWN
    if found.used_at is not None:
        return Link.USED
    if now >= found.expires_at or await _after_a_loss(tx, found.family_id, now):
        return Link.EXPIRED  # after a loss nobody learns why it does not open
    [family] = await families.load(tx, [found.family_id])
    if family.protected or (_by_staff(found) and family.split_at and home_in(code) is None):
        return Link.EXPIRED  # no chat at all; or it would open nobody knows which home
    return Link.GOOD if await _maker_reads(tx, found, now) else Link.EXPIRED


def _by_staff(link: Invite) -> bool:
    """Whether it lets in somebody new without a parent's yes."""
    return link.made_by is None and link.renews_id is None


async def _after_a_loss(tx: Tx, family_id: int, now: datetime) -> bool:
    known = await rests.of(tx, "family_id", [family_id])
    return any(rest.why is Why.LOSS and rest.covers(now) for rest in known.get(family_id, ()))


async def _maker_reads(tx: Tx, link: Invite, now: datetime) -> bool:
    """Whether the parent who made the link can be asked about who opens it."""
    if link.made_by is None:
        return True
    [family] = await families.load(tx, [link.family_id])
    maker = family.guardian(link.made_by)
    return maker is not None and not any(
        maker.resting(why, now) for why in (Why.STOPPED, Why.UNREACHABLE)
    )


async def join(
    tx: Tx,
    code: str,
    chat_id: int,
    language: str,
    now: datetime,
    rules: Rules,
    spoken: str | None = None,
    name: str = "",
) -> Link:
    """A person said yes: a guardian from now on, or waiting for the yes of who made the link."""
    found = await invites.find(tx, hash_of(code))
    if found is not None:
        await lock_family(tx, found.family_id)
    link = await try_link(tx, code, now)
    if link is not Link.GOOD or found is None:
        return link
    await _no_more_waiting(tx, chat_id, now, rules)
    if await families.chat_is_taken(tx, chat_id) or await staff.by_chat(tx, chat_id):
        return Link.TAKEN
    # Used first, so that who comes second has left no trace in the family.
    if not await invites.use(tx, found.id, now):
        return Link.USED
    await staff.leave_chat(tx, chat_id)  # a colleague on leave: from now on it is a parent's
    who = Newcomer(chat_id, language, spoken, name)
    if found.renews_id is not None:
        return await _come_back(tx, found, found.renews_id, who, now, rules)
    if found.made_by is not None:
        return await _wait(tx, found, who, now, rules)
    return await _come_in(tx, found, home_in(code) or 1, who, now, rules)


async def _no_more_waiting(tx: Tx, chat_id: int, now: datetime, rules: Rules) -> None:
    """Who waited by a poster has got a personal link meanwhile: that one counts."""
    who = await posters.in_chat(tx, chat_id)
    if who and await posters.forget(tx, who.family_id):
        day = on_the_clock(now, rules.zone).date()
        await tallies.count(tx, who.area_id, day, Figure.POSTER_BY_LINK)


async def _come_in(
    tx: Tx, link: Invite, home: int, who: Newcomer, now: datetime, rules: Rules
) -> Link:
    guardian_id = await families.add_guardian(
        tx,
        link.family_id,
        who.chat_id,
        who.language,
        now,
        role=link.role,
        spoken=who.spoken,
        home=home,
    )
    await invites.opened_by(tx, link.id, guardian_id)
    await note_joined(tx, link.family_id, guardian_id, who.language, who.spoken, now, now, rules)
    return Link.GOOD


async def _wait(tx: Tx, link: Invite, who: Newcomer, now: datetime, rules: Rules) -> Link:
    """Nothing is written to them before the other parent's yes; that parent is asked.

    They come into the home of whoever gave them the link.
    """
    [family] = await families.load(tx, [link.family_id])
    maker = family.guardian(link.made_by)
    guardian_id = await families.add_guardian(
        tx,
        link.family_id,
        who.chat_id,
        who.language,
        None,
        role=link.role,
        spoken=who.spoken,
        asked_by=link.made_by,
        asked_at=now,
        asked_name=who.name,
        home=maker.home if maker else 1,
    )
    await invites.opened_by(tx, link.id, guardian_id)
    await catch_up(tx, link.family_id, now, rules)
    return Link.WAITS


async def _come_back(
    tx: Tx, link: Invite, guardian_id: int, who: Newcomer, now: datetime, rules: Rules
) -> Link:
    """The same parent in a new chat, with all settings as they were (mission B16)."""
    facts = {"spoken": who.spoken} if who.spoken else {}
    await families.set_guardian(
        tx, guardian_id, chat_id=who.chat_id, language=who.language, **facts
    )
    # They said yes to messages just now, and here they can be reached.
    for why in (Why.STOPPED, Why.UNREACHABLE):
        await rests.end(tx, Whose(guardian_id=guardian_id), why, now)
    await invites.opened_by(tx, link.id, guardian_id)
    await consents.note(tx, guardian_id, CONSENT_VERSION, who.language, now)
    await catch_up(tx, link.family_id, now, rules)
    return Link.BACK


async def note_joined(
    tx: Tx,
    family_id: int,
    guardian_id: int,
    language: str,
    spoken: str | None,
    agreed_at: datetime,
    now: datetime,
    rules: Rules,
) -> None:
    """A new guardian's consent is kept, they are counted, and their messages begin."""
    await consents.note(tx, guardian_id, CONSENT_VERSION, language, agreed_at)
    area, day = (await families.home(tx, family_id)).area_id, on_the_clock(now, rules.zone).date()
    await tallies.count(tx, area, day, Figure.JOINED, detail=language)
    if spoken:
        await tallies.count(tx, area, day, Figure.LANGUAGE_MISSING, detail=spoken)
        await tell_language(tx, family_id, spoken, now)
    await catch_up(tx, family_id, now, rules)


async def tell_language(tx: Tx, family_id: int, spoken: str, now: datetime) -> None:
    """Staff hear once that a parent reads none of our languages (mission G6)."""
    [family] = await families.load(tx, [family_id])
    if not (await sheets.of(tx, family_id)).spoken:
        await families.set_family(tx, family_id, spoken=spoken)
    if not _told(family):
        await events.note(tx, family_id, News.PHONE, now, detail=LANGUAGE_MISSING)


def _told(family: Family) -> bool:
    return any(
        each.what is News.PHONE and each.detail == LANGUAGE_MISSING for each in family.events
    )


async def speak(tx: Tx, reader: Reader, spoken: str, now: datetime, rules: Rules) -> None:
    """A parent who has joined tells that their own language is not one of ours."""
    await families.set_guardian(tx, reader.guardian.id, spoken=spoken)
    await tell_language(tx, reader.family_id, spoken, now)
    await catch_up(tx, reader.family_id, now, rules)


async def question(tx: Tx, reader: Reader) -> Question:
    """What is still to be asked: the family's one question, else what they are to the child."""
    if (await family_of(tx, reader)).eligible is None:
        return Question.ELIGIBLE
    return Question.NOTHING if reader.guardian.role else Question.ROLE


async def set_role(tx: Tx, reader: Reader, role: GuardianRole) -> None:
    """What this parent is to the child; the last answer counts."""
    await families.set_guardian(tx, reader.guardian.id, role=role)


async def decline(tx: Tx, code: str, now: datetime, zone: ZoneInfo) -> int | None:
    """A parent said no to messages: only a count stays; the area it counts in, or None."""
    found = await invites.find(tx, hash_of(code))
    if found is None or found.renews_id or await _after_a_loss(tx, found.family_id, now):
        return None
    area = (await families.home(tx, found.family_id)).area_id
    await tallies.count(tx, area, on_the_clock(now, zone).date(), Figure.DECLINED_CHAT)
    return area


async def note_reason(tx: Tx, area: int, reason: str, now: datetime, zone: ZoneInfo) -> None:
    """Why somebody said no: one count, tied to nobody (mission B6)."""
    if await areas.exists(tx, area):
        day = on_the_clock(now, zone).date()
        await tallies.count(tx, area, day, Figure.REASON_NO_CHAT, detail=reason)
