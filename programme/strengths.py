"""THE strength ideas: one small thing a month, built on what parents already do (mission C11).

No milestones, no advice on health, spoken to each parent in their own right (domain.md N22).
They come in the middle of a month of age, so that a tip and an idea do not share a day.
"""

from dataclasses import dataclass

from programme.ages import Age


@dataclass(frozen=True, kw_only=True)
class Strength:
    """One idea. `code` is stored with what was sent: retire one, never rename it."""

    code: str
    age: Age
    sources: str
    keeps_days: int = 14


def _monthly(*codes: str) -> tuple[Strength, ...]:
    """One idea for each month from birth on, 20 days into the month of age."""
    return tuple(
        Strength(code=code, age=Age(month, 20), sources="R9 V7 J11 N22")
        for month, code in enumerate(codes)
    )


STRENGTHS: tuple[Strength, ...] = _monthly(
    "skin_and_voice",  # 0: closeness: your warmth and your voice
    "you_know_best",  # 1: you already read your child's signals
    "faces",  # 2: face to face, wait for the answer
    "answer_sounds",  # 3: make the same sound back, a first talk
    "a_song",  # 4: one song again and again
    "what_it_likes",  # 5: what does your child like just now?
    "walk_and_tell",  # 6: say what you see on a walk
    "peekaboo",  # 7: hide and come back
    "look_together",  # 8: look where your child looks
    "kitchen_play",  # 9: play with what is at home
    "hands_and_clapping",  # 10: clap and sing
    "book_on_lap",  # 11: look at a picture together
    "follow_the_child",  # 12: let your child lead the play
    "small_words",  # 13: name things of the day
    "help_each_other",  # 14: adults who help each other
    "everyday_helper",  # 15: let the child help in small ways
    "dance",  # 16: music and dance at home
    "own_stories",  # 17: tell about your own childhood
    "what_works",  # 18: what works well for you?
)

STRENGTHS_BY_CODE: dict[str, Strength] = {idea.code: idea for idea in STRENGTHS}
