"""In a group nothing is said about anybody: Lotsen only talks one to one."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated, Message

from handlers.filters import written_in_company
from messaging import join_texts
from messaging.i18n import Languages
from messaging.keyboards import Message as Said
from messaging.replies import Reply, say

_HERE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR}


def make_router() -> Router:
    """The handlers of groups and channels."""
    router = Router(name=__name__)
    router.message.filter(written_in_company)
    router.my_chat_member.filter(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    router.message.register(spoken_to, F.text.startswith("/"), meant_for_us)
    router.message.register(overheard)
    router.my_chat_member.register(invited)
    return router


async def meant_for_us(message: Message, bot: Bot) -> bool:
    """A command that names no bot, or this one."""
    named = (message.text or "").split()[0].partition("@")[2]
    return not named or named.casefold() == ((await bot.me()).username or "").casefold()


async def spoken_to(_message: Message, languages: Languages) -> Reply:
    """A command in a group: please write to me in a chat of our own."""
    return _only_private(languages)


async def overheard(_message: Message) -> None:
    """Anything else in a group: nothing is said and nothing kept."""


async def invited(event: ChatMemberUpdated, languages: Languages) -> Reply | None:
    """The bot was put into a group; taken out or promoted, it has nothing to say."""
    if event.new_chat_member.status not in _HERE or event.old_chat_member.status in _HERE:
        return None
    return _only_private(languages)


def _only_private(languages: Languages) -> Reply:
    """In every language, each on its own lines: nobody's language is known in a group."""
    return say(Said("\n\n".join(join_texts.only_private(tongue) for tongue in languages)))
