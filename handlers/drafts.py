"""What a colleague has chosen so far, kept with their chat until it is sent, booked or begun anew.

A button names the draft it belongs to: one of an older draft changes nothing.
"""

from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.desk import Desk
from handlers.errors import Refused
from messaging import booked_texts
from messaging.replies import say
from programme.people import Meeting, Place
from programme.reasons import WindowReason
from services import staff_booking
from services.staff_booking import Draft, Series, Slot

_KEY, _NUMBER = "draft", "draft_number"


async def keep(state: FSMContext, desk: Desk, draft: Draft, number: int | None = None) -> int:
    """The number of the draft: a new one, unless it is the same one with other facts."""
    if number is None:
        latest = int((await state.get_data()).get(_NUMBER, 0))
        number = max(latest + 1, int(desk.now.timestamp()))
    await state.update_data({_KEY: _facts(draft), _NUMBER: number})
    return number


async def load(state: FSMContext, desk: Desk, number: int) -> tuple[Draft, Series]:
    """The draft with that number and its family; raises Refused if it is gone, and NotYours."""
    kept = await state.get_data()
    if kept.get(_NUMBER) != number or _KEY not in kept:
        raise Refused(say(booked_texts.draft_gone(desk.t)))
    facts = kept[_KEY]
    page = await staff_booking.all_six(
        desk.tx, desk.colleague, facts["family_id"], desk.now, desk.rules
    )
    draft = _draft(facts, page)
    if draft is None:
        raise Refused(say(booked_texts.draft_gone(desk.t)))
    return draft, page


async def drop(state: FSMContext) -> None:
    """It is sent or booked: its buttons are old from now on."""
    kept = await state.get_data()
    await state.set_data({key: value for key, value in kept.items() if key != _KEY})


def _facts(draft: Draft) -> dict[str, Any]:
    return {
        "family_id": draft.family_id,
        "child_id": draft.child_id,
        "visit": draft.visit,
        "meeting": str(draft.meeting),
        "times": [
            [each.starts_at.isoformat(), [member.id for member in each.staff]]
            for each in draft.times
        ],
        "moves": draft.moves,
        "place": str(draft.place),
        "interpreter": draft.interpreter,
        "home": draft.home,
        "who": draft.who,
        "override": str(draft.override) if draft.override else None,
    }


def _draft(facts: dict[str, Any], page: Series) -> Draft | None:
    """The draft; None if somebody who should come has left."""
    times = []
    for starts_at, ids in facts["times"]:
        staff = tuple(member for each in ids if (member := page.family.member(each)))
        if len(staff) < len(ids):
            return None
        times.append(Slot(starts_at=datetime.fromisoformat(starts_at), staff=staff))
    return Draft(
        family_id=facts["family_id"],
        child_id=facts["child_id"],
        visit=facts["visit"],
        meeting=Meeting(facts["meeting"]),
        times=tuple(times),
        moves=facts["moves"],
        place=Place(facts["place"]),
        interpreter=facts["interpreter"],
        home=facts["home"],
        who=tuple(facts.get("who", ())),  # begun before one could choose: as usual
        override=WindowReason(facts["override"]) if facts["override"] else None,
    )
