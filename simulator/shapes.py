"""A name for JSON that has not been checked yet. Whoever reads it checks it."""

from __future__ import annotations

from typing import Any

Json = Any
