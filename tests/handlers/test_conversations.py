"""What is waited for has a name of its own: two of one name would take each other's answers."""

import importlib
import pkgutil
from collections import Counter

from aiogram.fsm.state import StatesGroup

import handlers


def names_waited_for() -> list[str]:
    """Everything that a dialog can wait for, in every file of the chat."""
    modules = [
        importlib.import_module(f"handlers.{each.name}")
        for each in pkgutil.iter_modules(handlers.__path__)
    ]
    groups = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StatesGroup)
    }
    return [name for group in groups for name in group.__all_states_names__]


def test_no_two_things_that_are_waited_for_have_one_name():
    names = Counter(names_waited_for())
    assert len(names) > 10
    assert [name for name, count in names.items() if count > 1] == []
