"""Activities in words for staff: the list, one activity, what is missing before it opens (E9, E10).

What families read of it is in `activity_lines.py`; its fields are in `activity_field_texts.py`, its
times in `occasion_texts.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messaging import public_words
from messaging.activity_buttons import (
    Activities,
    ActivityAct,
    ActOnActivity,
    ClosePlace,
    NewActivity,
    NewActivityKind,
    StaffActivity,
    Times,
    Timetable,
)
from messaging.activity_lines import KINDS, kind_name, lines, title
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.door_texts import doors_button
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.notice_buttons import BeginNotice, NoticeDesk
from messaging.place_texts import checked
from messaging.plain import plain
from programme.activities import Activity, ActivityState, Occasion, SigningUp

_MARKS = {
    # Translators: on a button in the list of activities for staff. So the next two.
    "open": N_("Activity: {title}"),
    "draft": N_("Draft: {title}"),
    "ends": N_("Ends soon: {title}"),
}
_LACKING = {
    # Translators: one line of what a new activity still lacks. So the next three.
    "words": N_("Words in: {languages}."),
    "times": N_("When it is."),
    "where": N_("Where it is: a place, or a link."),
    "spoken": N_("Which languages are spoken there."),
}
_DONE = {
    "done": N_("Saved."),
    "opened": N_("Families see it from now on."),
    "checked": N_("Thank you. It is checked today."),
    "cancelled": N_("It is cancelled. Whoever has signed up is told."),
    "lacks": N_("It cannot be opened yet."),
    "needed": N_("Families can see it, so it needs a place or a link, and a language."),
    "over": N_("That time is over. What was cannot be changed."),
    "gone": N_("It is cancelled already."),
    "taken": N_("It is at that time already."),
    "nothing": N_("There is nothing on those days."),
    "signed_up": N_("People have signed up already. So this cannot be changed any more."),
}


@dataclass(frozen=True)
class Listed:
    """An activity in the list: what it is called, and what is to be done with it."""

    activity: Activity
    title: str
    mark: str  # a key of the marks above


@dataclass(frozen=True)
class Shown:
    """One activity as its page shows it."""

    activity: Activity
    occasions: Sequence[Occasion]
    title: str = ""  # in any language, while the reader's own is not written
    lacks: Sequence[str] = ()
    unsaid: Sequence[str] = ()  # languages without words
    ends: date | None = None  # soon
    notices: int = 0  # that have told of it
    seats: Sequence[str] = ()  # lines on who has signed up


def act_button(t: Tongue, label: str, activity: int, act: ActivityAct) -> Button:
    """A button that does that with the activity."""
    return Button(label, ActOnActivity(activity=activity, act=act).pack())


def to_activity_button(t: Tongue, activity: int) -> Button:
    """Back to the activity's page."""
    return Button(t.gettext("Back"), StaffActivity(activity=activity).pack())


def activities_button(t: Tongue) -> Button:
    """To the activities of one's areas."""
    # Translators: on a button for staff: what families can come to, such as groups.
    return Button(t.gettext("Activities"), Activities().pack())


def activity_list(
    t: Tongue, shown: Sequence[Listed], page: int, more: bool, writes: bool, closes: bool
) -> Message:
    """What families can come to, each a button."""
    text = t.gettext("What families can come to in your areas. Press one to see or change it.")
    if not shown:
        text = t.gettext("Nothing is planned in your areas.")
    buttons = [
        Button(_marked(t, each), StaffActivity(activity=each.activity.id).pack()) for each in shown
    ]
    if more:
        buttons.append(Button(t.gettext("More"), Activities(page=page + 1).pack()))
    # Translators: on a button for staff: what takes place this week and next week.
    buttons.append(Button(t.gettext("Timetable"), Timetable().pack()))
    if writes:
        buttons.append(Button(t.gettext("New activity"), NewActivityKind().pack()))
    if closes:
        # Translators: on a button for staff: an open preschool or a library does not open today.
        buttons.append(Button(t.gettext("A place is closed today"), ClosePlace().pack()))
    back = NoticeDesk().pack() if closes else StaffPage(page=STAFF_MENU).pack()
    return Message(text, one_each([*buttons, Button(t.gettext("Back"), back)]))


def _marked(t: Tongue, each: Listed) -> str:
    name = each.title or kind_name(t, each.activity.kind)
    return plain(t.fill(t.gettext(_MARKS[each.mark]), title=name))


def ask_kind(t: Tongue) -> Message:
    """A new activity: of which kind."""
    buttons = [Button(t.gettext(KINDS[kind]), NewActivity(kind=kind).pack()) for kind in KINDS]
    back = Button(t.gettext("Back"), Activities().pack())
    return Message(t.gettext("What kind of activity is it?"), one_each([*buttons, back]))


def activity_page(
    t: Tongue,
    shown: Shown,
    zone: ZoneInfo,
    now: datetime,
    writes: bool,
    announces: bool = False,
    said: str = "",
    door: bool = True,
    back: str | None = None,
) -> Message:
    """What families read of it, what it still lacks, and what can be done with it."""
    parts = [*([said] * bool(said)), *_head(t, shown), ""]
    parts += lines(t, shown.activity, shown.occasions, zone, since=now)
    parts += _notes(t, shown)
    buttons = _buttons(t, shown) if writes else [_times_button(t, shown)]
    if announces and shown.activity.state is ActivityState.OPEN:
        # Translators: on a button for coordinators: send families a notice about this activity.
        label = t.gettext("Tell families about it")
        buttons.insert(0, Button(label, BeginNotice(activity=shown.activity.id).pack()))
    signed_up = _door(t, shown.activity) if door else []
    to = Button(t.gettext("Back"), back or Activities().pack())
    return Message("\n".join(parts), one_each([*signed_up, *buttons, to]))


def _door(t: Tongue, activity: Activity) -> list[Button]:
    """Who has signed up, for whoever stands at the door."""
    signs_up = activity.signing_up is not SigningUp.DROP_IN
    return (
        [doors_button(t, activity.id)] if signs_up and activity.state is ActivityState.OPEN else []
    )


def _head(t: Tongue, shown: Shown) -> Iterator[str]:
    activity = shown.activity
    match activity.state:
        case ActivityState.DRAFT:
            yield t.gettext("Draft. Only staff see it until you open it.")
        case ActivityState.CANCELLED:
            yield t.gettext("This activity is cancelled.")
        case ActivityState.OPEN:
            yield t.gettext("Families see this:")
    yield ""
    words = activity.words.get(t.code)
    if words:
        yield public_words.as_html(words, t.rtl)
    else:
        # Translators: what an activity is called, while your language has no words for it.
        yield t.fill(t.gettext("Title: {title}"), title=shown.title or title(t, activity))


def _notes(t: Tongue, shown: Shown) -> Iterator[str]:
    activity = shown.activity
    if shown.lacks and activity.state is ActivityState.DRAFT:
        yield ""
        yield t.gettext("Before you can open it, it needs:")
        yield from (_lacking(t, each, shown.unsaid) for each in shown.lacks)
    if shown.seats:
        yield ""
        yield from shown.seats
    if shown.ends:
        yield ""
        text = t.gettext("The timetable ends on {date}. Plan on, or let it end.")
        yield t.fill(text, date=t.date(shown.ends))
    if activity.state is ActivityState.OPEN and activity.signing_up is not SigningUp.DROP_IN:
        yield checked(t, activity.checked_on)


def _lacking(t: Tongue, what: str, unsaid: Sequence[str]) -> str:
    names = t.language_names(unsaid)
    return t.fill(t.gettext(_LACKING[what]), languages=names)


def _times_button(t: Tongue, shown: Shown) -> Button:
    # Translators: on a button for staff: when the activity takes place.
    return Button(t.gettext("Times"), Times(activity=shown.activity.id).pack())


def _buttons(t: Tongue, shown: Shown) -> list[Button]:
    number, state = shown.activity.id, shown.activity.state
    if state is ActivityState.CANCELLED:
        return correct_buttons(t, number, shown.notices)
    buttons = []
    if state is ActivityState.DRAFT and not shown.lacks:
        buttons.append(act_button(t, t.gettext("Open it for families"), number, ActivityAct.OPEN))
    buttons += [
        _times_button(t, shown),
        # Translators: on a button for staff: title and text of an activity.
        act_button(t, t.gettext("Title and text"), number, ActivityAct.WORDS),
        # Translators: on a button for staff: place, languages, for whom, signing up and so on.
        act_button(t, t.gettext("Change facts"), number, ActivityAct.EDIT),
    ]
    if state is ActivityState.OPEN:
        buttons.append(act_button(t, t.gettext("Checked today"), number, ActivityAct.CHECK))
    buttons += correct_buttons(t, number, shown.notices)
    buttons.append(act_button(t, t.gettext("Cancel the activity"), number, ActivityAct.CANCEL))
    return buttons


def correct_buttons(t: Tongue, activity: int, notices: int) -> list[Button]:
    """To correct the notices that have told of it, if there are any."""
    if not notices:
        return []
    text = t.ngettext("Correct {n} sent notice", "Correct {n} sent notices", notices)
    return [act_button(t, plain(t.fill(text, n=notices)), activity, ActivityAct.TELL)]


def signed_up_line(t: Tongue, people: int, capacity: int | None, waiting: int) -> str:
    """How many places are taken, of how many, and how many wait."""
    if capacity is None:
        text = t.ngettext(
            "{n} person has signed up. There is room for everybody.",
            "{n} people have signed up. There is room for everybody.",
            people,
        )
        return t.fill(text, n=people)
    # Translators: {taken} and {all} are numbers of people. {n} is how many families wait.
    text = t.ngettext(
        "{taken} of {all} places are taken. {n} family waits.",
        "{taken} of {all} places are taken. {n} families wait.",
        waiting,
    )
    return t.fill(text, taken=people, all=capacity, n=waiting)


def ask_cancel(t: Tongue, shown: Shown) -> Message:
    """Asked once: those who signed up are told."""
    text = t.fill(
        t.gettext(
            "Shall {title} be cancelled, with all its times?\n"
            "Whoever has signed up is told at once. This cannot be undone."
        ),
        title=shown.title or title(t, shown.activity),
    )
    number = shown.activity.id
    sure = act_button(t, t.gettext("Yes, cancel it"), number, ActivityAct.CANCEL_SURE)
    return Message(text, one_each([sure, to_activity_button(t, number)]))


def activity_done(t: Tongue, what: str) -> str:
    """What has just been done, or why it could not be."""
    return t.gettext(_DONE[what])


def ask_correct(t: Tongue, shown: Shown, untold: int) -> Message:
    """Asked once: what correcting the notices does, and how many would get a new message."""
    number = shown.activity.id
    lines = [
        t.fill(t.gettext("Title: {title}"), title=shown.title or title(t, shown.activity)),
        t.gettext(
            "The messages on the phones say at once what is so now. That makes no sound, and "
            "nobody gets a new message."
        ),
    ]
    buttons = []
    if untold:
        text = t.ngettext(
            "A time or a place has changed since {n} parent read it. You can also tell them in "
            "a new message: once.",
            "A time or a place has changed since {n} parents read it. You can also tell them in "
            "a new message: once.",
            untold,
        )
        lines.append(t.fill(text, n=untold))
        label = t.gettext("Correct it and tell them")
        buttons.append(act_button(t, label, number, ActivityAct.TELL_SURE))
    buttons.append(act_button(t, t.gettext("Only correct it"), number, ActivityAct.CORRECT))
    return Message("\n".join(lines), one_each([*buttons, to_activity_button(t, number)]))


def corrected(t: Tongue, phones: int, told: int) -> str:
    """On how many phones notices are corrected, and how many get a new message."""
    text = t.ngettext("It is corrected on {n} phone.", "It is corrected on {n} phones.", phones)
    lines = [t.fill(text, n=phones)]
    if told:
        text = t.ngettext(
            "{n} parent gets a new message that says so.",
            "{n} parents get a new message that says so.",
            told,
        )
        lines.append(t.fill(text, n=told))
    return "\n".join(lines)


def fewer_than_signed_up(t: Tongue, people: int, wanted: int) -> str:
    """Why the number of places stays as it was."""
    text = t.ngettext(
        "{n} person has a place already. There cannot be only {wanted} places.",
        "{n} people have a place already. There cannot be only {wanted} places.",
        people,
    )
    return t.fill(text, n=people, wanted=wanted)
