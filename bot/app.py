"""Puts everything together from the settings, runs it, and stops it in order."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot import web
from bot.clock import Clock
from bot.conversations import Conversations
from bot.intake import Intake
from bot.keys_known import saying_keys
from bot.metrics import Figures
from bot.polling import Deaf, Poller, TokenRefused
from bot.settings import BadSettings, Settings, is_local
from bot.updates import KINDS
from bot.watchdog import watched
from handlers import make_router, show_commands
from messaging.errors import BadLanguage
from messaging.i18n import Languages, load_languages
from messaging.push import Push
from programme.kinds import Rules
from scheduler.runner import Clockwork
from services import calendar, consent, health, installation
from services.delivery import Sender, WrongToken
from services.fetching import fetcher
from services.health import Standing
from services.types import Database, SealBroken, Unavailable

log = logging.getLogger(__name__)

BUSY = "Another process is sending from this database. Stop it first, or let it do the work."
STAND_BY_SECONDS = 0.5  # how often it is asked whether the other sender is still there
DEAF = "Poll after poll hangs. Ending, so that whoever started it starts it anew."
ANSWER_SECONDS = 20.0  # how long Telegram may take for one call; a stop waits no longer than that


class CannotRun(Exception):
    """It cannot start or go on; str() is a sentence for whoever started it."""


@dataclass(frozen=True)
class House:
    """What every command needs: the settings read, the database open, the words loaded."""

    settings: Settings
    clock: Clock
    db: Database
    languages: Languages
    figures: Figures = field(default_factory=Figures)


@asynccontextmanager
async def open_house(
    settings: Settings, clock: Clock, languages: Languages | None = None
) -> AsyncIterator[House]:
    """The database opened in its newest form; raises CannotRun or BadSettings with a sentence."""
    db = installation.open_at(settings.database, settings.keys())
    try:
        await installation.make_ready(db, settings.embedded)
        await consent.ask_again(db, clock.now())
        yield House(settings, clock, db, languages or load_languages())
    except installation.NotReady as error:
        raise CannotRun(str(error)) from error
    finally:
        await db.close()


def make_bot(settings: Settings) -> Bot:
    """aiogram's bot, for listening and answering."""
    server = TelegramAPIServer.from_base(settings.api_url)
    return Bot(settings.token(), session=AiohttpSession(api=server, timeout=ANSWER_SECONDS))


def make_dispatcher(languages: Languages, rules: Rules, public_url: str | None) -> Dispatcher:
    """The whole chat; it remembers nothing of whom it has answered."""
    dispatcher = Dispatcher(storage=Conversations(), disable_fsm=False)
    dispatcher["languages"] = languages
    dispatcher["rules"] = rules
    dispatcher["public_url"] = public_url
    dispatcher.include_router(make_router())
    return dispatcher


def make_intake(
    house: House,
    bot: Bot,
    sender: Sender | None = None,
    make: Callable[[Languages, Rules, str | None], Dispatcher] = make_dispatcher,
    turns: installation.ChatTurns | None = None,
) -> Intake:
    """The intake with the whole chat behind it."""
    dispatcher = make(house.languages, house.settings.rules, house.settings.public_url)
    wake = sender.wake if sender else (lambda: None)
    return Intake(
        *(house.db, bot, dispatcher, house.languages, house.clock.now),
        wake=wake,
        count=house.figures.update,
        turns=turns,
    )


@asynccontextmanager
async def sending_alone(
    settings: Settings, stand_by: bool = False
) -> AsyncIterator[installation.SenderLock]:
    """This process is the one that sends; raises CannotRun if another one does.

    `stand_by`: it is not yet, and waits for its turn with `_take_over`.
    """
    lock = installation.sender_lock(settings.database, settings.data_dir)
    try:
        if not stand_by:
            await lock.take()
    except installation.SenderBusy as error:
        raise CannotRun(BUSY) from error
    except OSError as error:
        raise CannotRun(f"The data folder cannot be used: {error.strerror}.") from error
    try:
        yield lock
    finally:
        await lock.give_back()


@asynccontextmanager
async def open_sender(house: House) -> AsyncIterator[Sender]:
    """Whoever delivers; only while this process is the one that sends."""
    settings = house.settings
    rate, now = settings.push_per_second, house.clock.now
    async with Push(settings.token(), settings.api_url, rate, now) as push:
        yield Sender(house.db, push, house.languages, settings.rules, rate, now)


async def run(settings: Settings, clock: Clock, chat: bool, clockwork: bool, webhook: bool) -> None:
    """Lotsen at work, until it is told to stop; raises CannotRun."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    async with open_house(settings, clock) as house:
        keep_what_is_loaded()
        await work(house, stop, chat, clockwork, webhook)


def keep_what_is_loaded() -> None:
    """What is there at the start stays: the collector does not go through all of it again, which
    would hold up every chat and every message for a tenth of a second each time. Nor does it now:
    of a quarter of a million objects, a few dozen could go."""
    gc.freeze()


async def work(
    house: House,
    stop: asyncio.Event,
    chat: bool,
    clockwork: bool,
    webhook: bool,
    meet: Callable[[Sender], None] = lambda _: None,
) -> None:
    """Chat and clockwork side by side until `stop`; `meet` gets the sender. Raises CannotRun."""
    async with AsyncExitStack() as stack:
        stack.callback(logging.getLogger().removeHandler, house.figures.count_errors())
        await stack.enter_async_context(watched(house.figures.lag))
        await stack.enter_async_context(saying_keys(house.db))
        sender = None
        if clockwork:
            stand_by = not house.settings.embedded
            lock = await stack.enter_async_context(sending_alone(house.settings, stand_by))
            sender = await stack.enter_async_context(open_sender(house))
            sender.may_send = lock.is_ours
            sender.heard = house.figures.ended
            meet(sender)
        bot = make_bot(house.settings)
        stack.push_async_callback(bot.session.close)
        turns = installation.chat_turns(house.settings.database)
        stack.push_async_callback(turns.close)
        intake = make_intake(house, bot, sender, turns=turns) if chat else None
        await _listen(stack, house, intake if webhook else None)
        if intake:
            await _introduce(house, bot, webhook)
        with _explained():
            async with asyncio.TaskGroup() as tasks:
                if sender:
                    tasks.create_task(_deliver(house, sender, lock, stop))
                if intake:
                    tasks.create_task(_show_menus(house, bot, stop))
                chatting = (
                    tasks.create_task(_chat(house, intake, stop, webhook)) if intake else None
                )
        if chatting and not chatting.result():
            raise CannotRun(DEAF)


@contextmanager
def _explained() -> Iterator[None]:
    """What ends the work before it is told to stop; raises CannotRun."""
    why = ""
    try:
        yield
    except* (WrongToken, TokenRefused):
        why = "Telegram does not know this bot token."
    except* SealBroken:
        why = "LOTSEN_SECRET_KEY does not open this database: put back the key it had."
    except* installation.SenderBusy:
        why = BUSY
    except* BadLanguage as broken:
        why = _first(broken)
    except* Unavailable:  # while starting; later on, who finds it gone tries again
        why = "The database does not answer."
    if why:
        raise CannotRun(why)


def _first(found: BaseExceptionGroup[BadLanguage]) -> str:
    first: BaseException = found
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return str(first)


async def _deliver(
    house: House, sender: Sender, lock: installation.SenderLock, stop: asyncio.Event
) -> None:
    """The clockwork, as long as this process is the one that sends."""
    if not house.settings.embedded and not await _take_over(lock, stop):
        return
    on_one_machine = is_local(house.settings.api_url)
    works = Clockwork(
        house.db, sender, house.settings.rules, house.clock.now, fetcher(on_one_machine)
    )
    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(lock.keep())
        hearing = tasks.create_task(
            installation.hear(house.db, house.settings.database, works.look)
        )
        await works.run(stop)
        hearing.cancel()
        keeping.cancel()


async def _take_over(lock: installation.SenderLock, stop: asyncio.Event) -> bool:
    """Stand by until no other process sends; False if told to stop before that."""
    waits = False
    while not stop.is_set():
        try:
            await lock.free()
            await lock.take()
            log.info("sending", extra={"stood_by": waits})
            return True
        except installation.SenderBusy:
            if not waits:
                log.info("another process sends; standing by")
            waits = True
        except Unavailable:
            log.warning("the database does not answer; standing by")
        with suppress(TimeoutError):
            async with asyncio.timeout(STAND_BY_SECONDS):
                await stop.wait()
    return False


async def _chat(house: House, intake: Intake, stop: asyncio.Event, webhook: bool) -> bool:
    """Take updates in until stopped; what is being handled then finishes. False: it is deaf."""
    settings = house.settings
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(intake.run())
        # Beside the work, and now: a broken page is told of before anybody opens it.
        tasks.create_task(asyncio.to_thread(house.languages.read_all_pages))
        poller = None
        if not webhook:
            heard = house.figures.polled
            heard()  # from now on silence counts, also where Telegram never answers
            poll = Poller(settings.api_url, settings.token(), intake, heard, intake.may_poll)
            poller = tasks.create_task(_poll(poll, stop))
        await stop.wait()
        intake.stop()
        if poller and not poller.done():
            poller.cancel()
            return True
    return poller is None or poller.result()


async def _poll(poller: Poller, stop: asyncio.Event) -> bool:
    """Until cancelled, or until poll after poll hangs: then all is stopped in order."""
    try:
        await poller.run()
    except Deaf:
        log.critical("poll after poll hangs; ending")
        stop.set()
    return False


async def _listen(stack: AsyncExitStack, house: House, intake: Intake | None) -> None:
    """Open the health page, and the webhook if there is an intake for it."""
    settings = house.settings
    if not settings.http_port:
        return
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    app = web.make_app(house.db, intake, secret, _feeds(house), _figures(house))
    try:
        await stack.enter_async_context(web.serving(app, settings.http_host, settings.http_port))
    except OSError as error:
        if intake:
            raise CannotRun(f"Port {settings.http_port} is taken: {error.strerror}.") from error
        log.warning("the health page is off: its port is taken")


def _figures(house: House) -> web.Page:
    async def look() -> Standing | None:
        """How far the work is."""
        return await health.standing(house.db, house.clock.now())

    return lambda: house.figures.page(look, house.clock.now)


def _feeds(house: House) -> web.Feeds:
    async def feed(token: str) -> calendar.Feed | None:
        """The private calendar with that token, as it is now."""
        return await calendar.feed(house.db, token, house.languages, house.clock.now())

    return feed


async def _introduce(house: House, bot: Bot, webhook: bool) -> None:
    """Learn the bot's name, and say where updates should go."""
    settings = house.settings
    try:
        me = await bot.me()  # remembered: a command with the bot's name asks again
        await installation.remember_bot(house.db, me.username or "")
        log.info("at work", extra={"bot": me.username, "by": "webhook" if webhook else "polling"})
        if webhook:
            await _set_webhook(settings, bot)
    except (TelegramAPIError, ClientDecodeError, BadSettings) as error:
        raise CannotRun(_why_not(error)) from error
    try:
        if not webhook:  # one that is left over would be told of at every poll
            await bot.delete_webhook(drop_pending_updates=False)
    except (TelegramAPIError, ClientDecodeError) as error:
        log.warning("an old webhook may be left", extra={"why": type(error).__name__})


async def _show_menus(house: House, bot: Bot, stop: asyncio.Event) -> None:
    """The command menus: many calls, and nobody waits for them, neither who writes nor a stop."""

    async def show() -> None:
        try:
            await show_commands(bot, house.languages)
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("the command menu stays as it was", extra={"why": type(error).__name__})

    tasks = [asyncio.ensure_future(show()), asyncio.ensure_future(stop.wait())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in tasks:
            each.cancel()


def _why_not(error: Exception) -> str:
    name = type(error).__name__
    if name in {"TelegramUnauthorizedError", "TelegramNotFound"}:
        return "Telegram does not know this bot token."
    if isinstance(error, BadSettings):
        return str(error)
    return f"Telegram cannot be reached at the address in LOTSEN_API_URL ({name})."


async def _set_webhook(settings: Settings, bot: Bot) -> None:
    if not settings.webhook_url or not settings.webhook_secret:
        raise BadSettings("A webhook needs LOTSEN_WEBHOOK_URL and LOTSEN_WEBHOOK_SECRET.")
    await bot.set_webhook(
        settings.webhook_url.rstrip("/") + web.WEBHOOK_PATH,
        secret_token=settings.webhook_secret.get_secret_value(),
        allowed_updates=list(KINDS),  # else Telegram keeps the list of whoever came before
        drop_pending_updates=False,
    )
