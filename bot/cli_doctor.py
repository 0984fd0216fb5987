"""The command that looks an installation over."""

import asyncio

import click

from bot import doctor as doctor_


@click.command()
def doctor() -> None:
    """Is all well here? One line for each thing looked at; exit code 1 if anything is not."""

    async def act() -> bool:
        well = True
        async for finding in doctor_.look():
            click.echo(f"{'✓' if finding.well else '✗'} {finding.about}: {finding.says}")
            well = well and finding.well
        return well

    if not asyncio.run(act()):
        raise click.exceptions.Exit(1)
