"""Every text that a person can be sent, in every language, is read here."""

import html
import inspect

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging import (
    absence_texts,
    activity_field_texts,
    activity_texts,
    area_texts,
    audience_texts,
    booked_texts,
    booking_texts,
    calendar_texts,
    consent_texts,
    day_texts,
    door_texts,
    exit_texts,
    family_texts,
    guide_texts,
    help_texts,
    home_texts,
    interpreter_texts,
    join_texts,
    listen_texts,
    look_texts,
    loss_texts,
    morning_texts,
    move_texts,
    mydata_texts,
    note_texts,
    notice_letters,
    notice_sending_texts,
    notice_texts,
    occasion_texts,
    outcome_texts,
    page_edit_texts,
    pause_texts,
    place_edit_texts,
    place_field_texts,
    place_texts,
    plan_texts,
    poster_texts,
    proposal_texts,
    public_words,
    quarter_texts,
    reason_texts,
    recording_texts,
    registering_texts,
    research_texts,
    series_texts,
    signup_texts,
    slip_texts,
    staff_calendar_texts,
    staff_pages,
    staff_texts,
    team_texts,
    texts,
    thread_texts,
    times_texts,
    translating_texts,
    visit_texts,
    whats_on_texts,
    yearly_texts,
)
from messaging.i18n import Languages, Tongue, load_languages
from messaging.isolates import FSI, LRI, PDI
from messaging.keyboards import MOST_BUTTONS
from messaging.plain import markup_fault, plain, utf16_units
from programme.people import Role, StaffMember
from tests.messaging import (
    activity_edit_samples,
    bookings,
    calendars,
    desk_samples,
    note_samples,
    notice_samples,
    page_edit_samples,
    pages,
    place_edit_samples,
    place_samples,
    recording_samples,
    registering,
    report_samples,
    samples,
    signups,
    team,
    trust,
    whats_on_samples,
    wishes,
    yearly_samples,
)
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right, without_isolates

# Parts of sentences and rows: not sent by themselves.
_PARTS = {
    *("missed_rows", "time_rows", "booked_rows", "other_place_button", "menu_buttons"),
    *("theme", "together", "place", "people", "who", "at", "menu_rows", "tip_rows", "visit_rows"),
    *("offer_rows", "undo_rows", "paged", "more_button", "back_button", "undo_button"),
    *("start_again_button", "loss_button", "family_button", "called", "some_children"),
    *("why_question", "tell_button", "staff_button"),
    *("ask_buttons", "not_held_button", "was_held_button", "to_ticks"),
    *("back_rows", "page_rows", "rest_rows", "role_name", "cancel_button", "step_back_button"),
    *(
        "area_label",
        "hours",
        "how_to_write",
        "whats_on_button",
        "entry",
        "pin",
        *place_edit_samples.PARTS,
        *activity_edit_samples.PARTS,
        *recording_samples.PARTS,
    ),
    *bookings.PARTS,
    *calendars.PARTS,
    *trust.PARTS,
    *signups.PARTS,
    *notice_samples.PARTS,
    *note_samples.PARTS,
    *yearly_samples.PARTS,
    *("main_rows", "week_rows", "day_rows", "off_rows", "busy_rows", "collision_lines"),
    *("area_label", "parent_link_button", "family_page_buttons"),
    *("poster_button", "asked_button", "to_area_button", "answer_rows", "one_waits"),
    *("ask_due", "list_months", "ask_summer", "first_month", "first_months", "last_month"),
    *("last_months",),
    *("ask_born", "born_month", "due_month", "born_months", "due_months"),  # pickers: test_pickers
    *("guide_button", "talk_button", "morning_button", "help_button", "checklist_buttons"),
    *("interpreter_button", "is_booked_button", "who_is_ill_button", "translations_button"),
    *("two_homes_button", "other_parent_rows", "more_button_of", "parent_name"),
    *("confirm_button", "rest_button", "resume_button"),
}
_MARKS = "\u202a\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_BREAKS = "\u2028\u0085\r\n\x0b\x1c"
_HOSTILE = st.text(min_size=1, max_size=40) | st.text(
    f"<>&;{{}}{_MARKS}{_BREAKS} 1a\u0628", min_size=1, max_size=20
)
_TONGUES = list(load_languages())


def test_every_message_there_is_is_among_the_samples():
    made = {
        function
        for module in (
            calendar_texts,
            staff_calendar_texts,
            day_texts,
            door_texts,
            join_texts,
            reason_texts,
            family_texts,
            consent_texts,
            exit_texts,
            mydata_texts,
            guide_texts,
            help_texts,
            home_texts,
            thread_texts,
            absence_texts,
            interpreter_texts,
            texts,
            visit_texts,
            look_texts,
            loss_texts,
            morning_texts,
            move_texts,
            staff_texts,
            staff_pages,
            times_texts,
            series_texts,
            booking_texts,
            booked_texts,
            slip_texts,
            pause_texts,
            page_edit_texts,
            place_edit_texts,
            activity_field_texts,
            activity_texts,
            occasion_texts,
            outcome_texts,
            place_field_texts,
            place_texts,
            plan_texts,
            proposal_texts,
            public_words,
            recording_texts,
            research_texts,
            listen_texts,
            area_texts,
            audience_texts,
            note_texts,
            notice_letters,
            notice_sending_texts,
            notice_texts,
            poster_texts,
            registering_texts,
            signup_texts,
            team_texts,
            translating_texts,
            whats_on_texts,
            yearly_texts,
            quarter_texts,
        )
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if next(iter(inspect.signature(function).parameters), "") == "t" and name not in _PARTS
    }
    assert made == {
        *samples.ANSWERS,
        *pages.FUNCTIONS,
        *page_edit_samples.MADE,
        *desk_samples.MADE,
        *yearly_samples.MADE,
        *recording_samples.MADE,
    }


def test_telegram_can_read_every_text(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        assert markup_fault(message.text) is None, (t.code, name)
        assert 0 < utf16_units(message.text) <= 4096, (t.code, name)


def test_every_value_is_isolated_within_its_line(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        assert isolates_fault(message.text) is None, (t.code, name)


def test_no_placeholder_is_left_over(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        assert not {"{", "}"} & set(message.text), (t.code, name)


def test_every_line_from_right_to_left_begins_with_a_letter_of_that_direction(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        if t.rtl:
            for line in plain(message.text).split("\n"):
                assert not line or runs_from_the_right(line), (name, line)


def test_every_label_runs_in_the_direction_of_its_language(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        for row in message.rows:
            for button in row:
                has_letters = any(c.isalpha() for c in button.text)  # 👍 has no direction
                assert runs_from_the_right(button.text) == (t.rtl and has_letters), name
                assert isolates_fault(button.text) is None
                assert html.unescape(button.text) == button.text  # plain text, not HTML


def test_at_most_three_buttons_stand_under_a_message(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        if not name.startswith(
            (
                "choose_quiet_days",
                *team.STAFF_NAMES,
                *registering.STAFF_NAMES,
                *calendars.STAFF_NAMES,
                *place_edit_samples.STAFF_NAMES,
                *desk_samples.STAFF_NAMES,
                *activity_edit_samples.STAFF_NAMES,
                *signups.STAFF_NAMES,
                *recording_samples.STAFF_NAMES,
                *notice_samples.STAFF_NAMES,
                *note_samples.STAFF_NAMES,
                *yearly_samples.STAFF_NAMES,
                *report_samples.STAFF_NAMES,
                "notice_language",
                "ask_staff",
                "pages_",
            )
        ):  # seven days; staff
            assert sum(map(len, message.rows)) <= MOST_BUTTONS, (t.code, name)
        if t.one_per_row:
            assert all(len(row) == 1 for row in message.rows if _has_words(row)), (t.code, name)


def _has_words(row) -> bool:
    return any(c.isalpha() for button in row for c in button.text)


def test_no_language_says_it_in_english(languages: Languages):
    english = {name: m.text for name, m in samples.everything(languages.get("en")).items()}
    for t, name, message in samples.everywhere(languages):
        if t.code != "en":
            assert message.text != english[name], (t.code, name)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_screen_on_the_way_in_has_at_most_sixty_words(code, languages: Languages):
    t = languages.get(code)
    screens = {name: m for name, m in samples.answered(t).items() if _is_on_the_way_in(name)}
    assert len(screens) > 15
    for name, message in screens.items():
        assert len(plain(message.text).split()) <= 60, name


def test_a_screen_on_which_a_parent_decides_has_at_most_sixty_words(languages: Languages):
    decided = {
        function.__name__
        for each in (wishes, place_samples, whats_on_samples, signups)
        for function in each.ANSWERS
        if function.__name__ not in signups.STAFF_NAMES
    }
    letters = {name for name, _ in wishes.parcels()}
    for t, name, message in samples.everywhere(languages):
        if name in letters or name.split(maxsplit=1)[0] in decided:
            assert len(plain(message.text).split()) <= 60, (t.code, name, message.text)


def _is_on_the_way_in(name: str) -> bool:
    return hasattr(join_texts, name.split(maxsplit=1)[0])


def test_an_answer_to_a_press_fits_into_its_bubble(languages: Languages):
    for t in languages:
        assert len(texts.old_button(t)) <= 200


def test_digits_are_the_ones_on_letters_and_trams(languages: Languages):
    for t, name, message in samples.everywhere(languages):
        digits = {c for c in message.text if c.isdigit()}
        assert digits <= set("0123456789"), (t.code, name)


def test_the_eye_sees_every_value_in_its_order_in_arabic(languages: Languages):
    seen_one = False
    for name, message in samples.everything(languages.get("ar")).items():
        for line in plain(message.text).split("\n"):
            seen = get_display(line, base_dir="R")
            for value in _signs_and_names(line):
                seen_one = True
                assert value in without_isolates(seen), (name, line)
    assert seen_one


def _signs_and_names(line: str) -> list[str]:
    """The isolated values that hold no Arabic: the eye must find them as they were written."""
    parts = [part.split(PDI)[0] for part in line.replace(FSI, LRI).split(LRI)[1:]]
    return [part for part in parts if part and not any("\u0600" <= c <= "\u06ff" for c in part)]


@pytest.mark.parametrize("t", _TONGUES, ids=lambda t: t.code)
@settings(max_examples=40, deadline=None)
@given(name=_HOSTILE, employer=_HOSTILE)
def test_no_name_breaks_a_text(t: Tongue, name: str, employer: str):
    staff = (StaffMember(id=1, name=name, role=Role.NURSE), samples.SUPPORTER)
    called = [
        *(samples.letters.render(p, t, samples.STOCKHOLM).text for p in _some_parcels(staff)),
        join_texts.trust_note(t, employer),
        texts.error(t, employer),
    ]
    usual = [
        *(
            samples.letters.render(p, t, samples.STOCKHOLM).text
            for p in _some_parcels(samples.STAFF)
        ),
        join_texts.trust_note(t, "Bo"),
        texts.error(t, "112"),
    ]
    for text, tame in zip(called, usual, strict=True):
        assert markup_fault(text) is None
        assert isolates_fault(text) is None
        assert len(text.splitlines()) == len(tame.splitlines())


def _some_parcels(staff: tuple[StaffMember, ...]):
    return [parcel for name, parcel in samples.parcels(staff) if name.endswith(("home", "merged"))]
