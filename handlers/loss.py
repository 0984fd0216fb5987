"""Something hard has happened: one press, one answer, and then quiet (mission A11)."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.danger import danger_reply
from handlers.filters import is_parent
from messaging import loss_texts, texts
from messaging.callbacks import Loss, LossUndo
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.reading import is_emergency
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import ClearNow
from programme.kinds import Rules
from services import loss
from services.access import Reader
from services.loss import Undone
from services.types import Tx

_HEARD = {LossUndo().pack(), ClearNow().pack()}


def make_router() -> Router:
    """The handlers of the two buttons."""
    router = Router(name=__name__)
    router.callback_query.filter(is_parent)
    router.callback_query.register(begin, Loss.filter())
    router.callback_query.register(undo, LossUndo.filter())
    return router


async def begin(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """Done at once: no question, and the page with the buttons is gone."""
    await loss.begin(tx, reader.family_id, reader.guardian.id, now, rules)
    return instead(loss_texts.gone_quiet(t))


async def undo(
    _query: CallbackQuery, reader: Reader, t: Tongue, tx: Tx, now: datetime, rules: Rules
) -> Reply:
    """As if it had never been, for a day."""
    if await loss.undo(tx, reader, now, rules) is Undone.TOO_LATE:
        return say(Said(loss_texts.undo_is_over(t)))
    return instead(Said(loss_texts.speaking_again(t), texts.menu_rows(t)))


def hush(
    event: TelegramObject, reader: Reader, t: Tongue, now: datetime, languages: Languages
) -> Reply | None:
    """The one quiet answer to anything at all from a family that rests so; None for others."""
    rest = loss.begun(reader, now)
    if rest is None or _goes_on(event):
        return None
    if isinstance(event, Message) and is_emergency(event.text or "", languages):
        return danger_reply(t)
    theirs = rest.by == reader.guardian.id  # the other parent learns nothing by a button
    return say(loss_texts.resting(t, theirs and loss.may_undo(rest, now)))


def _goes_on(event: TelegramObject) -> bool:
    """Taking it back, and clearing what was said of danger: nothing else is heard."""
    return isinstance(event, CallbackQuery) and event.data in _HEARD
