"""Statements that are written once and asked often: writing one takes as long as asking it.

A family is loaded by some fifteen of them, several times in an act. `IDS` stands where the ids will
be; `among(ids)` are the values such a statement is asked with.
"""

from collections.abc import Collection

from sqlalchemy import BindParameter, bindparam

IDS: BindParameter[int] = bindparam("ids", expanding=True)


def among(ids: Collection[int]) -> dict[str, list[int]]:
    """The values for a statement with `IDS`."""
    return {"ids": list(ids)}
