"""The pages of one notice, put together from what the services show."""

from handlers.desk import Desk
from messaging import activity_lines, notice_sending_texts
from messaging import notice_texts as words
from messaging.keyboards import Message as Said
from messaging.notice_texts import Shown
from programme.notices import Notice, NoticeState
from services import composing, progress
from services.composing import Draft


def shown(found: Draft) -> Shown:
    """A notice as its pages show it."""
    notice = found.notice
    return Shown(
        id=notice.id,
        audience=notice.audience,
        areas=[each.name for each in found.areas],
        states={each.language: each.state for each in found.wordings},
        activity=notice.activity,
        picture=notice.picture is not None,
        urgent=notice.urgent,
        state=notice.state,
    )


async def page(desk: Desk, number: int, said: str = "") -> Said:
    """The notice as it is now; raises NotYours."""
    found = await composing.view(desk.tx, desk.colleague, number)
    if found.notice.state is NoticeState.DRAFT:
        return words.notice_draft(desk.t, shown(found), said)
    return await _leaving(desk, found, said)


async def _leaving(desk: Desk, found: Draft, said: str) -> Said:
    notice = found.notice
    stands = await progress.shown(desk.tx, notice, desk.t, desk.now, desk.rules)
    facts, own = words.notice_facts(desk.t, shown(found)), notice.activity is None
    zone = desk.rules.zone
    page = notice_sending_texts.notice_leaving
    picture = own and notice.picture is not None
    return page(desk.t, stands, facts, notice.send_at, zone, own, said, picture)


async def title_of(desk: Desk, notice: Notice) -> str:
    """What a notice is called in a list: in the reader's language, else in any; perhaps nothing."""
    if notice.activity is not None:
        return activity_lines.title(desk.t, notice.activity)
    codes = (desk.t.code, *notice.audience.languages)
    return next((found.title for code in codes if (found := notice.words.get(code))), "")
