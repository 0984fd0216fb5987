"""`python -m simulator --port N`: a small Telegram on this machine until it is interrupted."""

from __future__ import annotations

import argparse
import logging

from simulator.server import serve


def main() -> None:
    """Read the options and serve."""
    options = argparse.ArgumentParser(prog="simulator", description=__doc__)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    options.add_argument("--username", default="LotsenDemoBot", help="the bot's name")
    options.add_argument("--token", action="append", help="the only tokens there are")
    options.add_argument("--panel", help="where on this server whoever directs a demo answers")
    chosen = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    serve(
        chosen.host,
        chosen.port,
        tokens=frozenset(chosen.token) if chosen.token else None,
        username=chosen.username,
        panel=chosen.panel,
        started=lambda address: logging.info("Telegram is at %s", address),
    )


if __name__ == "__main__":
    main()
