"""What is waited for has a name of its own: two of one name would take each other's answers."""

import importlib
import pkgutil
from collections import Counter

from aiogram.fsm.state import StatesGroup

import handlers


def test_no_two_things_that_are_waited_for_have_one_name():
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
    names = Counter(name for group in groups for name in group.__all_states_names__)
    assert len(names) > 10
    assert [name for name, count in names.items() if count > 1] == []
