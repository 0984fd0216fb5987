"""Words typed at the command line: cleaned as those of the chat are, before anything is kept."""

import click

from messaging.isolates import clean

LONGEST = 2_000  # signs of one value; a column takes fewer


class Words(click.ParamType[str]):
    """One line without marks of direction or control signs, and not too long for its column."""

    name = "text"

    def __init__(self, most: int = LONGEST) -> None:
        self.most = most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The words; fails with a sentence that does not repeat them."""
        words = clean(str(value))
        if str(value) and not words:
            self.fail("There is nothing in it that can be read.", param, ctx)
        if len(words) > self.most:
            self.fail(f"It is longer than {self.most} signs.", param, ctx)
        return words


def clean_all(command: click.Command) -> None:
    """Let this command and all below it take words only so; a new one cannot be forgotten."""
    for each in command.params:
        if each.type is click.STRING:
            each.type = Words()
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        clean_all(below)
