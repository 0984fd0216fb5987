"""An activity's page and its coming times, as the handlers of its parts show them (mission E9)."""

from dataclasses import replace

from handlers.desk import Desk
from messaging import activity_texts as words
from messaging import occasion_texts
from messaging.activity_texts import Shown
from messaging.keyboards import Message as Said
from programme.activities import Activity, Occasion
from programme.timetables import ends_soon
from services import activities as acts
from services.access import meets_families, sends_notices, writes_activities
from services.activities import Page


async def activity_page(desk: Desk, number: int, said: str = "", back: str | None = None) -> Said:
    """One activity with everything that can be done to it; raises NotYours.

    `back`: what the last button sends, if not to the list.
    """
    page = await acts.seen(desk.tx, desk.colleague, number, desk.languages.codes)
    taken = await acts.places_taken(desk.tx, page, desk.now)
    lines = [words.signed_up_line(desk.t, *taken)] if taken else []
    shown = replace(shown_of(desk, page), seats=lines)
    writes = writes_activities(desk.colleague)
    announces = sends_notices(desk.colleague)
    about = desk.t, shown, desk.rules.zone, desk.now, writes, announces, said
    return words.activity_page(*about, door=meets_families(desk.colleague), back=back)


def shown_of(desk: Desk, page: Page) -> Shown:
    """What a page shows of it."""
    activity = page.activity
    return Shown(
        activity=activity,
        occasions=page.occasions,
        title=acts.title_in(activity, desk.t.code),
        lacks=page.lacks,
        unsaid=page.unsaid,
        ends=ends_soon(page.occasions, desk.today, desk.rules.zone),
        notices=told_in(desk, page),
    )


def told_in(desk: Desk, page: Page) -> int:
    """How many notices that have told of it this colleague may correct from here."""
    return len(page.notices) if sends_notices(desk.colleague) else 0


async def times_page(desk: Desk, number: int, n: int = 0, *said: str) -> Said:
    """The coming times of an activity; raises NotYours."""
    page = await acts.seen(desk.tx, desk.colleague, number)
    ahead = coming(desk, page)
    n = min(max(n, 0), max(0, (len(ahead) - 1) // occasion_texts.PER_PAGE))
    writes = writes_activities(desk.colleague)
    activity, zone = page.activity, desk.rules.zone
    many = told_in(desk, page)
    return occasion_texts.times_page(desk.t, activity, ahead, zone, n, writes, many, said)


def coming(desk: Desk, page: Page) -> list[Occasion]:
    """Its times that are not over, cancelled ones too."""
    return [each for each in page.occasions if each.ends_at > desk.now]


def entry_lines(desk: Desk, activity: Activity, occasion: Occasion) -> list[str]:
    """What an activity is called and when it is, on two lines."""
    name = occasion_texts.name_of(desk.t, activity)
    return [name, occasion_texts.when(desk.t, occasion, desk.rules.zone)]
