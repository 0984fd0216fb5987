"""Who came by the other parent's link waits for their yes: one sentence, whatever they do."""

from typing import Any

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message

from handlers.danger import clear_now, danger_reply, in_danger
from messaging import join_texts
from messaging.callbacks import Role
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import Reply, instead, say
from messaging.trust_buttons import ClearNow
from services import links
from services.access import Reader
from services.links import Waiting
from services.types import Tx


def make_router() -> Router:
    """The handlers of waiting."""
    router = Router(name=__name__)
    router.message.filter(waits)
    router.callback_query.filter(waits)
    router.message.register(danger, F.content_type == ContentType.TEXT, in_danger)
    router.message.register(anything)
    router.callback_query.register(clear_now, ClearNow.filter())  # under the answer to danger
    router.callback_query.register(role, Role.filter())
    router.callback_query.register(anything)
    return router


async def waits(
    event: Message | CallbackQuery, reader: Reader | None, languages: Languages, tx: Tx
) -> bool | dict[str, Any]:
    """Whoever waits, and their language: the middleware knows guardians only."""
    if reader or event.from_user is None:
        return False
    who = await links.waits(tx, event.from_user.id)
    if who is None:
        return False
    code = who.language if who.language in languages.codes else languages.codes[0]
    return {"who": who, "t": languages.get(code)}


async def danger(_message: Message, t: Tongue) -> Reply:
    """Who helps at once."""
    return danger_reply(t)


async def role(
    _query: CallbackQuery, callback_data: Role, who: Waiting, t: Tongue, tx: Tx
) -> Reply:
    """What they are to the child is kept until the other parent has answered."""
    await links.set_role(tx, who, callback_data.role)
    return instead(Said(join_texts.waits_for_yes(t)))


async def anything(_event: Message | CallbackQuery, t: Tongue) -> Reply:
    """The other parent must say yes first."""
    return say(Said(join_texts.waits_for_yes(t)))
