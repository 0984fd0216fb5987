"""Lets aiogram build its models when they are used, not all of them when it is loaded.

It knows some 400 kinds of Telegram's objects and builds a checker for each at import: that was half
of what every start of Lotsen took (2.9 of 5.8 seconds of a processor) and a third of its memory. We
use about thirty (decision 31). Imported for that effect, before aiogram; what was built before
stays as it is.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_names: dict[str, Any] = {}  # what aiogram's annotations refer to, as it tells each of its models
_rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]  # a class method has it


def _when_needed(
    cls: type[BaseModel],
    /,
    *,
    _types_namespace: Mapping[str, Any] | None = None,
    _parent_namespace_depth: int = 2,
    **how: bool,
) -> bool | None:
    if cls.__module__.startswith("aiogram."):
        if _types_namespace is not None:  # aiogram, while it is loaded
            _names.update(_types_namespace)
            return None
        _types_namespace = _names  # pydantic, at the first use
    depth = _parent_namespace_depth + 1  # it looks at who called, and we stand in between
    built: bool | None = _rebuild(
        cls, _types_namespace=_types_namespace, _parent_namespace_depth=depth, **how
    )
    return built


BaseModel.model_rebuild = classmethod(_when_needed)  # type: ignore[method-assign,assignment]  # ours instead
