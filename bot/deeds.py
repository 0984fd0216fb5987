"""What the demo's people do in several taps, in more than one play."""

from datetime import date

from bot.stories import AREA
from bot.theatre import Stage
from messaging.absence_buttons import IllUntil, Settle, WhoIsIll
from messaging.callbacks import MENU_STOPPED, Loss, Menu, Stop
from services import staff_links


async def fall_ill(stage: Stage, name: str, until: date) -> None:
    """A colleague says so in the chat, and lets Lotsen see to the visits until that day."""
    phone, hands = stage.hands.named(name), stage.hands
    async with stage.house.db.read() as tx:
        number = (await staff_links.find(tx, AREA, name)).member.id
    await hands.write(phone, "/start")
    await hands.press(phone, WhoIsIll().pack())
    await hands.press(phone, IllUntil(staff=number).pack())
    days = hands.buttons(phone, f"Hu:{number}:")
    last = next(each for each in days if each.rsplit(":", 1)[1] >= until.isoformat())
    await hands.press(phone, last)
    await hands.press(phone, Settle(staff=number, now=True).pack())
    await stage.winder.settle()


async def tell_of_loss(stage: Stage, name: str) -> None:
    """A parent stops, and presses that something hard has happened."""
    phone, hands = stage.hands.named(name), stage.hands
    await hands.write(phone, "/pause")
    await hands.press(phone, Stop().pack())
    if not hands.buttons(phone, Loss().pack()):
        await hands.press(phone, Menu(page=MENU_STOPPED).pack())
    await hands.press(phone, Loss().pack())
    await stage.winder.settle()
