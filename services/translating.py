"""Words that are missing in a language: asked of translators, given, and looked through (E3).

The first translator to take them has them. What a translator writes is seen by families only
after a coordinator's yes; a coordinator may write them at any time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.activities import Activity, Occasion, Words
from programme.desks import Desk, OpenWording
from programme.errors import NotYours
from programme.kinds import Rules
from programme.notices import WordingState
from services import desks
from services.access import Colleague, translates
from storage import activities, open_wordings, wordings
from storage import desks as tables
from storage.database import Tx
from storage.wordings import Of, Wording

__all__ = ["Of", "WordingState"]


class Outcome(StrEnum):
    """What came of a press."""

    DONE = "done"
    TAKEN = "taken"  # somebody else has it
    CHANGED = "changed"  # the words are others by now
    OVER = "over"  # they are written, or nobody needs them any more
    EMPTY = "empty"  # nothing is written yet
    LEAVES = "leaves"  # a notice with these words is on its way


@dataclass(frozen=True)
class Asked:
    """What came of asking translators."""

    languages: tuple[str, ...] = ()  # in which words are asked for now
    nobody: tuple[str, ...] = ()  # of those: no translator of the areas reads messages here
    nothing: bool = False  # there are no words yet that could be translated


@dataclass(frozen=True)
class Seen:
    """The words in one language beside those they are made from, for who may see them."""

    wording: Wording
    source: tuple[str, Words] | None  # its language and words
    mine: bool  # the one who looks has taken them
    free: bool  # and may take them
    looks_through: bool  # and may say yes to them

    @property
    def of_activity(self) -> bool:
        """Whether Lotsen itself tells below them when and where it is."""
        return self.wording.of.activity_id is not None


async def ask(tx: Tx, of: Of, languages: Sequence[str], now: datetime, rules: Rules) -> Asked:
    """Ask for the words that are missing; what somebody is at, or is written, stays as it is.

    Whoever calls has looked whether the notice or activity is the colleague's to change.
    """
    known = {each.language for each in await wordings.listed(tx, of)}
    missing = [code for code in dict.fromkeys(languages) if code not in known]
    if await open_wordings.source_of(tx, of, "") is None:
        return Asked(nothing=True)
    facts = {"state": WordingState.WANTED, "asked_at": now}
    asked = [await wordings.write(tx, of, code, Words(""), **facts) for code in missing]
    return await _asked(tx, asked, now, rules)


async def ask_again(
    tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules
) -> tuple[Outcome, Asked]:
    """The words that are translated have changed: these may be wrong. Raises NotYours.

    Families do not see them until the next yes; while a notice with them leaves they stay.
    """
    seen = await see(tx, colleague, wording_id, now, rules)
    if not seen.looks_through:
        raise NotYours
    if await open_wordings.is_leaving(tx, seen.wording.of):
        return Outcome.LEAVES, Asked()
    facts = {"asked_at": now, "taken_by": None, "given_at": None, "approved_by": None}
    states = [WordingState.APPROVED]
    if not await wordings.change(tx, wording_id, states, state=WordingState.WANTED, **facts):
        return Outcome.OVER, Asked()
    return Outcome.DONE, await _asked(tx, [wording_id], now, rules)


async def _asked(tx: Tx, ids: Sequence[int], now: datetime, rules: Rules) -> Asked:
    languages, nobody = [], []
    for number in ids:
        wording = await open_wordings.one(tx, number)
        if wording is None:
            continue
        languages.append(wording.language)
        there = await tables.load(tx, sorted(await tables.concerned(tx, number)))
        if not any(desk.member.in_chat and desk.translates(wording) for desk in there):
            nobody.append(wording.language)
        await _tell(tx, number, now, rules)
    return Asked(tuple(languages), tuple(nobody))


async def _tell(tx: Tx, wording_id: int, now: datetime, rules: Rules) -> None:
    """Whoever it concerns hears of it, and not of what is no longer so."""
    await desks.catch_up(tx, await tables.concerned(tx, wording_id), now, rules)


async def _desk(tx: Tx, colleague: Colleague) -> Desk:
    found = await tables.load(tx, [colleague.member.id])
    if not found:
        raise NotYours
    return found[0]


async def needed(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> list[OpenWording]:
    """What waits for this colleague: to be written, or to be looked through."""
    desk = await _desk(tx, colleague)
    return [
        each
        for each in desk.wordings
        if desk.looks_through(each)
        or each.taken_by == desk.member.id
        or (desk.translates(each) and _is_free(each, now, rules))
    ]


def _is_free(each: OpenWording, now: datetime, rules: Rules) -> bool:
    free = each.free_from(rules)
    return free is not None and free <= now


async def see(tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules) -> Seen:
    """The words and their source, for translators and coordinators of the area; NotYours."""
    wording = await wordings.one(tx, wording_id)
    if wording is None:
        raise NotYours
    desk, areas = await _desk(tx, colleague), await open_wordings.home(tx, wording_id)
    about = OpenWording(
        id=wording_id,
        language=wording.language,
        title="",
        state=wording.state,
        asked_at=wording.asked_at,
        taken_by=wording.taken_by,
        given_at=wording.given_at,
        areas=tuple(areas[0]),
        made_by=areas[1],
    )
    here = bool(set(desk.areas) & set(about.areas)) and translates(colleague)
    if not here and not desk.looks_through(about):
        raise NotYours
    return Seen(
        wording=wording,
        source=await open_wordings.source_of(tx, wording.of, wording.language),
        mine=wording.state is WordingState.TAKEN and wording.taken_by == desk.member.id,
        free=here and _is_free(about, now, rules),
        looks_through=desk.looks_through(about),
    )


async def activity_of(tx: Tx, of: Of) -> tuple[Activity, tuple[Occasion, ...]] | None:
    """The activity that those words are of, and when it is; None for a notice's own words."""
    if of.activity_id is None:
        return None
    found = (await activities.load(tx, [of.activity_id])).get(of.activity_id)
    times = await activities.occasions(tx, [of.activity_id])
    return (found, times.get(of.activity_id, ())) if found else None


# --- translators -------------------------------------------------------------------------------


async def take(
    tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules
) -> Outcome:
    """The first to take it has it; raises NotYours for who does not translate there."""
    seen = await see(tx, colleague, wording_id, now, rules)
    if not translates(colleague):
        raise NotYours
    if seen.mine:
        return Outcome.DONE
    wording = await open_wordings.one(tx, wording_id)
    if wording is None:
        return Outcome.OVER
    # Whether it is free is read with the very row that is compared: who took it since, has it.
    free = seen.free and _is_free(wording, now, rules)
    if not free or not await open_wordings.take(tx, wording, colleague.member.id, now):
        return Outcome.OVER if wording.state is WordingState.GIVEN else Outcome.TAKEN
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE


async def draft(tx: Tx, colleague: Colleague, wording_id: int, words: Words) -> Outcome:
    """Keep what the translator has written; nobody sees it before they give it."""
    if not translates(colleague):
        raise NotYours
    done = await open_wordings.draft(tx, wording_id, colleague.member.id, words)
    return Outcome.DONE if done else Outcome.TAKEN


async def give(
    tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules
) -> Outcome:
    """It is ready: the coordinator hears of it. Raises NotYours."""
    seen = await see(tx, colleague, wording_id, now, rules)
    if not await open_wordings.give(tx, wording_id, colleague.member.id, now):
        return Outcome.EMPTY if seen.mine else Outcome.TAKEN
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE


async def leave(
    tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules
) -> Outcome:
    """Somebody else may take it, and all of them are asked again; what is written stays."""
    if not await open_wordings.free(tx, wording_id, colleague.member.id, now):
        return Outcome.TAKEN
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE


async def left(tx: Tx, staff_id: int, now: datetime, rules: Rules) -> None:
    """A colleague has ended: what they had taken is free at once, and asked again."""
    for number in await open_wordings.held_by(tx, staff_id):
        await open_wordings.free(tx, number, staff_id, now)
        await _tell(tx, number, now, rules)
    await tables.forget_languages(tx, staff_id)


async def writes_in(tx: Tx, colleague: Colleague, every: Collection[str]) -> dict[str, bool]:
    """Whether the translator is asked for each language; all of them until they have chosen."""
    chosen = await tables.languages(tx, colleague.member.id)
    return {code: chosen is None or code in chosen for code in every}


async def set_writes_in(
    tx: Tx,
    colleague: Colleague,
    every: Collection[str],
    code: str,
    now: datetime,
    rules: Rules,
) -> None:
    """One language more, or one less; raises NotYours for who does not translate."""
    if not translates(colleague) or code not in every:
        raise NotYours
    known = await writes_in(tx, colleague, every)
    known[code] = not known[code]
    chosen = [each for each, on in known.items() if on]
    await tables.set_languages(tx, colleague.member.id, chosen)
    await desks.catch_up(tx, [colleague.member.id], now, rules)


# --- coordinators ------------------------------------------------------------------------------


async def _may_decide(
    tx: Tx, colleague: Colleague, wording_id: int, now: datetime, rules: Rules
) -> Wording:
    seen = await see(tx, colleague, wording_id, now, rules)
    if not seen.looks_through:
        raise NotYours
    return seen.wording


async def approve(
    tx: Tx, colleague: Colleague, wording_id: int, revision: int, now: datetime, rules: Rules
) -> Outcome:
    """Yes to exactly the words that were seen: families may read them. Raises NotYours."""
    wording = await _may_decide(tx, colleague, wording_id, now, rules)
    facts = {"approved_by": colleague.member.id}
    if not await open_wordings.decide(tx, wording_id, revision, WordingState.APPROVED, **facts):
        return _why_not(wording)
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE


async def send_back(
    tx: Tx, colleague: Colleague, wording_id: int, revision: int, now: datetime, rules: Rules
) -> Outcome:
    """Other words, please: the translator hears of it. Raises NotYours."""
    wording = await _may_decide(tx, colleague, wording_id, now, rules)
    there = await tables.load(tx, [wording.taken_by] if wording.taken_by else [])
    state, facts = WordingState.TAKEN, _since(now)
    if not there:  # who gave them has left: anybody may
        state, facts = WordingState.WANTED, {**_since(now), "taken_by": None, "given_at": None}
    if not await open_wordings.decide(tx, wording_id, revision, state, **facts):
        return _why_not(wording)
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE


def _since(now: datetime) -> dict[str, object]:
    return {"asked_at": now}


def _why_not(wording: Wording) -> Outcome:
    return Outcome.OVER if wording.state is WordingState.APPROVED else Outcome.CHANGED


async def write(
    tx: Tx, colleague: Colleague, wording_id: int, words: Words, now: datetime, rules: Rules
) -> Outcome:
    """The coordinator's own words, in place of anybody's: approved at once. Raises NotYours."""
    wording = await _may_decide(tx, colleague, wording_id, now, rules)
    facts = {"state": WordingState.APPROVED, "approved_by": colleague.member.id}
    await wordings.write(tx, wording.of, wording.language, words, **facts)
    await _tell(tx, wording_id, now, rules)
    return Outcome.DONE
