"""Telegram tells that a parent blocked the bot, or came back."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from handlers.filters import is_parent
from programme.kinds import Rules
from services import reach
from services.access import Reader
from services.types import Tx


def make_router() -> Router:
    """The handlers of being blocked and coming back."""
    router = Router(name=__name__)
    router.my_chat_member.filter(F.chat.type == ChatType.PRIVATE, is_parent)
    router.my_chat_member.register(reachable_or_not)
    return router


async def reachable_or_not(
    event: ChatMemberUpdated, reader: Reader, tx: Tx, now: datetime, rules: Rules
) -> None:
    """Blocked: staff get "phone"; back: everything is as it was. Nothing is said."""
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await reach.out_of_reach(tx, reader, now, rules)
    else:
        await reach.within_reach(tx, reader, now, rules)
