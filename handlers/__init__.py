"""The chat: an update in, one service called, one reply returned. No network here.

A handler answers only the chat that wrote; the intake says the reply after the commit.
"""

from aiogram import Bot, Router
from aiogram.types import BotCommand

from handlers import (
    calendar,
    choosing,
    coming,
    consent,
    danger,
    fallback,
    family,
    groups,
    guide,
    interpreters,
    joining,
    listening,
    loss,
    menu,
    moving,
    mydata,
    other_language,
    pausing,
    places,
    posters,
    reach,
    reasons,
    research,
    signups,
    staff,
    staff_joining,
    tips,
    two_homes,
    visits,
    waiting,
    whats_on,
    writing,
)
from handlers.filters import pressed_in_private, written_in_private
from handlers.middlewares import know_the_person
from handlers.offering import Offering
from messaging.commands import commands
from messaging.i18n import Languages

# In this order an update is offered to them; the fallback takes what nobody wanted.
PRIVATE = (
    staff,
    waiting,
    danger,
    writing,
    posters,
    staff_joining,
    loss,
    moving,
    joining,
    other_language,
    family,
    two_homes,
    interpreters,
    coming,
    calendar,
    pausing,
    mydata,
    research,
    consent,
    whats_on,
    places,
    guide,
    menu,
    choosing,
    visits,
    reasons,
    signups,
    tips,
    listening,
    fallback,
)


def make_router() -> Router:
    """The whole chat as one router."""
    private = Offering("private")
    private.message.filter(written_in_private)
    private.callback_query.filter(pressed_in_private)
    for observer in (private.message, private.callback_query):
        observer.outer_middleware(know_the_person)
    private.include_routers(*(module.make_router() for module in PRIVATE))
    people = reach.make_router()
    people.my_chat_member.outer_middleware(know_the_person)
    router = Router(name="lotsen")
    router.include_routers(people, groups.make_router(), private)
    return router


async def show_commands(bot: Bot, languages: Languages) -> None:
    """The command menu in every language; the first one also for phones in none of them."""
    for tongue in languages:
        menu_of = [BotCommand(command=name, description=text) for name, text in commands(tongue)]
        if tongue.code == languages.codes[0]:
            await bot.set_my_commands(menu_of)
        await bot.set_my_commands(menu_of, language_code=tongue.code)
