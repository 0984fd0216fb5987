"""Random and mutated updates through the whole chat: `python -m tests.fuzz --seed 1`."""
