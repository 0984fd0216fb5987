"""A parent signs up for an activity, changes the number, cancels, answers an offer (E7, E8)."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.filters import is_parent
from messaging import signup_texts as words
from messaging.i18n import Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
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
from programme.activities import SigningUp, Signup, SignupState
from programme.activity_letters import offer_stamp
from programme.kinds import Rules
from services import sign_up_pages, signing_up
from services.access import Reader
from services.signing_up import Met, Outcome
from services.types import Tx


def make_router() -> Router:
    """The handlers of signing up."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    on = router.callback_query.register
    on(begin, SignUp.filter())
    on(one_of_them, SignUpFor.filter())
    on(grown_ups, Number.filter(F.adults == 0))
    on(children, Number.filter())
    on(come, Come.filter())
    on(change, ChangeNumber.filter())
    on(mine, MySignUp.filter())
    on(cancel, CancelSignUp.filter())
    on(answer, OfferedPlace.filter())
    return router


async def begin(
    _query: CallbackQuery,
    callback_data: SignUp,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Which time, if there are several; else how many come."""
    found = await sign_up_pages.choice(tx, callback_data.activity, now)
    if found.activity.signing_up is SigningUp.DROP_IN:
        return say(words.just_come(t))
    if found.only:
        return say(await _page(tx, reader, found.only, t, now, rules))
    if not found.times:
        return say(words.over(t))
    page = callback_data.page
    said = words.which_occasion(t, found.activity, found.times, page, rules.zone)
    return instead(said) if page else say(said)


async def one_of_them(
    _query: CallbackQuery,
    callback_data: SignUpFor,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """How many come to this one; or how it stands with what the parent has there."""
    return instead(await _page(tx, reader, callback_data.seats, t, now, rules))


async def _page(
    tx: Tx, reader: Reader, seats_id: int, t: Tongue, now: datetime, rules: Rules
) -> Said:
    found = await sign_up_pages.page(tx, reader, seats_id, now)
    if not found.occasions:
        return words.over(t)
    if found.mine:
        return _standing(t, found.mine, found.number, rules)
    coming = found.coming
    return words.ask(t, found.activity, found.occasions, seats_id, coming, rules.zone)


async def grown_ups(_query: CallbackQuery, callback_data: Number, t: Tongue) -> Reply:
    """Another number: first the grown-ups."""
    which = callback_data
    return instead(words.how_many_adults(t, which.seats, which.signup, which.page))


async def children(_query: CallbackQuery, callback_data: Number, t: Tongue) -> Reply:
    """Then the children."""
    which = callback_data
    return instead(words.how_many_children(t, which.seats, which.signup, which.adults, which.page))


async def come(
    _query: CallbackQuery,
    callback_data: Come,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """So many come: a place, a turn, or the question whether they want to wait."""
    data = callback_data
    met = await signing_up.sign_up(
        tx, reader, data.seats, data.adults, data.children, now, rules, wait=data.wait
    )
    return instead(_told(t, met, rules, (data.adults, data.children)))


async def change(
    _query: CallbackQuery,
    callback_data: ChangeNumber,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Another number comes."""
    data = callback_data
    met = await signing_up.change(tx, reader, data.signup, data.adults, data.children, now, rules)
    return instead(_told(t, met, rules))


async def mine(
    _query: CallbackQuery, callback_data: MySignUp, reader: Reader, t: Tongue, tx: Tx, rules: Rules
) -> Reply:
    """How it stands, with what can be done."""
    found = await sign_up_pages.own(tx, reader, callback_data.signup)
    number = await sign_up_pages.number_of(tx, found)
    return say(_standing(t, found, number, rules))


async def cancel(
    _query: CallbackQuery,
    callback_data: CancelSignUp,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """They do not come; one tap brings them back, if there is room."""
    return say(
        _told(t, await signing_up.cancel(tx, reader, callback_data.signup, now, rules), rules)
    )


async def answer(
    _query: CallbackQuery,
    callback_data: OfferedPlace,
    reader: Reader,
    t: Tongue,
    tx: Tx,
    now: datetime,
    rules: Rules,
) -> Reply:
    """Yes, please; or no thanks, and it goes on to the next."""
    data = callback_data
    met = await signing_up.answer_offer(tx, reader, data.signup, data.offered, data.yes, now, rules)
    return say(_told(t, met, rules))


def _told(t: Tongue, met: Met, rules: Rules, coming: tuple[int, int] = (1, 0)) -> Said:
    match met:
        case Met(outcome=Outcome.FULL):
            return words.full(t, met.seats.id, coming, met.number, met.free)
        case Met(outcome=Outcome.TOO_MANY):
            signup = met.signup.id if met.signup else 0
            return words.too_many(t, met.seats.id, signup, met.seats.capacity or 0)
        case Met(outcome=Outcome.KEPT, signup=Signup() as own):
            return words.kept(t, own)
        case Met(outcome=Outcome.LEFT, signup=Signup() as own):
            return words.left(t, own)
        case Met(outcome=Outcome.PASSED_ON, signup=Signup() as own):
            return words.passed_on(t, own, met.number)
        case Met(outcome=Outcome.IN | Outcome.WAITING | Outcome.ALREADY, signup=Signup() as own):
            return _standing(t, own, met.number, rules)
        case _:
            return words.over(t)


def _standing(t: Tongue, own: Signup, number: int, rules: Rules) -> Said:
    match own.state:
        case SignupState.IN:
            return words.signed_up(t, own, rules.zone)
        case SignupState.OFFERED:
            return words.offered(t, own, offer_stamp(own), rules.zone)
        case SignupState.WAITING:
            return words.in_line(t, own, number, rules.zone)
        case _:
            return words.left(t, own)
