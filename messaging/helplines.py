"""Telephone numbers, each in one place: only those that are sure (docs/domain.md K42-K45)."""

from messaging.isolates import Sign

WOMEN_LINE = Sign("020-50 50 50")  # Kvinnofridslinjen (K44)

# What a page of the guide may name in braces; a number typed by hand is a fault (page_faults.py).
HELPLINES: dict[str, Sign] = {
    "emergency": Sign("112"),  # K42
    "health_line": Sign("1177"),  # K43
    "women_line": WOMEN_LINE,
    "children_line": Sign("116 111"),  # Bris, for everyone under 18 (K45)
}
