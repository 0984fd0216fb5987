"""The pages of a colleague's chat, put together from what the service shows."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from handlers.desk import Desk
from messaging import (
    home_texts,
    interpreter_texts,
    reason_texts,
    registering_texts,
    series_texts,
    staff_pages,
    staff_texts,
    time_news,
)
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, one_each
from programme.kinds import Rules
from programme.people import Booking, BookingState, Child, Meeting
from services import staff_view
from services.staff_view import Answer, Call, CallFor, FamilyPage, Line, Name, Parent

LINES, BUTTONS = 12, 8  # on one page


def _called(name: Name) -> Value:
    return name.label or name.family_id


def phone_page(t: Tongue, lines: list[Line], page: int, rules: Rules) -> Message:
    """Whom to phone: one line for each family, with the interpreter it needs."""
    shown = lines[page * LINES : (page + 1) * LINES]
    said = [each for line in shown for each in _phone_lines(t, line, rules)]
    return staff_texts.phone_list(t, said, page, len(lines) > (page + 1) * LINES)


def _phone_lines(t: Tongue, line: Line, rules: Rules) -> Iterator[str]:
    yield _why(t, _called(line.name), line.call, rules)
    if line.spoken:
        yield staff_pages.interpreter_line(t, _languages(t, line.spoken))


def _why(t: Tongue, family: Value, call: Call, rules: Rules) -> str:
    match call:
        case Call(why=CallFor.VISIT, visit=int() as visit) if call.starts_at:
            return staff_pages.call_line(t, family, visit, call.starts_at, rules.zone)
        case Call(why=CallFor.FIRST_VISIT) if call.by:
            return staff_pages.first_visit_line(t, family, call.by)
        case Call(why=CallFor.TO_BOOK, visit=int() as visit) if call.by:
            return staff_pages.to_book_line(t, family, visit, call.by)
        case _:
            return staff_pages.language_line(t, family)


def _languages(t: Tongue, codes: tuple[str, ...]) -> str:
    return t.listing([t.language_name(code) for code in codes])


def answer_page(t: Tongue, answers: list[Answer], rules: Rules) -> Message:
    """The latest answers to coming visits."""
    return staff_texts.answer_list(t, [_answer(t, each, rules) for each in answers])


def _answer(t: Tongue, each: Answer, rules: Rules) -> str:
    family, at = _called(each.name), each.starts_at
    if each.meeting is Meeting.VISIT:
        return staff_texts.answered(t, family, each.choice, each.visit, at, rules.zone)
    return time_news.answered(t, family, each.choice, each.meeting, at, rules.zone)


def families_page(t: Tongue, names: list[Name], page: int) -> Message:
    """A page of families."""
    shown = names[page * BUTTONS : (page + 1) * BUTTONS]
    buttons = [(each.family_id, _called(each)) for each in shown]
    return staff_texts.families(t, buttons, page, len(names) > (page + 1) * BUTTONS)


async def show_family(desk: Desk, family_id: int) -> Message:
    """One family as it is now; raises NotYours."""
    who, codes = desk.colleague, desk.languages.codes
    page = await staff_view.family_page(desk.tx, who, family_id, desk.now, desk.rules, codes)
    return family_page(desk.t, page, desk.rules)


def family_page(t: Tongue, page: FamilyPage, rules: Rules) -> Message:
    """One family; after a loss only what staff must know not to come."""
    head: list[str] = [staff_texts.called(t, _called(page.name))]
    several = len(page.children) > 1
    children = [
        staff_pages.child_line(t, child, n if several else None)
        for n, child in enumerate(page.children, 1)
    ]
    visits = _visits(t, page, rules, None) if page.rests else _six(t, page, rules)
    if page.rests:
        head.append(staff_pages.do_not_contact(t))
        tail = [staff_pages.only_after_a_talk(t)]
        rows = staff_pages.rest_rows(
            t, page.name.family_id, page.may_undo, list(_choices(t, page.children))
        )
    else:
        tail = [*_people(t, page, rules), *_notes(t, page, rules)]
        expecting = any(child.born is None for child in page.children)
        first = _to_book(t, page, rules)
        if page.may_tell_why:
            first.append(reason_texts.staff_button(t, page.name.family_id))
        rows = one_each(first) + staff_pages.page_rows(
            t, page.name.family_id, expecting, page.moving, page.protected or page.split
        )
    return Message("\n".join([*head, *children, *visits, *tail]), rows)


def _six(t: Tongue, page: FamilyPage, rules: Rules) -> Iterator[str]:
    """The six, step by step, and what is booked besides; of two homes each has its own."""
    if page.split:
        return
    yield from series_texts.step_lines(t, page.steps, rules.zone)
    for each in page.bookings:
        if each.meeting is not Meeting.VISIT and each.state is BookingState.BOOKED:
            yield series_texts.other_line(t, each, rules.zone)
    for each in page.bookings:
        yield from _interpreter(t, each)


def _choices(t: Tongue, children: tuple[Child, ...]) -> Iterator[tuple[int, str]]:
    """Some of several children, but never none and never all: one bit each, in their order."""
    numbers = range(1, len(children) + 1)
    for count in range(1, len(children)):
        for chosen in combinations(numbers, count):
            mask = sum(1 << (number - 1) for number in chosen)
            yield mask, staff_pages.some_children(t, chosen)


def _visits(t: Tongue, page: FamilyPage, rules: Rules, home: int | None) -> Iterator[str]:
    """The visits of that home, 0: of both; None: all there are."""
    for each in page.bookings:
        theirs = home is None or (each.home or 0) == home
        if theirs and (not page.rests or each.state is BookingState.BOOKED):
            yield from _visit(t, each, rules)


def _visit(t: Tongue, each: Booking, rules: Rules) -> Iterator[str]:
    yield staff_pages.visit_line(
        t, each.state, each.visit, each.starts_at, rules.zone, each.meeting
    )
    yield from _interpreter(t, each)


def _interpreter(t: Tongue, each: Booking) -> Iterator[str]:
    if each.state is BookingState.BOOKED and (each.interpreter or each.interpreter_wanted):
        yield interpreter_texts.visit_line(t, each.interpreter)


def _to_book(t: Tongue, page: FamilyPage, rules: Rules) -> list[Button]:
    """One tap for each visit that waits for its interpreter."""
    return [
        interpreter_texts.is_booked_button(
            t, page.name.family_id, each.id, each.starts_at, rules.zone
        )
        for each in page.bookings
        if each.state is BookingState.BOOKED and each.interpreter_wanted and not each.interpreter
    ]


def _people(t: Tongue, page: FamilyPage, rules: Rules) -> Iterator[str]:
    """The parents; of two homes each apart, with its own visits (mission B15)."""
    yield registering_texts.first_child_line(t, page.eligible)
    if page.protected:
        yield registering_texts.protected_line(t)
    if not page.split:
        yield from () if page.protected and not page.parents else _parents(t, page, page.parents)
        yield from _family_interpreter(t, page)
        return
    for home in (1, 2):
        yield home_texts.home_line(t, home)
        theirs = [each for each in page.parents if each.home == home]
        yield from _parents(t, page, theirs) if theirs else [home_texts.home_empty(t)]
        yield from _visits(t, page, rules, home)
    if both := list(_visits(t, page, rules, 0)):
        yield home_texts.both_homes_line(t)
        yield from both


def _family_interpreter(t: Tongue, page: FamilyPage) -> Iterator[str]:
    """What staff have registered, until a parent says it themselves."""
    whole = next((each for each in page.wishes if each.guardian_id is None), None)
    said = any(each.wish for each in page.wishes if each.guardian_id is not None)
    if whole and whole.spoken and not said:
        language = t.language_name(whole.spoken)
        yield interpreter_texts.wanted_line(t, whole.wish, language)


def _parents(t: Tongue, page: FamilyPage, parents: Sequence[Parent]) -> Iterator[str]:
    if not parents:
        yield staff_pages.nobody_line(t)
    for parent in parents:
        language = t.language_name(parent.spoken or parent.language)
        yield staff_pages.parent_line(t, parent.role, language, parent.reads)
        wish = next((w.wish for w in page.wishes if w.guardian_id == parent.id), None)
        if wish:
            yield interpreter_texts.wanted_line(t, wish, language)


def _notes(t: Tongue, page: FamilyPage, rules: Rules) -> Iterator[str]:
    if page.call:
        yield _why(t, _called(page.name), page.call, rules)
    if page.moving:
        yield staff_pages.moving_line(t)
    for visit, days in page.stretched:
        yield staff_pages.summer_line(t, visit, days)
