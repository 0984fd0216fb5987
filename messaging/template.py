"""The headings of the region's template, in its own Swedish words: what receivers will look for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from messaging.i18n import LOCALES
from programme.headings import Heading

SWEDISH = "sv"  # whoever receives the follow-up reads Swedish
_FILE = Path(SWEDISH) / "follow_up.toml"


@cache
def questions(folder: Path = LOCALES) -> Mapping[Heading, str]:
    """The template's words for each heading; KeyError if one is missing."""
    table = tomllib.loads((folder / _FILE).read_text("utf-8"))
    return {heading: str(table[heading]) for heading in Heading}
