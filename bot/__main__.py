"""The command line: `lotsen …`, also `python -m bot …`. Every mistake ends in a sentence."""

import logging
import sys

import click

from bot import (
    cli_area,
    cli_backup,
    cli_calendar,
    cli_demo,
    cli_doctor,
    cli_family,
    cli_import,
    cli_keys,
    cli_look,
    cli_looks,
    cli_move,
    cli_paper,
    cli_quarter,
    cli_recordings,
    cli_report,
    cli_research,
    cli_run,
    cli_slip,
    cli_yearly,
    logs,
)
from bot.app import CannotRun
from bot.cli_words import clean_all
from bot.settings import BadSettings
from messaging.errors import WordsError
from programme.errors import Broken
from services.installation import NotReady
from services.types import Unavailable

log = logging.getLogger(__name__)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def lotsen() -> None:
    """A chat assistant for families in the extended home-visit programme."""


for command in (
    cli_run.run,
    cli_run.tick,
    cli_demo.demo,
    cli_demo.simulator,
    cli_look.timeline,
    cli_look.migrate,
    cli_look.check,
    cli_doctor.doctor,
    cli_backup.backup,
    cli_backup.restore,
    cli_keys.keys_,
    cli_family.family,
    cli_move.family,
    cli_slip.visit,
    cli_calendar.staff,
    cli_looks.staff,
    cli_area.area,
    cli_import.import_,
    cli_recordings.recordings_,
    cli_paper.paper,
    cli_report.report,
    cli_yearly.yearly,
    cli_research.research,
    cli_quarter.quarter,
):
    lotsen.add_command(command)
clean_all(lotsen)


def main() -> None:
    """Run one command; a fault it can name is a sentence on standard error and exit code 1."""
    try:
        sys.exit(lotsen.main(standalone_mode=False))  # an Exit is returned as its code
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (Broken, BadSettings, CannotRun, NotReady, WordsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Unavailable:
        click.echo("The database does not answer: locked, full or gone. Try again.", err=True)
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except Exception:  # what it says may be what somebody wrote, or a number: only where it was
        if not logging.root.handlers:
            logs.set_up("text")
        log.critical("ended by a fault of its own", exc_info=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
