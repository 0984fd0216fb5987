"""What a parent reads about an activity: when, where, in which language, for whom, signing up.

Lotsen writes these lines itself, in each reader's language (decision 20); what nobody has said has
no line. Notices, activities' pages, letters and sign-ups all show these.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from messaging import dates
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign, clean
from messaging.marks import N_
from messaging.place_texts import checked, drop_in
from programme.activities import (
    Activity,
    ActivityKind,
    ActivityState,
    ForWhom,
    Interpreter,
    Occasion,
    SigningUp,
)
from programme.localtime import on_the_clock
from programme.timetables import LISTED, LISTED_ONCE, Gap, Rhythm, Weekly, rhythm

MOST_SINGLE = 6  # dates beside a weekly rhythm, or without any
MOST_GAPS = 3  # the first ones; later ones are told when they come nearer

KINDS: dict[ActivityKind, str] = {
    # Translators: what sort of activity it is: a first line, or a button. Keep the Swedish words
    # in brackets, parents see them on signs.
    ActivityKind.OPEN_PRESCHOOL: N_("Open preschool (öppen förskola)"),
    ActivityKind.LIBRARY: N_("At the library (bibliotek)"),
    ActivityKind.BOKSTART: N_("Bokstart: books for small children"),
    ActivityKind.PARENT_GROUP: N_("Parent group"),
    ActivityKind.FATHERS: N_("Group for fathers"),
    ActivityKind.LANGUAGE: N_("Language training"),
    ActivityKind.CIVIC: N_("About life in Sweden (samhällsorientering)"),
    ActivityKind.WORK: N_("The way to work"),
    ActivityKind.BUDGET: N_("Budget and debt adviser"),
    ActivityKind.YOUNG: N_("Group for young parents"),
    ActivityKind.ALONE: N_("Group for parents who live alone with children"),
    ActivityKind.OTHER: N_("Something for families"),
}

_FOR_WHOM: dict[ForWhom, str] = {
    # Translators: whom an activity is for, a line of its own.
    ForWhom.FATHERS: N_("For fathers."),
    ForWhom.MOTHERS: N_("For mothers."),
    ForWhom.EXPECTING: N_("For parents who expect a child."),
}

_INTERPRETERS: dict[Interpreter, tuple[str, str]] = {
    # Translators: without and with the languages of the interpreter who comes to an activity.
    Interpreter.WOMAN: (
        N_("Interpreter: a woman."),
        N_("Interpreter, a woman: {languages}."),
    ),
    Interpreter.MAN: (
        N_("Interpreter: a man."),
        N_("Interpreter, a man: {languages}."),
    ),
    Interpreter.ANY: (
        N_("An interpreter is there."),
        N_("Interpreter: {languages}."),
    ),
}


def title(t: Tongue, activity: Activity) -> str:
    """What it is called in this language, as a value; its kind where nobody has given it words."""
    words = activity.words.get(t.code)
    return clean(words.title) if words and clean(words.title) else kind_name(t, activity.kind)


def kind_name(t: Tongue, kind: ActivityKind) -> str:
    """What sort of activity it is, as a value or alone on a button."""
    return t.gettext(KINDS[kind])


def lines(
    t: Tongue,
    activity: Activity,
    occasions: Sequence[Occasion],
    zone: ZoneInfo,
    since: datetime | None = None,
) -> list[str]:
    """Everything a parent needs to know, each on its line, as Telegram HTML.

    `since`: what began before it is not told; without it all of `occasions` is.
    """
    found = [*when(t, activity, occasions, zone, since), *where(t, activity)]
    if not _is_off(activity, _ahead(occasions, since)):
        found += [*languages(t, activity), *_for_whom(t, activity), *_terms(t, activity, occasions)]
    return found


def _ahead(occasions: Sequence[Occasion], since: datetime | None) -> list[Occasion]:
    return [each for each in occasions if since is None or _matters(each, since)]


def _is_off(activity: Activity, ahead: Sequence[Occasion]) -> bool:
    """Whether nothing of it takes place: then no line invites to it."""
    standing = any(not each.cancelled for each in ahead)
    return activity.state is ActivityState.CANCELLED or (bool(ahead) and not standing)


def when(
    t: Tongue,
    activity: Activity,
    occasions: Sequence[Occasion],
    zone: ZoneInfo,
    since: datetime | None = None,
) -> Iterator[str]:
    """The dates and hours; what is cancelled is said, where it was to be expected."""
    ahead = _ahead(occasions, since)
    standing = [each for each in ahead if not each.cancelled]
    if _is_off(activity, ahead):
        yield from _called_off(t, ahead, zone)
        return
    most = LISTED_ONCE if activity.signing_up is SigningUp.ONCE else LISTED
    told = rhythm(standing, zone, most)
    begun = since is not None and any(each.starts_at < since for each in occasions)
    if told.weekly:
        yield from _weekly_lines(t, told, zone, begun)
    elif told.single:
        shown = {each.id for each in told.single}
        yield from _dates(t, [o for o in ahead if o.id in shown or o.cancelled], zone)


def _matters(each: Occasion, since: datetime) -> bool:
    """What is called off is said until it would have ended: somebody may be on the way."""
    return (each.ends_at if each.cancelled else each.starts_at) >= since


def _called_off(t: Tongue, ahead: Sequence[Occasion], zone: ZoneInfo) -> Iterator[str]:
    yield t.gettext("Cancelled. It does not take place.")
    if 0 < len(ahead) <= LISTED:
        yield from (one_date(t, each, zone) for each in ahead)


def _dates(t: Tongue, ahead: Sequence[Occasion], zone: ZoneInfo) -> Iterator[str]:
    """One date, or every date of a series on its line; of too many the next ones."""
    standing = [each for each in ahead if not each.cancelled]
    if len(ahead) == 1:
        text = t.gettext("When: {time}")
        yield t.fill(text, time=one_date(t, ahead[0], zone))
        return
    n = len(standing)
    # Translators: above a list of dates. Where a form is for one number only, {n} may be left out.
    yield t.fill(t.ngettext("{n} time:", "{n} times:", n), n=n)
    for each in ahead[: LISTED_ONCE + LISTED]:
        yield one_time(t, each, zone)
    if len(ahead) > LISTED_ONCE + LISTED:
        last = on_the_clock(standing[-1].starts_at, zone).date()
        text = t.gettext("And more times, until {date}.")
        yield t.fill(text, date=t.date(last))


def one_time(t: Tongue, each: Occasion, zone: ZoneInfo) -> Ready:
    """One occasion: its day and hours, or that it does not take place."""
    return _cancelled(t, each, zone) if each.cancelled else one_date(t, each, zone)


def one_date(t: Tongue, each: Occasion, zone: ZoneInfo) -> Ready:
    """The day and hours of one occasion, also of one that is cancelled."""
    # Translators: one date of an activity, a line of its own; {hours} is such as 17:30–19:00.
    text = t.gettext("{date}, {hours}")
    day = on_the_clock(each.starts_at, zone).date()
    return t.fill(text, date=t.date(day), hours=hours(t, each, zone))


def _cancelled(t: Tongue, each: Occasion, zone: ZoneInfo) -> Ready:
    # Translators: one date of a series, on which it does not take place.
    text = t.gettext("{date}: cancelled")
    return t.fill(text, date=t.date(on_the_clock(each.starts_at, zone).date()))


def hours(t: Tongue, each: Occasion, zone: ZoneInfo) -> Sign:
    """From when until when, such as 17:30–19:00, as a value."""
    begins, ends = (dates.clock(t.traits, at, zone) for at in (each.starts_at, each.ends_at))
    return Sign(f"{begins}–{ends}")


def _weekly_lines(t: Tongue, told: Rhythm, zone: ZoneInfo, begun: bool) -> Iterator[str]:
    room = MOST_GAPS
    for each in told.weekly:
        yield _every_week(t, each, begun)
        yield from (_gap(t, gap) for gap in each.gaps[:room])
        room -= len(each.gaps[:room])
    for one in told.single[:MOST_SINGLE]:
        # Translators: one more date beside those of every week.
        yield t.fill(t.gettext("Also: {time}"), time=one_date(t, one, zone))


def _every_week(t: Tongue, each: Weekly, begun: bool) -> Ready:
    names = t.listing([dates.weekday_within(t.traits, number) for number in each.weekdays])
    begins = datetime.combine(each.first, each.begins)
    ends = (begins + timedelta(minutes=each.minutes)).time()
    span = Sign(f"{dates.wall(t.traits, each.begins)}–{dates.wall(t.traits, ends)}")
    last = _day_of(t, each.last, each.first)
    if begun:
        # Translators: {days} is one weekday or a list of them: every Tuesday, every Monday and
        # Tuesday. {hours} is such as 10:00–11:30. So the next one.
        text = t.gettext("Every {days}, {hours}, until {last}.")
        return t.fill(text, days=names, hours=span, last=last)
    text = t.gettext("Every {days}, {hours}, from {first} until {last}.")
    return t.fill(text, days=names, hours=span, first=t.date(each.first), last=last)


def _day_of(t: Tongue, on: date, beside: date) -> str:
    return t.date(on, with_year=on.year != beside.year)


def _gap(t: Tongue, gap: Gap) -> Ready:
    if gap.first == gap.last:
        # Translators: a day on which the weekly activity does not take place.
        return t.fill(t.gettext("Not on {date}."), date=t.date(gap.first))
    # Translators: a time in which the weekly activity does not take place; both days included.
    text = t.gettext("Not from {first} to {last}.")
    return t.fill(text, first=t.date(gap.first), last=_day_of(t, gap.last, gap.first))


def where(t: Tongue, activity: Activity) -> Iterator[str]:
    """The place by its name, or the address of a digital one."""
    if activity.venue is not None:
        yield t.fill(t.gettext("Where: {place}"), place=activity.venue.name)
    if activity.link:
        # Translators: the activity is a meeting on the internet; {link} is its address.
        yield t.fill(t.gettext("On the internet: {link}"), link=Sign(activity.link))


def languages(t: Tongue, activity: Activity) -> Iterator[str]:
    """What is spoken there, and the interpreter who comes."""
    yield from _spoken(t, activity)


def _spoken(t: Tongue, activity: Activity) -> Iterator[str]:
    if activity.spoken:
        # Translators: which languages are spoken at the activity.
        text = t.gettext("Languages: {languages}.")
        yield t.fill(text, languages=t.language_names(activity.spoken))
    if activity.interpreter is not None:
        alone, with_languages = _INTERPRETERS[activity.interpreter]
        if activity.interpreted:
            text = t.gettext(with_languages)
            yield t.fill(text, languages=t.language_names(activity.interpreted))
        else:
            yield t.gettext(alone)


def _for_whom(t: Tongue, activity: Activity) -> Iterator[str]:
    if activity.for_whom in _FOR_WHOM:
        yield t.gettext(_FOR_WHOM[activity.for_whom])
    aged = age(t, activity.months_from, activity.months_to)
    if aged:
        yield aged


def age(t: Tongue, months_from: int | None, months_to: int | None) -> Ready | None:
    """For children of which age; None: of any."""
    youngest, oldest = (t.age(months or 0) for months in (months_from, months_to))
    if months_from and months_to is not None:
        # Translators: ages are counted, such as "3 months" or "1 year and 3 months".
        text = t.gettext("The child's age: {youngest} – {oldest}.")
        return t.fill(text, youngest=youngest, oldest=oldest)
    if months_to is not None:
        return t.fill(t.gettext("The child's age: {oldest} or younger."), oldest=oldest)
    if months_from:
        return t.fill(t.gettext("The child's age: {youngest} or older."), youngest=youngest)
    return None


def childcare(t: Tongue, activity: Activity) -> Iterator[str]:
    """That somebody looks after the child, where it is so."""
    if activity.childcare:
        yield t.gettext("Somebody looks after your child.")


def _terms(t: Tongue, activity: Activity, occasions: Sequence[Occasion]) -> Iterator[str]:
    if activity.childcare and activity.free:  # one line: the fullest page keeps to 60 words
        yield t.gettext("Free, with child care.")
    else:
        yield from childcare(t, activity)
        if activity.free is not None:
            yield (
                t.gettext("It is free.") if activity.free else t.gettext("It costs money. Ask us.")
            )
    yield _signing_up(t, activity, occasions)
    if activity.checked_on is not None and activity.signing_up is SigningUp.DROP_IN:
        yield checked(t, activity.checked_on)


def _signing_up(t: Tongue, activity: Activity, occasions: Sequence[Occasion]) -> str:
    if activity.signing_up is SigningUp.DROP_IN or not occasions[1:]:
        return drop_in(t, activity.signing_up is SigningUp.DROP_IN)
    if activity.signing_up is SigningUp.ONCE:
        # Translators: for a series; its dates stand above.
        return t.gettext("Sign up only once.")
    return t.gettext("Sign up for each time you come.")
