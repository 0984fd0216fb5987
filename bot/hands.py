"""Hands on the demo's phones: they open links and press buttons, as people would, and wait.

A button is named by its data, so it is found in every language. A name that ends with a colon is
how the data begins.
"""

from simulator import World
from simulator.chats import Message
from simulator.users import Person

PATIENCE = 30.0  # seconds: a shared machine may be slow


class Hands:
    """Whoever holds the phones."""

    def __init__(self, world: World) -> None:
        self.world = world

    def named(self, name: str) -> Person:
        """The phone of that name; StopIteration if nobody is called so."""
        return next(each for each in self.world.people.values() if each.first_name == name)

    async def open(self, phone: Person, code: str) -> None:
        """Follow a link, and wait for the answer."""
        before = self._looks(phone)
        self.world.start(phone, code)
        await self._changed(phone, before)

    async def write(self, phone: Person, text: str) -> None:
        """Write a message, and wait for the answer."""
        before = self._looks(phone)
        self.world.write(phone, text)
        await self._changed(phone, before)

    async def press(self, phone: Person, name: str, nth: int = 0) -> None:
        """Press such a button of the newest message that has one, once it is there, and wait."""
        await self.world.until(lambda: self._place(phone, name, nth), PATIENCE)
        found = self._place(phone, name, nth)
        assert found is not None
        message, data = found
        before = self._looks(phone)
        press = self.world.press(phone, message.id, data=data)
        await self.world.answer(press, PATIENCE)
        await self._changed(phone, before)

    async def shown(self, phone: Person, name: str) -> None:
        """Wait until there is such a button."""
        await self.world.until(lambda: self._place(phone, name), PATIENCE)

    def buttons(self, phone: Person, name: str) -> list[str]:
        """The data of such buttons in the newest message that has one."""
        for message in reversed(self.world.from_bot(phone)):
            if found := _named(message, name):
                return found
        return []

    def _place(self, phone: Person, name: str, nth: int = 0) -> tuple[Message, str] | None:
        for message in reversed(self.world.from_bot(phone)):
            if len(found := _named(message, name)) > nth:
                return message, found[nth]
        return None

    def _looks(self, phone: Person) -> list[tuple[int, int]]:
        return [(each.id, each.revision) for each in self.world.from_bot(phone)]

    async def _changed(self, phone: Person, before: list[tuple[int, int]]) -> None:
        await self.world.until(lambda: self._looks(phone) != before, PATIENCE)


def _named(message: Message, name: str) -> list[str]:
    every = [str(each.get("callback_data", "")) for row in message.buttons for each in row]
    return [data for data in every if data == name or (name[-1] == ":" and data.startswith(name))]
