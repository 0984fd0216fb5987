"""Commands to try Lotsen without Telegram: the demo, and the local Telegram alone."""

import asyncio
import tempfile
from pathlib import Path

import click

from bot import logs
from bot.app import CannotRun
from bot.demo import run_demo
from bot.settings import Settings, read_settings
from simulator import serve

DEMO_PORT = 8300
SIMULATOR_PORT = 8081
HOST = "127.0.0.1"


@click.command()
@click.option("--port", type=int, default=DEMO_PORT, show_default=True, help="Of the page.")
def demo(port: int) -> None:
    """Everything on this machine: a local Telegram, phones on a page, families, a clock to wind."""
    own = read_settings()
    logs.set_up(own.log_format)
    with tempfile.TemporaryDirectory(prefix="lotsen-demo-") as folder:
        try:
            asyncio.run(run_demo(_settings(own, Path(folder)), HOST, port, click.echo))
        except OSError as error:
            raise CannotRun(f"The page cannot listen on port {port}: {error.strerror}.") from error


def _settings(own: Settings, folder: Path) -> Settings:
    """The installation's zone, hours and time, but nobody's token, database or address."""
    return own.model_copy(
        update={
            "bot_token": None,
            "bot_token_file": None,
            "database_url": None,
            "data_dir": folder,
            "secret_key": None,
            "secret_key_file": None,
            "http_port": 0,
            "push_per_second": 100.0,
        }
    )


@click.command()
@click.option("--port", type=int, default=SIMULATOR_PORT, show_default=True)
def simulator(port: int) -> None:
    """The local Telegram alone: Bot API at /bot<token>/<method>, phones on its page."""
    settings = read_settings()
    logs.set_up(settings.log_format)
    try:
        serve(HOST, port, started=lambda url: click.echo(f"The local Telegram is at {url}"))
    except OSError as error:
        raise CannotRun(f"Port {port} cannot be used: {error.strerror}.") from error
