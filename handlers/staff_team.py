"""Coordinators build their team: who works here, invite somebody, somebody leaves (mission H1)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from messaging import names, staff_texts, team_texts
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.register_buttons import (
    MEMBER_CONFIRM,
    MEMBER_END,
    MEMBER_LINK,
    MEMBER_REST,
    MEMBER_RESUME,
    MEMBER_SHOW,
    MEMBER_UNDO,
    TEAM_INVITE,
    TEAM_LIST,
    Cancel,
    GiveArea,
    GiveRole,
    Member,
    StepBack,
    Team,
)
from messaging.replies import Reply, instead, say
from programme.kinds import Rules
from programme.people import Role
from services import own_areas, team
from services.access import Colleague
from services.types import Tx


class Inviting(StatesGroup):
    """What is asked about somebody new."""

    role = State()
    areas = State()
    name = State()


def register(router: Router) -> None:
    """The handlers of the team; the router is for staff alone."""
    on = router.callback_query.register
    on(show_team, Team.filter(F.page == TEAM_LIST))
    on(begin, Team.filter(F.page == TEAM_INVITE))
    on(choose_role, GiveRole.filter(), StateFilter(Inviting.role))
    on(choose_area, GiveArea.filter(), StateFilter(Inviting.areas))
    on(step_back, StepBack.filter(), StateFilter(Inviting))
    on(ask_again, StateFilter(Inviting), GiveRole.filter())  # pressed twice, or an old message
    on(ask_again, StateFilter(Inviting), GiveArea.filter())
    on(cancel, Cancel.filter())
    router.message.register(
        take_name, StateFilter(Inviting.name), F.content_type == ContentType.TEXT
    )
    on(show_member, Member.filter(F.act == MEMBER_SHOW))
    on(new_link, Member.filter(F.act == MEMBER_LINK))
    on(end, Member.filter(F.act == MEMBER_END))
    on(confirm, Member.filter(F.act == MEMBER_CONFIRM))
    on(rest, Member.filter(F.act == MEMBER_REST))
    on(resume, Member.filter(F.act == MEMBER_RESUME))
    on(undo, Member.filter(F.act == MEMBER_UNDO))


async def show_team(
    _query: CallbackQuery,
    callback_data: Team,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """Everybody who works in the colleague's areas."""
    await state.clear()
    everybody = [(each.member, each.areas) for each in await team.listed(tx, colleague)]
    return instead(team_texts.team(t, everybody, max(callback_data.n, 0)))


async def begin(
    _query: CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """Somebody new: as what?"""
    await own_areas.managed(tx, colleague)
    await state.set_state(Inviting.role)
    await state.set_data({})
    return instead(await _question(state, colleague, t, tx))


async def _question(state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx) -> Said:
    """The question that the conversation is at."""
    match await state.get_state():
        case Inviting.role.state:
            return team_texts.ask_role_at_work(t, team.may_invite(colleague))
        case Inviting.areas.state:
            offered = [(each.id, each.name) for each in await own_areas.managed(tx, colleague)]
            return team_texts.ask_areas(t, offered, (await state.get_data()).get("areas", []))
        case _:
            return team_texts.ask_first_name(t)


async def choose_role(
    _query: CallbackQuery,
    callback_data: GiveRole,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """Where: not asked of who runs one area."""
    areas = await own_areas.managed(tx, colleague)
    only = [each.id for each in areas] if len(areas) == 1 else []
    await state.set_data({"role": callback_data.role, "areas": only})
    await state.set_state(Inviting.name if only else Inviting.areas)
    return instead(await _question(state, colleague, t, tx))


async def choose_area(
    _query: CallbackQuery,
    callback_data: GiveArea,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
) -> Reply:
    """One area more, or one less; or these are all."""
    data = await state.get_data()
    chosen: list[int] = data["areas"]
    if callback_data.area:
        area = (await own_areas.managed_one(tx, colleague, callback_data.area)).id
        chosen = [each for each in chosen if each != area] + [area] * (area not in chosen)
        await state.set_data({**data, "areas": chosen})
    elif chosen:
        await state.set_state(Inviting.name)
    return instead(await _question(state, colleague, t, tx))


async def step_back(
    _query: CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """The question before."""
    several = len(await own_areas.managed(tx, colleague)) > 1
    at_name = await state.get_state() == Inviting.name.state
    await state.set_state(Inviting.areas if at_name and several else Inviting.role)
    return instead(await _question(state, colleague, t, tx))


async def ask_again(
    _query: CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """A button of another question: this one is open."""
    return instead(await _question(state, colleague, t, tx))


async def cancel(
    _query: CallbackQuery, state: FSMContext, colleague: Colleague, t: Tongue
) -> Reply:
    """Whatever was begun: nothing of it is kept."""
    await state.clear()
    return instead(staff_texts.staff_menu(t, colleague.member))


async def take_name(
    message: Message,
    state: FSMContext,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """The name is written: here is the link."""
    data, name = await state.get_data(), names.first_name(message.text or "")
    if not name:
        return say(team_texts.ask_first_name(t))
    link = await team.invite(tx, colleague, data["areas"], name, Role(data["role"]), now)
    if link is None:
        return say(team_texts.name_is_taken(t, name))
    await state.clear()
    return say(team_texts.invited(t, name, link))


async def show_member(
    _query: CallbackQuery, callback_data: Member, colleague: Colleague, t: Tongue, tx: Tx
) -> Reply:
    """Somebody of the team."""
    who = await team.show(tx, colleague, callback_data.staff)
    return instead(team_texts.one_member(t, who.member, who.areas, who.may_end, who.rests))


async def new_link(
    _query: CallbackQuery,
    callback_data: Member,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """For a new phone, or because the old one is lost."""
    who = await team.show(tx, colleague, callback_data.staff)
    link = await team.new_link(tx, colleague, callback_data.staff, now)
    return instead(team_texts.invited(t, who.member.name, link))


async def end(
    _query: CallbackQuery,
    callback_data: Member,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Done at once, with Undo; the visits ahead are listed to whom may see them."""
    who = await team.show(tx, colleague, callback_data.staff)
    left = await team.end(tx, colleague, callback_data.staff, now, rules)
    visits = [
        team_texts.visit_to_take_over(t, each.family_id, each.visit, each.starts_at, rules.zone)
        for each in left.seen
    ]
    return instead(team_texts.member_has_left(t, who.member, visits, left.others))


async def undo(
    _query: CallbackQuery,
    callback_data: Member,
    colleague: Colleague,
    t: Tongue,
    tx: Tx,
    now: datetime,
) -> Reply:
    """They stay."""
    link = await team.undo_end(tx, colleague, callback_data.staff, now)
    who = await team.show(tx, colleague, callback_data.staff)
    return instead(team_texts.back_in_the_team(t, who.member.name, link))


async def confirm(_query: CallbackQuery, callback_data: Member, desk: Desk) -> Reply:
    """They still work here."""
    number = callback_data.staff
    await team.confirm(desk.tx, desk.colleague, number, desk.now, desk.rules)
    who = await team.show(desk.tx, desk.colleague, number)
    return instead(team_texts.access_is_back(desk.t, who.member))


async def rest(_query: CallbackQuery, callback_data: Member, desk: Desk) -> Reply:
    """On leave, or a lost phone."""
    number = callback_data.staff
    await team.rest(desk.tx, desk.colleague, number, desk.now, desk.rules)
    who = await team.show(desk.tx, desk.colleague, number)
    return instead(team_texts.access_rests(desk.t, who.member))


async def resume(_query: CallbackQuery, callback_data: Member, desk: Desk) -> Reply:
    """Back at work."""
    number = callback_data.staff
    await team.resume(desk.tx, desk.colleague, number, desk.now, desk.rules)
    who = await team.show(desk.tx, desk.colleague, number)
    if not who.member.in_chat:  # their chat is a parent's now: they need a link for another one
        return instead(team_texts.one_member(desk.t, who.member, who.areas, who.may_end))
    return instead(team_texts.access_is_back(desk.t, who.member))
