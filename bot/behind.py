"""Behind the phones: why a message came, or did not, as the demo's page shows it."""

from datetime import date

from bot.kind_words import KIND_WORDS, REASONS, STATES, STEPS, TECHNICAL
from bot.theatre import Stage, Theatre
from programme.ages import Age, date_at, months_old
from programme.kinds import Kind
from programme.letters import Letter
from programme.parcels import parcels
from programme.series import Step, StepState
from programme.visits import VISITS
from services import explaining
from services.explaining import Entry, Explained

SHOWN = 12  # of what is coming
IN_MONTHS = 2  # younger children are so many days old
AT_ITS_TIME = (StepState.BOOKED, StepState.DONE, StepState.MISSED)


async def behind(theatre: Theatre, family_id: int | None) -> dict[str, object]:
    """The families there are, and one of them: the first, if none is named."""
    stage = theatre.stage
    people = {each.id: each.first_name for each in theatre.world.people.values()}
    found = await explaining.overview(stage.house.db)
    families = [
        {"id": number, "name": _called(number, [people[chat] for chat in chats if chat in people])}
        for number, chats in found
    ]
    known = {number for number, _ in found}
    chosen = family_id if family_id in known else min(known, default=None)
    one = await _one(stage, chosen, people) if chosen is not None else None
    return {"families": families, "family": one}


def _called(number: int, names: list[str]) -> str:
    """By whoever reads in a chat; a family that nobody reads for, by its number."""
    return ", ".join(names) or f"Familj {number}"


async def _one(stage: Stage, family_id: int, people: dict[int, str]) -> dict[str, object]:
    rules = stage.house.settings.rules
    found = await explaining.of_family(stage.house.db, family_id, stage.now, rules)
    readers = dict(found.chats)
    staff = {each.id: each.name for each in (*found.family.staff, *found.family.guests)}

    def reader(letter: Letter) -> str:
        if letter.guardian_id is not None:
            return people.get(readers.get(letter.guardian_id, 0), "?")
        return staff.get(letter.staff_id or 0, "?")

    return {
        "id": family_id,
        "now": stage.now.isoformat(),
        "lines": _lines(stage, found),
        "promised": [_entry(stage, each, people) for each in found.promised],
        "coming": [
            {
                "to": reader(each.letters[0]),
                "staff": each.letters[0].staff_id is not None,
                "at": stage.when(each.at),
                **_why(each.letters[0].kind),
            }
            for each in parcels(found.coming, rules)[:SHOWN]
        ],
    }


def _lines(stage: Stage, found: Explained) -> list[dict[str, object]]:
    """A line for each birth of the family, from birth to the end of the sixth visit's window."""
    lines: list[dict[str, object]] = []
    for born in sorted({each.child.born for each in found.steps if each.child.born}):
        steps = [each for each in found.steps if each.child.born == born]
        same = [each for each in found.family.children if each.born == born]
        lines.append(
            {
                "born": born.isoformat(),
                "ends": date_at(born, VISITS[-1].closes).isoformat(),
                "who": _who(stage, born, len(same)),
                "months": [date_at(born, Age(n)).isoformat() for n in range(0, 17, 2)],
                "visits": [_visit(stage, each) for each in steps],
            }
        )
    return lines


def _visit(stage: Stage, step: Step) -> dict[str, object]:
    """One of the six; with its time where that holds, not one that was called off."""
    booking = step.booking if step.state in AT_ITS_TIME else None
    return {
        "visit": step.visit,
        "opens": step.days.first.isoformat(),
        "closes": step.days.last.isoformat(),
        "state": step.state,
        "said": STEPS[step.state],
        "at": stage.when(booking.starts_at) if booking else None,
        "on": booking.starts_at.isoformat() if booking else None,
    }


def _who(stage: Stage, born: date, children: int) -> str:
    """Whose line it is: how many children, and how old they are."""
    months, days = months_old(born, stage.day), (stage.day - born).days
    in_days = "1 dag" if days == 1 else f"{days} dagar"
    age = stage.tongue.age(months) if months >= IN_MONTHS else in_days
    return f"{children} barn: {age}" if children > 1 else f"Barnet: {age}"


def _entry(stage: Stage, entry: Entry, people: dict[int, str]) -> dict[str, object]:
    return {
        "to": people.get(entry.chat_id or 0, "–"),
        "staff": entry.to_staff,
        "due": stage.when(entry.due_at),
        "on": (entry.ended_at or entry.due_at).isoformat(),
        "ended": stage.when(entry.ended_at) if entry.ended_at else None,
        "state": entry.state,
        "said": STATES[entry.state],
        "reason": REASONS.get(entry.reason, TECHNICAL) if entry.reason else None,
        **_why(entry.kind),
    }


def _why(kind: Kind) -> dict[str, str]:
    name, rule = KIND_WORDS[kind]
    return {"kind": str(kind), "name": name, "rule": rule}
