"""Assembly: settings, clock, intake, web, demo, command line. Imported by nobody."""

import messaging.types_when_needed  # noqa: F401 - before anything here loads aiogram
