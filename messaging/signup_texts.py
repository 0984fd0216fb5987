"""What a parent reads who signs up for an activity: a place, a turn in line, a change (E7, E8)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging import activity_lines
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.place_texts import drop_in
from messaging.plain import plain
from messaging.proposal_letters import paged
from messaging.signup_buttons import (
    CancelSignUp,
    ChangeNumber,
    Come,
    MySignUp,
    Number,
    OfferedPlace,
    SignUp,
    SignUpFor,
)
from messaging.texts import back_button, whats_on_button
from programme.activities import Activity, ActivityState, Occasion, SigningUp, Signup
from programme.seats import MOST_ADULTS, MOST_CHILDREN

SHOWN = 4  # dates of a series under a sign-up; of a longer one all stand on its page
ON_A_SCREEN = 5  # sign-ups among what is saved


def party(t: Tongue, adults: int, children: int) -> Ready:
    """How many come, as a value: 1 adult and 2 children."""
    counted = [t.fill(t.ngettext("{n} adult", "{n} adults", adults), n=adults)]
    if children:
        counted.append(t.fill(t.ngettext("{n} child", "{n} children", children), n=children))
    return t.listing(counted)


def times(
    t: Tongue, activity: Activity, occasions: Sequence[Occasion], zone: ZoneInfo
) -> Iterator[str]:
    """When it is; of a long series the next time, and how many they all are."""
    if len(occasions) <= SHOWN:
        yield from activity_lines.when(t, activity, occasions, zone)
        return
    yield from activity_lines.when(t, activity, occasions[:1], zone)
    n = sum(not each.cancelled for each in occasions)
    # Translators: one signs up, or has signed up, for a series: not only for the time above.
    yield t.fill(t.ngettext("It is for {n} time.", "It is for all {n} times.", n), n=n)


def sign_up_button(t: Tongue, activity: int) -> Button:
    """Under a notice or an activity's page."""
    # Translators: on a button: I would like to come to this activity.
    return Button(t.gettext("Sign up"), SignUp(activity=activity).pack())


def sign_up_rows(
    t: Tongue, activity: Activity, occasions: Sequence[Occasion], now: datetime
) -> Rows:
    """The same in a row, while there is something to sign up for; else none."""
    ahead = any(not each.cancelled and each.starts_at > now for each in occasions)
    open_to_all = activity.state is ActivityState.OPEN
    if not ahead or not open_to_all or activity.signing_up is SigningUp.DROP_IN:
        return ()
    return lay_out([sign_up_button(t, activity.id)], t.one_per_row)


def which_occasion(
    t: Tongue,
    activity: Activity,
    times: Sequence[tuple[int, Occasion]],
    page: int,
    zone: ZoneInfo,
) -> Message:
    """One signs up for each time: which of them? `times`: seats, and when."""
    title = activity_lines.title(t, activity)
    # Translators: {title} is what staff call the activity.
    text = t.fill(t.gettext("Sign up: {title}\nWhich time would you like?"), title=title)
    buttons = [
        Button(t.moment(each.starts_at, zone), SignUpFor(seats=seats).pack())
        for seats, each in times
    ]
    number = activity.id
    rows = paged(t, buttons, page, lambda n: SignUp(activity=number, page=n).pack())
    return Message(text, rows)


def ask(
    t: Tongue,
    activity: Activity,
    occasions: Sequence[Occasion],
    seats: int,
    coming: tuple[int, int],
    zone: ZoneInfo,
) -> Message:
    """Two taps: how many come is proposed, and can be another number."""
    adults, children = coming
    question = t.gettext("How many of you would like to come?")
    text = "\n".join([*_about(t, activity, occasions, zone), question])
    come = Come(seats=seats, adults=adults, children=children)
    yes = Button(_we_are(t, adults, children), come.pack())
    return Message(text, lay_out([yes, _other(t, seats)], t.one_per_row))


def _about(
    t: Tongue, activity: Activity, occasions: Sequence[Occasion], zone: ZoneInfo
) -> Iterator[str]:
    # Translators: {title} is what staff call the activity that a parent signs up for.
    text = t.gettext("Sign up: {title}")
    yield t.fill(text, title=activity_lines.title(t, activity))
    yield from times(t, activity, occasions, zone)
    yield from activity_lines.where(t, activity)


def _other(t: Tongue, seats: int, signup: int = 0) -> Button:
    # Translators: on a button: another number of people.
    return Button(t.gettext("Another number"), Number(seats=seats, signup=signup).pack())


def how_many_adults(t: Tongue, seats: int, signup: int, page: int) -> Message:
    """First the grown-ups."""
    buttons = [
        Button(_we_are(t, n, 0), Number(seats=seats, signup=signup, adults=n).pack())
        for n in range(1, MOST_ADULTS + 1)
    ]
    here = Number(seats=seats, signup=signup)
    return Message(t.gettext("How many adults?"), paged(t, buttons, page, _pages(here)))


def how_many_children(t: Tongue, seats: int, signup: int, adults: int, page: int) -> Message:
    """Then the children; with it they are signed up, or the number is another."""
    buttons = [
        Button(_children(t, n), _data(seats, signup, adults, n)) for n in range(MOST_CHILDREN + 1)
    ]
    here = Number(seats=seats, signup=signup, adults=adults)
    return Message(t.gettext("How many children?"), paged(t, buttons, page, _pages(here)))


def _pages(here: Number) -> Callable[[int], str]:
    """What the buttons to its other pages send."""
    return lambda n: here.model_copy(update={"page": n}).pack()


def _we_are(t: Tongue, adults: int, children: int) -> str:
    # Translators: on a button, said by a parent; {party} is such as "1 adult and 2 children".
    return plain(t.fill(t.gettext("We are {party}"), party=party(t, adults, children)))


def _children(t: Tongue, n: int) -> str:
    if not n:
        return t.gettext("No children")
    # Translators: on a button: so many children come along.
    counted = t.fill(t.ngettext("{n} child", "{n} children", n), n=n)
    return plain(t.fill(t.gettext("With {children}"), children=counted))


def _data(seats: int, signup: int, adults: int, children: int) -> str:
    if signup:
        return ChangeNumber(signup=signup, adults=adults, children=children).pack()
    return Come(seats=seats, adults=adults, children=children).pack()


def signed_up(t: Tongue, mine: Signup, zone: ZoneInfo) -> Message:
    """They have a place. With another number, and a way back out."""
    lines = [is_in(t, *_coming(mine)), *_standing(t, mine, zone)]
    return Message("\n".join([*lines, _we_remind(t)]), _own(t, mine))


def is_in(t: Tongue, adults: int, children: int) -> Ready:
    """That they are signed up, and how many."""
    # Translators: {party} is such as "1 adult and 2 children".
    text = t.gettext("You are signed up: {party}.")
    return t.fill(text, party=party(t, adults, children))


def _coming(mine: Signup) -> tuple[int, int]:
    return mine.adults, mine.children


def _we_remind(t: Tongue) -> str:
    return t.gettext("We remind you the day before.")


def _standing(t: Tongue, mine: Signup, zone: ZoneInfo) -> Iterator[str]:
    # Translators: {title} is what staff call the activity.
    yield t.fill(t.gettext("What: {title}"), title=activity_lines.title(t, mine.activity))
    yield from times(t, mine.activity, mine.occasions, zone)


def _own(t: Tongue, mine: Signup) -> Rows:
    buttons = [
        _other(t, mine.seats_id, mine.id),
        Button(t.gettext("I cannot come"), CancelSignUp(signup=mine.id).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def offered(t: Tongue, mine: Signup, stamp: int, zone: ZoneInfo) -> Message:
    """A place is kept for them: do they want it?"""
    question = t.gettext("There is room for you now. Do you want it?")
    lines = [question, *_standing(t, mine, zone)]
    return Message("\n".join(lines), offer_rows(t, mine.id, stamp))


def in_line(t: Tongue, mine: Signup, number: int, zone: ZoneInfo) -> Message:
    """They wait; their number, and that nobody has to do anything."""
    lines = [_your_number(t, number), *_standing(t, mine, zone)]
    text = t.gettext("We write to you when there is room for you.")
    buttons = [
        _other(t, mine.seats_id, mine.id),
        # Translators: on a button, said by a parent on a waiting list.
        Button(t.gettext("I do not want to wait"), CancelSignUp(signup=mine.id).pack()),
    ]
    return Message("\n".join([*lines, text]), lay_out(buttons, t.one_per_row))


def _your_number(t: Tongue, number: int) -> Ready:
    # Translators: their number on the waiting list; 1 is the first.
    text = t.gettext("You are on the waiting list. Your number: {number}.")
    return t.fill(text, number=number)


def full(t: Tongue, seats: int, coming: tuple[int, int], number: int, free: int | None) -> Message:
    """There is no room, or not enough: would they like to wait?"""
    adults, children = coming
    lines = [_no_room(t, free or 0), _would_be(t, number)]
    wait = Come(seats=seats, adults=adults, children=children, wait=True)
    # Translators: on a button, said by a parent: put me on the waiting list.
    buttons = [Button(t.gettext("Yes, I will wait"), wait.pack()), _other(t, seats)]
    return Message("\n".join(lines), lay_out(buttons, t.one_per_row))


def _no_room(t: Tongue, free: int) -> str:
    if not free:
        return t.gettext("All places are taken.")
    # Translators: fewer places than a parent asks for. {n} may be left out where a form is for one
    # number only.
    text = t.ngettext(
        "Only {n} place is left, and somebody may be waiting for it.",
        "Only {n} places are left, and somebody may be waiting for them.",
        free,
    )
    return t.fill(text, n=free)


def _would_be(t: Tongue, number: int) -> Ready:
    text = t.gettext("You would be number {number} on the waiting list. Do you want to wait?")
    return t.fill(text, number=number)


def too_many(t: Tongue, seats: int, signup: int, capacity: int) -> Message:
    """There are not so many places at all."""
    text = t.ngettext(
        "There is only {n} place. Please choose a smaller number.",
        "There are only {n} places. Please choose a smaller number.",
        capacity,
    )
    rows = lay_out([_other(t, seats, signup)], t.one_per_row)
    return Message(t.fill(text, n=capacity), rows)


def kept(t: Tongue, mine: Signup) -> Message:
    """No room for more: it stays as it was."""
    lines = [
        t.gettext("There is no room for more people now."),
        is_in(t, *_coming(mine)),
    ]
    return Message("\n".join(lines), _own(t, mine))


def left(t: Tongue, mine: Signup) -> Message:
    """Not on the list any more; one tap goes back."""
    title = activity_lines.title(t, mine.activity)
    # Translators: {title} is what staff call the activity.
    text = t.fill(t.gettext("Done. You are not on the list any more: {title}"), title=title)
    # Translators: on a button: after all, put me on the list of that activity.
    again = Button(t.gettext("Sign up again"), SignUpFor(seats=mine.seats_id).pack())
    return Message(text, lay_out([again], t.one_per_row))


def passed_on(t: Tongue, mine: Signup, number: int) -> Message:
    """An offer that has run out, or a button of an older one."""
    lines = [t.gettext("We cannot keep this place for you any more.")]
    if number:
        see = Button(t.gettext("Show my place"), MySignUp(signup=mine.id).pack())
        return Message("\n".join([*lines, _your_number(t, number)]), lay_out([see], t.one_per_row))
    again = Button(t.gettext("Sign up again"), SignUpFor(seats=mine.seats_id).pack())
    return Message("\n".join(lines), lay_out([again], t.one_per_row))


def listed(t: Tongue, every: Sequence[Signup]) -> list[Message]:
    """What is saved about their sign-ups, a screen or more; nothing if there are none."""
    heading = t.gettext("You have signed up for this, or wait for a place:")
    lines = [_saved(t, each) for each in every]
    parts = [lines[n : n + ON_A_SCREEN] for n in range(0, len(lines), ON_A_SCREEN)]
    return [Message("\n".join([heading, *each])) for each in parts]


def _saved(t: Tongue, mine: Signup) -> Ready:
    # Translators: {title} is what staff call the activity; {party} is such as "1 adult".
    text = t.gettext("For {title}: {party}.")
    title = activity_lines.title(t, mine.activity)
    return t.fill(text, title=title, party=party(t, mine.adults, mine.children))


def over(t: Tongue) -> Message:
    """It has begun or is cancelled, or the button is old; there may be something else."""
    return _else(t, t.gettext("You cannot sign up for this any more."))


def just_come(t: Tongue) -> Message:
    """Nobody signs up for it."""
    return _else(t, drop_in(t, True))


def _else(t: Tongue, text: str) -> Message:
    return Message(text, lay_out([whats_on_button(t), back_button(t)], t.one_per_row))


def own_rows(t: Tongue, signup_id: int) -> Rows:
    """Under what one has signed up for."""
    buttons = [
        # Translators: on a button: another number of people comes.
        Button(t.gettext("Change the number"), MySignUp(signup=signup_id).pack()),
        # Translators: on a button, said by a parent who has signed up.
        Button(t.gettext("I cannot come"), CancelSignUp(signup=signup_id).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def offer_rows(t: Tongue, signup_id: int, offered: int) -> Rows:
    """Under a place that is offered."""

    def answer(yes: bool) -> str:
        return OfferedPlace(signup=signup_id, offered=offered, yes=yes).pack()

    yes, no = t.gettext("Yes, please"), t.gettext("No thanks")
    return lay_out([Button(yes, answer(True)), Button(no, answer(False))], t.one_per_row)
