"""Coordinators write notices: words, for whom, a picture; and see first who gets it (E1, E2).

A draft is a row, so it survives everything, and it is its author's alone. What is being sent
belongs to the coordinators of all its areas. How it leaves is in `sending.py`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from programme.activities import Activity, ActivityState, ForWhom, Words
from programme.audience import LeftOut, left_out, meant, unsaid
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.notices import Audience, Notice, NoticeState, WordingState
from services import desks as translators
from services import own_areas, translating
from services.access import Colleague
from services.counting_first import counted
from services.own_areas import Row
from services.translating import Asked
from storage import activities, audiences, desks, notices, wordings
from storage.database import Tx
from storage.wordings import Of, Wording

__all__ = ["WordingState"]

LISTED = 40  # notices back in time
_DRAFT = [NoticeState.DRAFT]


@dataclass(frozen=True)
class Draft:
    """One notice as a coordinator sees it: its words as far as they are, and its areas."""

    notice: Notice
    wordings: tuple[Wording, ...]
    areas: tuple[Row, ...]  # to which it goes
    own: tuple[Row, ...]  # that the colleague runs

    def state(self, language: str) -> WordingState | None:
        """How far the words in that language are; None: nobody has begun."""
        return next((each.state for each in self.wordings if each.language == language), None)

    def written(self, language: str) -> Wording | None:
        """The words in that language that may be read; a translator's draft is theirs alone."""
        readable = {WordingState.GIVEN, WordingState.APPROVED}
        there = (each for each in self.wordings if each.language == language)
        return next((each for each in there if each.state in readable), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The chosen languages in which it cannot be sent yet."""
        wanted = self.notice.audience.languages
        return tuple(each for each in wanted if self.notice.said_in(each) is None)


async def view(tx: Tx, colleague: Colleague, notice_id: int) -> Draft:
    """A draft of one's own, or a notice to an area one runs; raises NotYours for any other."""
    own = await own_areas.managed(tx, colleague)
    notice = (await notices.load(tx, [notice_id])).get(notice_id)
    if notice is None or not _theirs(colleague, own, notice):
        raise NotYours
    return await _whole(tx, notice, own)


def _theirs(colleague: Colleague, own: Sequence[Row], notice: Notice) -> bool:
    shared = {each.id for each in own} & set(notice.audience.areas)
    drafted = notice.state is NoticeState.DRAFT
    return bool(shared) and (not drafted or notice.made_by in {colleague.member.id, None})


async def _whole(tx: Tx, notice: Notice, own: Sequence[Row]) -> Draft:
    of = _of(notice)
    every = await own_areas.all_of(tx)
    return Draft(
        notice=notice,
        wordings=tuple(await wordings.listed(tx, of)),
        areas=tuple(each for each in every if each.id in notice.audience.areas),
        own=tuple(own),
    )


def _of(notice: Notice) -> Of:
    """Whose words a notice says: what it announces has words of its own."""
    if notice.activity is not None:
        return Of(activity_id=notice.activity.id)
    return Of(notice_id=notice.id)


async def draft(tx: Tx, colleague: Colleague, notice_id: int) -> Draft:
    """One's own draft, to be changed; raises NotYours for any other, and once it is sent.

    Also if an area it goes to is no longer the colleague's to run.
    """
    found = await view(tx, colleague, notice_id)
    run = {each.id for each in found.own}
    if found.notice.state is not NoticeState.DRAFT or not set(found.notice.audience.areas) <= run:
        raise NotYours
    return found


async def listed(tx: Tx, colleague: Colleague) -> list[Notice]:
    """The latest notices to the areas one runs, others' drafts not among them; raises NotYours."""
    own = await own_areas.managed(tx, colleague)
    ids = await notices.of_areas(tx, [each.id for each in own], LISTED)
    known = await notices.load(tx, ids)
    return [known[each] for each in ids if _theirs(colleague, own, known[each])]


async def announceable(tx: Tx, colleague: Colleague, now: datetime) -> list[Activity]:
    """The activities of the areas one runs that lie ahead; raises NotYours."""
    own = await own_areas.managed(tx, colleague)
    ids = await activities.of_areas(tx, [each.id for each in own])
    known, times = await activities.load(tx, ids), await activities.occasions(tx, ids)
    ahead = {
        number
        for number, each in times.items()
        if any(one.starts_at > now and not one.cancelled for one in each)
    }
    ready = {each for each in ahead if known[each].state is ActivityState.OPEN}
    return [known[each] for each in ids if each in ready]


async def begin(
    tx: Tx, colleague: Colleague, activity_id: int | None, codes: Sequence[str], now: datetime
) -> int:
    """The number of a new draft, for whom the activity is for; raises NotYours."""
    own = {each.id for each in await own_areas.managed(tx, colleague)}
    there = None
    if activity_id is not None:
        there = next(
            (a for a in await announceable(tx, colleague, now) if a.id == activity_id), None
        )
        if there is None:
            raise NotYours
    first = colleague.area_id if colleague.area_id in own else min(own, default=0)
    areas = [each for each in there.areas if each in own] if there else [first]
    aimed = _aimed_at(Audience(areas=tuple(areas), languages=tuple(codes)), there)
    return await notices.add(
        tx,
        areas,
        state=NoticeState.DRAFT,
        made_by=colleague.member.id,
        made_at=now,
        activity_id=activity_id,
        **_columns(aimed),
    )


def _aimed_at(audience: Audience, there: Activity | None) -> Audience:
    if there is None:
        return audience
    return replace(
        audience,
        months_from=there.months_from,
        months_to=there.months_to,
        fathers=there.for_whom is ForWhom.FATHERS,
        expecting=there.for_whom is ForWhom.EXPECTING,
    )


def _columns(audience: Audience) -> dict[str, object]:
    return {
        "languages": ",".join(audience.languages),
        "months_from": audience.months_from,
        "months_to": audience.months_to,
        "expecting": audience.expecting,
        "fathers": audience.fathers,
        "first_child": audience.first_child,
        "follows": audience.follows,
        "signed_up": audience.signed_up,
    }


async def aim(tx: Tx, colleague: Colleague, notice_id: int, at: Audience) -> None:
    """For whom a draft is; areas that one does not run raise NotYours, and so does no area."""
    found = await draft(tx, colleague, notice_id)
    run = {each.id for each in found.own}
    if not at.areas or not set(at.areas) <= run:
        raise NotYours
    await _change(tx, notice_id, **_columns(at))
    await notices.set_areas(tx, notice_id, at.areas)


async def _change(tx: Tx, notice_id: int, **facts: object) -> None:
    if not await notices.change(tx, notice_id, _DRAFT, **facts):
        raise NotYours


async def set_urgent(tx: Tx, colleague: Colleague, notice_id: int, urgent: bool) -> None:
    """Whether it comes before everything else; raises NotYours."""
    await draft(tx, colleague, notice_id)
    await _change(tx, notice_id, urgent=urgent)


async def set_picture(tx: Tx, colleague: Colleague, notice_id: int, picture: str | None) -> None:
    """Telegram's number of a picture, which is never fetched; None: no picture."""
    await draft(tx, colleague, notice_id)
    await _change(tx, notice_id, picture=picture)


async def exchange_picture(tx: Tx, colleague: Colleague, notice_id: int, picture: str) -> None:
    """Another picture in a notice that was sent with one; raises NotYours for any other.

    Telegram exchanges a picture on the phones; it neither adds one nor takes one away.
    """
    found = (await _with_words_of_its_own(tx, colleague, notice_id)).notice
    states = (NoticeState.SENDING, NoticeState.PAUSED, NoticeState.STOPPED, NoticeState.DONE)
    if found.picture is None or not await notices.change(tx, notice_id, states, picture=picture):
        raise NotYours


async def write(
    tx: Tx,
    colleague: Colleague,
    notice_id: int,
    language: str,
    words: Words,
    now: datetime,
    rules: Rules,
) -> Draft:
    """The coordinator's own words are approved at once; raises NotYours.

    Also of a notice that was sent: whoever has not got it gets these.
    """
    found = await _with_words_of_its_own(tx, colleague, notice_id)
    facts = {"approved_by": colleague.member.id, "taken_by": None}
    state = WordingState.APPROVED
    number = await wordings.write(tx, _of(found.notice), language, words, state=state, **facts)
    await translators.catch_up(tx, await desks.concerned(tx, number), now, rules)
    return await view(tx, colleague, notice_id)


async def _with_words_of_its_own(tx: Tx, colleague: Colleague, notice_id: int) -> Draft:
    found = await view(tx, colleague, notice_id)
    run = {each.id for each in found.own}
    if found.notice.activity is not None or not set(found.notice.audience.areas) <= run:
        raise NotYours
    return found


async def ask_translators(
    tx: Tx, colleague: Colleague, notice_id: int, now: datetime, rules: Rules
) -> Asked:
    """Ask for the words that the chosen languages lack; raises NotYours."""
    found = await draft(tx, colleague, notice_id)
    wanted = [each for each in found.missing if found.state(each) is None]
    return await translating.ask(tx, _of(found.notice), wanted, now, rules)


async def drop(tx: Tx, colleague: Colleague, notice_id: int, now: datetime, rules: Rules) -> None:
    """Throw a draft away, with its words: translators are asked for them no more. NotYours."""
    found = await draft(tx, colleague, notice_id)
    own = found.wordings if found.notice.activity is None else ()
    asked = {one for each in own for one in await desks.concerned(tx, each.id)}
    await notices.remove_draft(tx, notice_id)
    await translators.catch_up(tx, asked, now, rules)


@dataclass(frozen=True)
class Count:
    """Who gets a notice if it leaves at that moment, and why others do not."""

    families: int  # of which at least one parent gets it
    parents: dict[str, int]  # by language
    later: int  # three messages this week: when there is room
    left_out: dict[LeftOut, int]  # parents; of those without a chat, families
    unsaid: int  # have not said which parent they are, or whether it is the first child

    @property
    def anybody(self) -> bool:
        """Whether there is anybody to write to."""
        return bool(self.families)


async def count(tx: Tx, colleague: Colleague, notice_id: int, at: datetime, rules: Rules) -> Count:
    """By the rules that sending goes by; raises NotYours.

    Counted before the act that asks (`counting_first`): of 30,000 people that takes seconds.
    """
    notice = (await view(tx, colleague, notice_id)).notice
    number = notice.activity.id if notice.activity else None
    key = ("count", notice.audience, number, notice.urgent, at)
    return await counted(tx, key, lambda apart: _count(apart, notice, at, rules))


async def _count(tx: Tx, notice: Notice, at: datetime, rules: Rules) -> Count:
    number = notice.activity.id if notice.activity else None
    today = on_the_clock(at, rules.zone).date()
    homes: set[int] = set()
    without_chat: set[int] = set()
    parents: Counter[str] = Counter()
    reasons: Counter[LeftOut] = Counter()
    asked = 0
    async for person in audiences.people(tx, notice.audience, number, at):
        why = left_out(notice, person, at, rules)
        gets = why in {None, LeftOut.WEEK_FULL}
        if not meant(notice.audience, person, today):
            asked += gets and unsaid(notice.audience, person, today)
            continue
        if why is LeftOut.NO_CHAT:
            without_chat.add(person.family_id)
            continue
        if gets:
            homes.add(person.family_id)
            parents[person.language] += 1
        if why is not None:
            reasons[why] += 1
    later = reasons.pop(LeftOut.WEEK_FULL, 0)
    if without_chat:
        reasons[LeftOut.NO_CHAT] = len(without_chat)
    return Count(len(homes), dict(parents), later, dict(reasons), asked)
