"""What Lotsen is made of, as CycloneDX 1.6: `make sbom`. Out of the lock and what is installed.

No library for it: the lock holds names, versions and hashes, and each package says its licence.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
LOCK = _ROOT / "requirements.lock"
FOR_TESTS = _ROOT / "tests" / "requirements.lock"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> Iterator[dict[str, object]]:
    """Each locked package with its version, hashes and licence."""
    found = list(_PACKAGE.finditer(lock))
    for n, each in enumerate(found):
        name, version = each.groups()
        until = found[n + 1].start() if n + 1 < len(found) else len(lock)
        hashes = _HASH.findall(lock, each.end(), until)
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
            "licenses": [{"license": {"name": licence_of(name)}}],
        }


def licence_of(name: str) -> str:
    """In a package's own words, in short; empty if it is not installed here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    facts: Any = said
    kinds = [c.split("::")[-1].strip() for c in said.get_all("Classifier") or () if "License" in c]
    own = str(facts.get("License-Expression") or "; ".join(kinds) or facts.get("License") or "")
    return own.splitlines()[0][:80] if own else ""


def bill(lock: str) -> dict[str, object]:
    """The whole list."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": list(components(lock)),
    }


if __name__ == "__main__":
    print(json.dumps(bill(LOCK.read_text("utf-8")), indent=1))
