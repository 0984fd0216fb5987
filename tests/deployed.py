"""`deploy/` and what the docs say to write beside it, read as Docker reads it."""

import re
from pathlib import Path
from typing import Any

from compose_spec import PyOptions

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")


def compose(text: str = COMPOSE) -> dict[str, Any]:
    """The file with its merges done; raises ValueError for what is in no such file."""
    read = PyOptions(apply_merge=True).from_yaml(text)
    read.validate()
    return read.to_dict()


def settings_env() -> dict[str, str]:
    """What `docs/operations.md` lets an operator write into settings.env."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    [block] = re.findall(r"^cat > settings.env <<END\n(.*?)^END$", text, re.DOTALL | re.MULTILINE)
    lines = [line.partition(" #")[0].strip() for line in block.splitlines()]
    return dict(line.split("=", 1) for line in lines)
