"""Whole timelines of children born on days that months do not share, read from end to end.

The tables are written out, not computed: a rule that moves by a day must change a line here.
"""

import re
from datetime import date

import pytest

from programme.kinds import Rules
from services.timeline import Entry, imagined_family, timeline
from tests.cast import local
from tests.end_to_end.reading import (
    arabic_lines_begin_in_arabic,
    first_line,
    language_of,
    neutral_first_lines,
)

# Visits on both mornings on which the clocks have changed; the second is an early one.
VISITS = {3: local("2027-03-28T10:00"), 6: local("2027-10-31T08:30")}
UNTIL = date(2029, 12, 31)

BORN_31_AUGUST = """
Fri 2026-09-04 10:00 tip gift_book
Sun 2026-09-06 10:00 offer 1
Sun 2026-09-20 10:00 idea skin_and_voice
Mon 2026-10-12 10:00 tip first_vaccine
Tue 2026-10-20 10:00 idea you_know_best
Sat 2026-10-31 10:00 tip own_language
Mon 2026-11-02 10:00 offer 2
Fri 2026-11-20 10:00 idea faces
Mon 2026-11-30 10:00 tip both_parents
Sun 2026-12-20 10:00 idea answer_sounds
Thu 2026-12-31 10:00 tip open_preschool
Wed 2027-01-20 10:00 idea a_song
Sun 2027-01-31 10:00 tip library_card
Sat 2027-02-20 10:00 idea what_it_likes
Sun 2027-02-28 10:00 tip first_tooth
Sun 2027-03-14 10:00 tip bokstart
Sat 2027-03-20 10:00 idea walk_and_tell
Sat 2027-03-27 17:00 visit 3 day-before
Sun 2027-03-28 07:30 visit 3 same-morning
Wed 2027-03-31 10:00 tip apply_preschool
Tue 2027-04-20 10:00 idea peekaboo
Fri 2027-04-30 10:00 tip safe_home
Sun 2027-05-02 10:00 offer 4
Thu 2027-05-20 10:00 idea look_together
Mon 2027-05-31 10:00 tip screens
Sun 2027-06-20 10:00 idea kitchen_play
Wed 2027-06-30 10:00 tip childs_rights
Tue 2027-07-20 10:00 idea hands_and_clapping
Sat 2027-07-31 10:00 tip bokstart_again
Fri 2027-08-20 10:00 idea book_on_lap
Tue 2027-08-31 10:00 tip preschool_starts
Thu 2027-09-02 10:00 offer 5
Mon 2027-09-20 10:00 idea follow_the_child
Thu 2027-09-30 10:00 tip meet_others
Wed 2027-10-20 10:00 idea small_words
Sat 2027-10-30 17:00 visit 6 day-before
Sun 2027-10-31 07:00 visit 6 same-morning
Sun 2027-10-31 10:00 tip brushing
Sat 2027-11-20 10:00 idea help_each_other
Tue 2027-11-30 10:00 tip after_visits
Mon 2027-12-20 10:00 idea everyday_helper
Fri 2027-12-31 10:00 tip many_languages
Thu 2028-01-20 10:00 idea dance
Mon 2028-01-31 10:00 tip learn_swedish
Sun 2028-02-20 10:00 idea own_stories
Tue 2028-02-29 10:00 tip bvc_18_months
Mon 2028-03-20 10:00 idea what_works
Wed 2029-02-28 10:00 tip free_hours
Sat 2029-03-17 10:00 erasure
"""

BORN_31_DECEMBER = """
Mon 2027-01-04 10:00 tip gift_book
Wed 2027-01-06 10:00 offer 1
Wed 2027-01-20 10:00 idea skin_and_voice
Thu 2027-02-11 10:00 tip first_vaccine
Sat 2027-02-20 10:00 idea you_know_best
Sun 2027-02-28 10:00 tip own_language
Tue 2027-03-02 10:00 offer 2
Sat 2027-03-20 10:00 idea faces
Sat 2027-03-27 17:00 visit 3 day-before
Sun 2027-03-28 07:30 visit 3 same-morning
Wed 2027-03-31 10:00 tip both_parents
Tue 2027-04-20 10:00 idea answer_sounds
Fri 2027-04-30 10:00 tip open_preschool
Thu 2027-05-20 10:00 idea a_song
Mon 2027-05-31 10:00 tip library_card
Sun 2027-06-20 10:00 idea what_it_likes
Wed 2027-06-30 10:00 tip first_tooth
Wed 2027-07-14 10:00 tip bokstart
Tue 2027-07-20 10:00 idea walk_and_tell
Sat 2027-07-31 10:00 tip apply_preschool
Fri 2027-08-20 10:00 idea peekaboo
Tue 2027-08-31 10:00 tip safe_home
Thu 2027-09-02 10:00 offer 4
Mon 2027-09-20 10:00 idea look_together
Thu 2027-09-30 10:00 tip screens
Wed 2027-10-20 10:00 idea kitchen_play
Sat 2027-10-30 17:00 visit 6 day-before
Sun 2027-10-31 07:00 visit 6 same-morning
Sun 2027-10-31 10:00 tip childs_rights
Sat 2027-11-20 10:00 idea hands_and_clapping
Tue 2027-11-30 10:00 tip bokstart_again
Mon 2027-12-20 10:00 idea book_on_lap
Fri 2027-12-31 10:00 tip preschool_starts
Sun 2028-01-02 10:00 offer 5
Thu 2028-01-20 10:00 idea follow_the_child
Mon 2028-01-31 10:00 tip meet_others
Sun 2028-02-20 10:00 idea small_words
Tue 2028-02-29 10:00 tip brushing
Mon 2028-03-20 10:00 idea help_each_other
Fri 2028-03-31 10:00 tip after_visits
Thu 2028-04-20 10:00 idea everyday_helper
Sun 2028-04-30 10:00 tip many_languages
Sat 2028-05-20 10:00 idea dance
Wed 2028-05-31 10:00 tip learn_swedish
Tue 2028-06-20 10:00 idea own_stories
Fri 2028-06-30 10:00 tip bvc_18_months
Thu 2028-07-20 10:00 idea what_works
Sat 2029-06-30 10:00 tip free_hours
Tue 2029-07-17 10:00 erasure
"""

BORN_29_FEBRUARY = """
Mon 2024-03-04 10:00 tip gift_book
Wed 2024-03-06 10:00 offer 1
Wed 2024-03-20 10:00 idea skin_and_voice
Thu 2024-04-11 10:00 tip first_vaccine
Thu 2024-04-18 10:00 idea you_know_best
Mon 2024-04-29 10:00 tip own_language
Wed 2024-05-01 10:00 offer 2
Sun 2024-05-19 10:00 idea faces
Wed 2024-05-29 10:00 tip both_parents
Tue 2024-06-18 10:00 idea answer_sounds
Sat 2024-06-29 10:00 tip open_preschool
Fri 2024-07-19 10:00 idea a_song
Mon 2024-07-29 10:00 tip library_card
Sun 2024-08-18 10:00 idea what_it_likes
Thu 2024-08-29 10:00 tip first_tooth
Thu 2024-09-12 10:00 tip bokstart
Wed 2024-09-18 10:00 idea walk_and_tell
Sun 2024-09-29 10:00 tip apply_preschool
Sat 2024-10-19 10:00 idea peekaboo
Tue 2024-10-29 10:00 tip safe_home
Thu 2024-10-31 10:00 offer 4
Mon 2024-11-18 10:00 idea look_together
Fri 2024-11-29 10:00 tip screens
Thu 2024-12-19 10:00 idea kitchen_play
Sun 2024-12-29 10:00 tip childs_rights
Sat 2025-01-18 10:00 idea hands_and_clapping
Wed 2025-01-29 10:00 tip bokstart_again
Tue 2025-02-18 10:00 idea book_on_lap
Fri 2025-02-28 10:00 tip preschool_starts
Sun 2025-03-02 10:00 offer 5
Thu 2025-03-20 10:00 idea follow_the_child
Sat 2025-03-29 10:00 tip meet_others
Fri 2025-04-18 10:00 idea small_words
Tue 2025-04-29 10:00 tip brushing
Mon 2025-05-19 10:00 idea help_each_other
Thu 2025-05-29 10:00 tip after_visits
Wed 2025-06-18 10:00 idea everyday_helper
Sun 2025-06-29 10:00 tip many_languages
Sat 2025-07-19 10:00 idea dance
Tue 2025-07-29 10:00 tip learn_swedish
Mon 2025-08-18 10:00 idea own_stories
Fri 2025-08-29 10:00 tip bvc_18_months
Thu 2025-09-18 10:00 idea what_works
Sat 2026-08-29 10:00 tip free_hours
Sat 2027-03-27 17:00 visit 3 day-before
Sun 2027-03-28 07:30 visit 3 same-morning
Sat 2027-10-30 17:00 visit 6 day-before
Sun 2027-10-31 07:00 visit 6 same-morning
Thu 2028-11-16 10:00 erasure
"""

TABLES = {
    date(2026, 8, 31): BORN_31_AUGUST,
    date(2026, 12, 31): BORN_31_DECEMBER,
    date(2024, 2, 29): BORN_29_FEBRUARY,
}
LANGUAGES = ("sv", "ar", "so", "en")
DAY_OF_VISIT = {
    "sv": {3: "söndag 28 mars", 6: "söndag 31 oktober"},
    "en": {3: "Sunday 28 March", 6: "Sunday 31 October"},
    "so": {3: "28 Maarso", 6: "31 Oktoobar"},
    "ar": {3: "28 مارس", 6: "31 أكتوبر"},
}
MARKS = re.compile("[\u2066-\u2069]")

each_birth = pytest.mark.parametrize("born", TABLES, ids=str)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def told(born: date, language: str, languages) -> list[Entry]:
    family = imagined_family(born, language, Rules(), visits=VISITS)
    return timeline(family, languages, Rules(), UNTIL)


def as_line(entry: Entry) -> str:
    """An entry as the tables write it."""
    parts = entry.key.split(":")
    if parts[0] == "visit":
        what = f"visit {parts[1]} {parts[3]}"  # in a timeline a booking has its visit's number
    elif parts[0] == "visit_offer":
        what = f"offer {parts[2]}"
    elif parts[0] == "erasure":
        what = "erasure"  # two weeks before the family's data goes by itself
    else:
        what = f"{'idea' if parts[0] == 'strength' else 'tip'} {parts[2]}"
    return f"{entry.at:%a %Y-%m-%d %H:%M} {what}"


@each_language
@each_birth
def test_every_message_of_three_years_comes_at_the_hour_that_is_written_here(
    born, language, languages
):
    entries = told(born, language, languages)

    assert [as_line(entry) for entry in entries] == TABLES[born].split("\n")[1:-1]
    assert all(entry.keys == (entry.key,) for entry in entries)


@each_birth
def test_the_hours_stay_on_the_clock_when_the_clocks_change(born, languages):
    offsets = {
        (entry.key.split(":")[1], entry.key.split(":")[3]): entry.at.utcoffset().seconds // 3600
        for entry in told(born, "sv", languages)
        if entry.key.startswith("visit:")
    }

    assert offsets == {
        ("3", "day-before"): 1,
        ("3", "same-morning"): 2,
        ("6", "day-before"): 2,
        ("6", "same-morning"): 1,
    }


@each_language
@each_birth
def test_every_text_of_a_timeline_is_in_its_readers_language(born, language, languages):
    for entry in told(born, language, languages):
        assert language_of(entry.text) == language, entry.text
        assert first_line(entry.text) in neutral_first_lines(language), entry.text
        if language == "ar":
            assert arabic_lines_begin_in_arabic(entry.text), entry.text


@each_language
def test_no_text_is_told_twice_and_each_language_has_its_own(language, languages):
    texts = [entry.text for entry in told(date(2026, 8, 31), language, languages)]
    others = {
        entry.text
        for other in LANGUAGES
        if other != language
        for entry in told(date(2026, 8, 31), other, languages)
    }

    assert len(set(texts)) == len(texts)
    assert not others & set(texts)


@each_language
@each_birth
def test_a_visits_day_and_hour_are_said_as_the_clock_on_the_wall_shows_them(
    born, language, languages
):
    for entry in told(born, language, languages):
        if entry.kind == "day_before":
            visit = int(entry.key.split(":")[1])
            said = MARKS.sub("", entry.text)
            assert DAY_OF_VISIT[language][visit] in said
            assert {3: "10:00", 6: "08:30"}[visit] in said
            assert "Anna" in said
            assert "Bo" in said
