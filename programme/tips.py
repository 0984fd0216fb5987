"""THE tips: one line each with its age, how long it stays useful and the rows it rests on.

Only facts marked sure in domain.md, part 2. Money, mood, violence and residence permits are never
automatic (domain.md, end of part 2). The words live in the texts, under `code`.
"""

from dataclasses import dataclass

from programme.ages import Age


@dataclass(frozen=True, kw_only=True)
class Tip:
    """One tip. `code` is stored with what was sent: retire a tip, never rename it."""

    code: str
    age: Age
    sources: str
    keeps_days: int = 14
    useful_until: Age | None = None  # who joins later may hear of it in one digest (mission A14)


TIPS: tuple[Tip, ...] = (
    Tip(code="gift_book", age=Age(days=4), sources="K2 K9 K12", useful_until=Age(12)),
    Tip(code="first_vaccine", age=Age(days=42), sources="K2 K4 K6"),
    Tip(code="own_language", age=Age(months=2), sources="V2 K15 A10", useful_until=Age(36)),
    Tip(code="both_parents", age=Age(months=3), sources="F3 J8 K37", useful_until=Age(12)),
    Tip(code="open_preschool", age=Age(months=4), sources="V3 K32 P15 P16", useful_until=Age(36)),
    Tip(code="library_card", age=Age(months=5), sources="K16 A9 A10", useful_until=Age(36)),
    Tip(code="first_tooth", age=Age(months=6), sources="K20 K18 A12", useful_until=Age(24)),
    Tip(code="bokstart", age=Age(6, 14), sources="A8 K13"),
    Tip(
        code="apply_preschool",
        age=Age(months=7),
        sources="K22 K23 K28 A6 A7",
        keeps_days=30,
        useful_until=Age(30),
    ),
    Tip(code="safe_home", age=Age(months=8), sources="K1 V4", useful_until=Age(24)),
    Tip(code="screens", age=Age(months=9), sources="K11 A17", useful_until=Age(24)),
    Tip(code="childs_rights", age=Age(months=10), sources="A29 J7", useful_until=Age(36)),
    Tip(code="bokstart_again", age=Age(months=11), sources="A8 K13"),
    Tip(code="preschool_starts", age=Age(months=12), sources="K22 K26"),
    Tip(code="meet_others", age=Age(months=13), sources="N16 K32 K35 A1", useful_until=Age(36)),
    Tip(code="brushing", age=Age(months=14), sources="K18 K19 K20", useful_until=Age(36)),
    Tip(code="after_visits", age=Age(months=15), sources="V6 K32 A16"),
    Tip(code="many_languages", age=Age(months=16), sources="K15 K16 K17 A9", useful_until=Age(36)),
    Tip(code="learn_swedish", age=Age(months=17), sources="A2 A3", useful_until=Age(36)),
    Tip(code="bvc_18_months", age=Age(months=18), sources="K1 K4"),
    Tip(code="free_hours", age=Age(months=30), sources="K25 K30", keeps_days=60),
)


@dataclass(frozen=True, kw_only=True)
class EarlyTip:
    """A tip for a family that expects a child; never after the due date (mission A10)."""

    code: str
    days_before: int
    sources: str
    keeps_days: int = 14


EARLY_TIPS: tuple[EarlyTip, ...] = (
    EarlyTip(code="expecting_welcome", days_before=42, sources="K35 P20"),
)

# Where the library comes home (`Area.bokstart`), these are an offer and not only a tip (E11).
BOKSTART = frozenset({"bokstart", "bokstart_again"})

TIPS_BY_CODE: dict[str, Tip] = {tip.code: tip for tip in TIPS}
