import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from aiogram.filters.callback_data import CallbackData

import messaging
from messaging.callbacks import (
    AwayUndo,
    ChooseLanguage,
    Consent,
    MoreOnTip,
    MoreReasons,
    Offer,
    OfferWish,
    Reason,
    Skip,
    Until,
    VisitAnswer,
    VisitNo,
    Vote,
    Why,
)
from messaging.commands import COMMANDS, commands
from messaging.i18n import Languages
from messaging.join_texts import ask_consent, ask_eligible, ask_reason, language_rows
from messaging.keyboards import (
    Button,
    File,
    FileKind,
    Keys,
    Message,
    for_aiogram,
    for_push,
    in_pairs,
    keys_for_aiogram,
    lay_out,
    one_each,
    parts,
)
from messaging.plain import utf16_units
from messaging.reason_texts import REASONS
from programme.kinds import Kind
from programme.people import Choice

BIG = 2**31 - 1  # no button of ours counts further


def buttons(*labels: str) -> list[Button]:
    return [Button(label, f"d:{n}") for n, label in enumerate(labels)]


def test_short_labels_stand_side_by_side():
    assert len(lay_out(buttons("Yes", "No"), one_per_row=False)) == 1


def test_a_long_label_gets_a_row_of_its_own():
    assert [len(row) for row in lay_out(buttons("Yes", "Stop messages"), False)] == [1, 1]


def test_a_language_may_want_one_button_per_row():
    assert [len(row) for row in lay_out(buttons("Yes", "No"), one_per_row=True)] == [1, 1]


def test_a_fourth_button_is_refused():
    with pytest.raises(ValueError, match="3 is the most"):
        lay_out(buttons(*"abcd"), one_per_row=True)


def test_the_choice_of_language_shows_them_all(languages: Languages):
    rows = language_rows(languages)
    assert [button.text for (button,) in rows] == [t.own_name for t in languages]
    assert [ChooseLanguage.unpack(b.data).code for (b,) in rows] == list(languages.codes)


def test_both_libraries_get_the_sameall_buttons():
    rows = lay_out(buttons("Yes", "No"), one_per_row=False)
    markup = for_aiogram(rows)
    assert markup is not None
    assert markup.model_dump(exclude_none=True) == for_push(rows)
    assert for_push(rows) == {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "d:0"}, {"text": "No", "callback_data": "d:1"}]
        ]
    }


def test_keys_ask_for_the_position_once_and_empty_ones_take_them_away():
    asked = keys_for_aiogram(Keys("Here", "Not now")).model_dump(exclude_none=True)
    assert asked == {
        "keyboard": [[{"text": "Here", "request_location": True}], [{"text": "Not now"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert keys_for_aiogram(Keys()).model_dump(exclude_none=True) == {"remove_keyboard": True}


def test_no_buttons_are_no_keyboard():
    assert lay_out([], one_per_row=False) == one_each([]) == Message("x").rows == ()
    assert for_aiogram(()) is None
    assert for_push(()) is None


@pytest.mark.parametrize(
    "full",
    [
        VisitAnswer(booking=BIG, revision=10**6, choice=Choice.OTHER_TIME),
        Why(code="everyday_helper", child=BIG),
        Reason(area=BIG, code="language"),
        MoreReasons(area=BIG, page=2),
        ChooseLanguage(code="sv"),
        Consent(yes=False),
        Skip(kind=Kind.VISIT_OFFER, number=BIG, code="expecting_welcome", on=False),
        Vote(code="hands_and_clapping", child=BIG, useful=False),
        MoreOnTip(code="hands_and_clapping", child=BIG),
        Until(away=True, last_day="2027-03-28"),
        AwayUndo(rest=BIG),
        VisitNo(booking=BIG, every=True),
        Offer(visit=6, wish=OfferWish.NOT_THIS),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_full_button_fits_and_comes_back_as_it_was(full):
    packed = full.pack()
    assert len(packed.encode()) <= 64
    assert type(full).unpack(packed) == full


def test_no_two_kinds_of_button_share_a_prefix():
    kinds = list(all_buttons())
    assert len({kind.__prefix__ for kind in kinds}) == len(kinds) > 20


def all_buttons() -> Iterator[type[CallbackData]]:
    """Those of `callbacks.py` and of every task's own `…_buttons.py`."""
    names = [each.name for each in pkgutil.iter_modules(messaging.__path__)]
    for name in ("callbacks", *(each for each in names if each.endswith("_buttons"))):
        module = importlib.import_module(f"messaging.{name}")
        for kind in vars(module).values():
            if _is_button(kind) and kind.__module__ == module.__name__:
                yield kind


def _is_button(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, CallbackData)


@pytest.mark.parametrize("forged", ["v:1:2", "v:1:2:perhaps", "v:x:2:yes", "v:1:2:yes:3", "w", ""])
def test_a_forged_button_is_refused(forged):
    with pytest.raises((ValueError, TypeError)):
        VisitAnswer.unpack(forged)


def test_yes_and_no_stand_side_by_side_where_they_are_short(languages: Languages):
    swedish, arabic = languages.get("sv"), languages.get("ar")
    assert [len(row) for row in ask_eligible(swedish).rows] == [2]
    assert [len(row) for row in ask_eligible(arabic).rows] == [1, 1]
    assert [b.text for (b,) in ask_consent(swedish).rows] == ["Ja, det går bra", "Nej tack"]


def test_more_leads_through_every_reason_once(languages: Languages):
    english, page, seen = languages.get("en"), 0, []
    for _ in range(len(REASONS)):
        shown = [button.data for row in ask_reason(english, 3, page).rows for button in row]
        seen += [Reason.unpack(data).code for data in shown if data.startswith("r:")]
        more = [MoreReasons.unpack(data) for data in shown if data.startswith("rm:")]
        if not more:
            break
        page = more[0].page
    assert seen == list(REASONS)


@pytest.mark.parametrize("page", [-5, 99])
def test_a_forged_page_of_reasons_shows_a_page(page, languages: Languages):
    assert ask_reason(languages.get("en"), 3, page).rows


def test_every_language_describes_every_command(languages: Languages):
    for t in languages:
        described = commands(t)
        assert [name for name, _ in described] == list(COMMANDS)
        assert all(1 <= len(text) <= 256 for _, text in described)


def test_a_long_list_stands_in_pairs_in_its_order_where_both_labels_are_short():
    names = ("To book", "To phone", "A label that needs its own row", "Answers", "Families", "More")
    buttons = [Button(name, name) for name in names]
    shown = [[each.text for each in row] for row in in_pairs(buttons, one_per_row=False)]
    assert shown == [[names[0], names[1]], [names[2]], [names[3], names[4]], [names[5]]]
    assert in_pairs(buttons, one_per_row=True) == one_each(buttons)


@pytest.mark.parametrize("units", [1023, 1024, 1025, 4095, 4096, 4097])
def test_length_is_counted_as_telegram_counts_it(units):
    text = "\N{BABY}" * (units // 2) + "x" * (units % 2)  # two units each
    marked = f"<b>{text}</b>"
    assert utf16_units(marked) == units
    said = parts(Message(marked, file=File(FileKind.DOCUMENT, "a.pdf", b"")))
    assert len(said) == (1 if units <= 1024 else 2)  # above, the file goes ahead


@pytest.mark.parametrize("size", [63, 64, 65])
def test_a_button_is_measured_in_bytes(size):
    inside = size - len("l:")
    button = ChooseLanguage(code="\u05d0" * (inside // 2) + "x" * (inside % 2))  # two bytes each
    if size <= 64:
        assert len(button.pack().encode()) == size
    else:
        with pytest.raises(ValueError, match="64"):
            button.pack()
