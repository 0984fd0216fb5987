"""Staff choose who comes, while they propose times or book (mission D2)."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers import booking_ways, drafts
from handlers.desk import Desk
from messaging import booking_texts as words
from messaging.replies import Reply, instead
from messaging.who_comes_buttons import WhoComes
from programme.meetings import BOTH_COME
from programme.people import Role
from services import who_comes

_ROLES = (Role.NURSE, Role.PARENT_SUPPORTER)  # in the order in which they are asked for


def register(router: Router) -> None:
    """The questions; the router is for staff alone."""
    router.callback_query.register(choose, WhoComes.filter())


async def choose(
    _query: CallbackQuery, callback_data: WhoComes, desk: Desk, state: FSMContext
) -> Reply:
    """The next question, or times for those who were chosen."""
    draft, page = await drafts.load(state, desk, callback_data.draft)
    asked = await who_comes.could_come(desk.tx, page.family, draft)
    chosen = [each for each in (callback_data.first, callback_data.second) if each]
    if len(chosen) < len(asked):
        role = _ROLES[len(chosen)] if draft.meeting in BOTH_COME else None
        offered, family = asked[len(chosen)], page.family.id
        return instead(words.ask_who(desk.t, role, offered, callback_data, family))
    draft = await who_comes.choose(desk.tx, page.family, draft, chosen)
    number, now = callback_data.draft, callback_data.now
    return instead(await booking_ways.find_for_them(desk, page, draft, number, state, now=now))
