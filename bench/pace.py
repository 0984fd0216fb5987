"""The usual pace: nearly all of the limit used, and never more than it in any second."""

import bisect

from bench.families import RULES, SLOT
from bench.loopback import Arrival, arrivals, telegram
from bench.peers import ptb
from bench.phones import Recording
from bench.population import Populations
from bench.row import Of, Row
from bench.sending import planned
from bench.sizes import Sizes
from messaging.i18n import load_languages
from services.delivery import Sender

PER_SECOND = 25
_SETTLING = 3  # connections are opened and statements written out in the first messages


def most_in_a_second(came: list[Arrival]) -> int:
    """The fullest one-second window."""
    at = sorted(moment for moment, _ in came)
    return max(bisect.bisect_left(at, begin + 1) - n for n, begin in enumerate(at))


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """Ours, and the same bodies by the limiter that python-telegram-bot brings."""
    async with telegram() as url:
        async with (
            planned(made, sizes.small, sizes.paced) as db,
            Recording(url, PER_SECOND) as push,
        ):
            sender = Sender(db, push, load_languages(), RULES, PER_SECOND, lambda: SLOT)
            await sender.drain()
        ours = await arrivals(url)
        async with ptb.bot(url, PER_SECOND) as bot:
            await ptb.send(bot, push.bodies)
        theirs = await arrivals(url)
    steady = [at for at, _ in ours][_SETTLING:]
    rate = (len(steady) - 1) / (steady[-1] - steady[0])
    return [
        Row(
            what=f"pace of {sizes.paced:,} messages, {PER_SECOND} a second",
            unit="/s",
            ours=rate,
            beside="the limit that was set",
            peer=PER_SECOND,
            limit=0.98,
            at_least=True,
        ),
        Row(
            what="most in any one second, as they arrive",
            ours=most_in_a_second(ours),
            beside="python-telegram-bot's AIORateLimiter, set to the same",
            peer=most_in_a_second(theirs),
            limit=PER_SECOND,
            of=Of.OURS,
        ),
    ]
