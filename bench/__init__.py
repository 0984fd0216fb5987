"""Measurements as ratios, each against something else in the same run. Nothing here is asserted."""
