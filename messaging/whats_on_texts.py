"""What is on, in words for parents: lists, one activity, what they follow (mission E9)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messaging import activity_lines, public_words
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, lay_out
from messaging.place_buttons import Places, PlacesToday, PlaceWay
from messaging.place_texts import ask_a_person, distance
from messaging.plain import plain
from messaging.signup_texts import sign_up_rows
from messaging.texts import more_button
from messaging.whats_on_buttons import (
    Followed,
    FollowKind,
    ListOn,
    MoreOn,
    OnCard,
    OnNearMe,
    WhatsOn,
)
from programme.activities import Activity, ActivityKind, ActivityState, Occasion, Words
from programme.whats_on import On, Scope

PER_PAGE = 2  # on a page and near by, each with its button, beside More or Back


def menu(t: Tongue) -> Message:
    """What one can ask about what is on."""
    text = t.gettext(
        "Here is what you can do with your child near you, and groups for parents.\n"
        "You are welcome."
    )
    buttons = [
        # Translators: on a button: what is on today.
        Button(t.gettext("Today"), ListOn(scope=Scope.TODAY).pack()),
        Button(t.gettext("This week"), ListOn(scope=Scope.WEEK).pack()),
        more_button(t, MoreOn().pack()),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def more_menu(t: Tongue) -> Message:
    """The rest of what one can ask."""
    buttons = [
        # Translators: on a button: activities for children as old as mine.
        Button(t.gettext("For my child's age"), ListOn(scope=Scope.MINE).pack()),
        Button(t.gettext("Near me"), OnNearMe().pack()),
        # Translators: on a button: the kinds of activities I want to hear of.
        Button(t.gettext("What I follow"), Followed().pack()),
    ]
    return Message(t.gettext("What would you like to see?"), lay_out(buttons, t.one_per_row))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), WhatsOn().pack())


def nothing(t: Tongue, scope: Scope) -> Message:
    """There is nothing to show; where there may be something all the same."""
    match scope:
        case Scope.TODAY:
            text = t.gettext("I know of nothing more today.")
        case Scope.WEEK:
            text = t.gettext("I know of nothing more this week.")
        case Scope.MINE:
            text = t.gettext("I know of nothing for your child's age just now.")
        case Scope.FOLLOWED:
            text = t.gettext("I know of nothing more of it just now.")
    places = Button(t.gettext("Places"), Places().pack())
    rows = lay_out([places, _back(t)], t.one_per_row)
    return Message(f"{text}\n{ask_a_person(t)}", rows)


def what_is_on(
    t: Tongue, scope: Scope, found: Sequence[On], page: int, more: bool, today: date, zone: ZoneInfo
) -> Message:
    """Two of what is on, each with its button."""
    lines = [_heading(t, scope, today)]
    for each in found:
        lines += ["", *entry(t, each, zone)]
    turn = more_button(t, ListOn(scope=scope, page=page + 1).pack()) if more else _last(t, scope)
    buttons = [*(_card_button(t, each.activity) for each in found), turn]
    return Message("\n".join(lines), lay_out(buttons, t.one_per_row))


def _heading(t: Tongue, scope: Scope, today: date) -> str:
    match scope:
        case Scope.TODAY:
            return t.fill(t.gettext("Today, {date}:"), date=t.date(today))
        case Scope.WEEK:
            # Translators: above a list of activities. So the next two.
            return t.gettext("The next seven days:")
        case Scope.MINE:
            return t.gettext("For you and your child:")
        case Scope.FOLLOWED:
            return t.gettext("What you follow:")


def _last(t: Tongue, scope: Scope) -> Button:
    """After today's activities the doors that are open today; else back."""
    if scope is Scope.TODAY:
        # Translators: on a button: open preschools, libraries and the like that are open today.
        return Button(t.gettext("Open today"), PlacesToday().pack())
    return _back(t)


def entry(t: Tongue, each: On, zone: ZoneInfo) -> list[str]:
    """What it is, when, and where, in three lines."""
    named = public_words.as_html(Words(activity_lines.title(t, each.activity)), t.rtl)
    place = activity_lines.where(t, each.activity)
    return [named, activity_lines.one_time(t, each.occasion, zone), *place]


def _card_button(t: Tongue, activity: Activity) -> Button:
    label = plain(t.fill(t.gettext("About {place}"), place=activity_lines.title(t, activity)))
    return Button(label, OnCard(activity=activity.id).pack())


def card(
    t: Tongue,
    activity: Activity,
    occasions: Sequence[Occasion],
    now: datetime,
    zone: ZoneInfo,
) -> Message:
    """All of one activity, and to sign up where one does."""
    words = activity.words.get(t.code) or Words(activity_lines.title(t, activity))
    lines = [public_words.as_html(words, t.rtl)]
    lines += activity_lines.lines(t, activity, occasions, zone, since=now)
    if activity.state is ActivityState.CANCELLED or not occasions:
        return Message("\n".join(lines), lay_out([_back(t)], t.one_per_row))
    to_sign_up = [each for row in sign_up_rows(t, activity, occasions, now) for each in row]
    shown = [*to_sign_up, *_way(t, activity)]
    turn = more_button(t, OnCard(activity=activity.id, more=True).pack())
    return Message("\n".join(lines), lay_out([*shown[:2], turn], t.one_per_row))


def _way(t: Tongue, activity: Activity) -> list[Button]:
    venue = activity.venue
    if venue is None or not (venue.point or venue.way):
        return []
    return [Button(t.gettext("Find the way"), PlaceWay(place=venue.id).pack())]


def more_on_card(t: Tongue, activity: Activity, follows: bool) -> Message:
    """To hear of more such activities, or no longer."""
    kind = activity_lines.kind_name(t, activity.kind)
    if follows:
        text = t.gettext("I tell you when there is more: {kind}")
    else:
        # Translators: {kind} is such as "Group for fathers" or "Language training".
        text = t.gettext("Do you want to hear when there is more of this? {kind}")
    buttons = [
        _follow_button(t, activity.kind, not follows, activity.id),
        Button(t.gettext("Back"), OnCard(activity=activity.id).pack()),
    ]
    return Message(t.fill(text, kind=kind), lay_out(buttons, t.one_per_row))


def _follow_button(t: Tongue, kind: ActivityKind, on: bool, activity: int) -> Button:
    # Translators: on a button: tell me when there are such activities.
    label = t.gettext("Tell me of more") if on else t.gettext("No longer")
    return Button(label, FollowKind(kind=kind, on=on, activity=activity).pack())


def followed(t: Tongue, kinds: Sequence[ActivityKind], page: int) -> Message:
    """What this parent follows, one at a time."""
    if not kinds:
        text = t.gettext(
            "You follow nothing yet.\n"
            "Open something that is on, and press More. Then I can tell you when there is more of "
            "it."
        )
        week = Button(t.gettext("This week"), ListOn(scope=Scope.WEEK).pack())
        return Message(text, lay_out([week, _back(t)], t.one_per_row))
    n = min(max(page, 0), len(kinds) - 1)
    text = t.gettext("I tell you when there is more: {kind}")
    buttons = [
        Button(t.gettext("See what is on"), ListOn(scope=Scope.FOLLOWED).pack()),
        _follow_button(t, kinds[n], on=False, activity=0),
        more_button(t, Followed(page=n + 1).pack()) if n + 1 < len(kinds) else _back(t),
    ]
    said = t.fill(text, kind=activity_lines.kind_name(t, kinds[n]))
    return Message(said, lay_out(buttons, t.one_per_row))


def near(t: Tongue, found: Sequence[tuple[On, float]], zone: ZoneInfo) -> Message:
    """What is nearest in the next seven days, and how far."""
    lines = [t.gettext("Near you in the next seven days:")]
    for each, metres in found:
        lines += ["", *entry(t, each, zone), distance(t, round(metres))]
    buttons = [*(_card_button(t, each.activity) for each, _ in found), _back(t)]
    return Message("\n".join(lines), lay_out(buttons, t.one_per_row))


def none_near(t: Tongue) -> Message:
    """Nothing on has a known position."""
    text = t.gettext("I do not know yet what is on near you.")
    week = Button(t.gettext("This week"), ListOn(scope=Scope.WEEK).pack())
    rows = lay_out([week, _back(t)], t.one_per_row)
    return Message(f"{text}\n{ask_a_person(t)}", rows)
