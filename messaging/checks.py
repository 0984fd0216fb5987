"""Everything that can be wrong with words before anybody reads them, one line per fault.

`lotsen check` prints it. Nothing is mended here; `catalogues.py` brings new texts in.
"""

from collections.abc import Callable, Iterator
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from messaging import callbacks, help_faults, page_faults
from messaging.catalogues import extract
from messaging.commands import COMMANDS
from messaging.errors import BadLanguage
from messaging.i18n import LOCALES, language_folders, read_catalogue, translated
from messaging.language import Traits, read_traits
from messaging.reason_texts import REASONS
from messaging.text_faults import Form, faults_of
from messaging.tip_texts import BOKSTART_TEXTS, EARLY_TEXTS, STRENGTH_TEXTS, TIP_TEXTS
from programme.kinds import Kind
from programme.people import Choice
from programme.strengths import STRENGTHS_BY_CODE
from programme.tips import BOKSTART, EARLY_TIPS, TIPS_BY_CODE

_NUMBERS = range(1001)  # enough to meet every plural form there is, but those of millions
_LONGEST_DESCRIPTION = 256  # of a command, in Telegram's menu
_BIGGEST_ID = 2**63 - 1
_SHOWN = 50  # signs of a text that are enough to find it


def faults(folder: Path = LOCALES) -> list[str]:
    """One line per fault in the languages of that folder and in what they must cover."""
    template = extract()
    found = [line for each in language_folders(folder) for line in _language(each, template)]
    return [
        *found,
        *page_faults.faults(folder),
        *help_faults.faults(folder),
        *_text_tables(),
        *_buttons(),
    ]


def _language(folder: Path, template: Catalog) -> Iterator[str]:
    try:
        traits = read_traits(folder)
        catalogue = read_catalogue(folder, traits)
    except BadLanguage as error:
        yield str(error)
        return
    if fault := _plural_fault(traits, catalogue):
        yield f"{traits.code}: {fault}"
        return
    for fault in (*_presence(catalogue, template), *_wording(traits, catalogue, template)):
        yield f"{traits.code}: {fault}"


def _plural_fault(traits: Traits, catalogue: Catalog) -> str | None:
    """Whether the catalogue's plural rule makes other groups of numbers than the language does."""
    try:
        rule = c2py(catalogue.plural_expr)
    except ValueError as error:
        return f"Plural-Forms: {error}"
    groups = {(traits.babel.plural_form(n), rule(n)) for n in _NUMBERS}
    forms = {form for _, form in groups}
    if len(groups) == len(forms) == catalogue.num_plurals:
        return None
    return f"Plural-Forms: {catalogue.num_plurals} forms do not fit the language's numbers"


def _presence(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Texts that are missing, only guessed, or no longer said."""
    for wanted in _texts(template):
        message = catalogue.get(wanted.id)
        if message is None or not translated(message):
            yield f"missing: {_shown(wanted)}"
        elif message.fuzzy:
            yield f"fuzzy: {_shown(wanted)}"
    gone = [message for message in _texts(catalogue) if template.get(message.id) is None]
    for message in (*gone, *catalogue.obsolete.values()):
        yield f"obsolete: {_shown(message)}"


def _wording(traits: Traits, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Faults inside the texts that are there."""
    for message in _texts(catalogue):
        wanted = template.get(message.id)
        if wanted is None or not translated(message):
            continue
        if isinstance(wanted.id, str) == isinstance(message.string, tuple | list):
            yield f"one form where there should be several, or several for one: {_shown(wanted)}"
            continue
        for form in _forms(message, catalogue):
            for fault in faults_of(form, traits.rtl):
                yield f"{fault}: {_shown(message)}"
        if isinstance(message.id, str) and message.id in COMMANDS.values():
            yield from _description(str(message.string))


def _forms(message: Message, catalogue: Catalog) -> list[Form]:
    if isinstance(message.id, str):
        return [Form(english=message.id, words=str(message.string))]
    rule = c2py(catalogue.plural_expr)
    used = [rule(n) for n in _NUMBERS]
    return [
        Form(english=message.id[1], words=words, one_number=used.count(index) == 1)
        for index, words in enumerate(message.string or ())
    ]


def _description(words: str) -> Iterator[str]:
    if len(words) > _LONGEST_DESCRIPTION:
        yield f"a command's description is longer than {_LONGEST_DESCRIPTION}: {words[:_SHOWN]}"


def _texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _shown(message: Message) -> str:
    english = message.id if isinstance(message.id, str) else message.id[0]
    return repr(english[:_SHOWN])


def _text_tables() -> Iterator[str]:
    """Tips and ideas without words, words without a tip, and codes that are used twice."""
    for name, planned, written in (
        ("tip", TIPS_BY_CODE, TIP_TEXTS),
        ("idea", STRENGTHS_BY_CODE, STRENGTH_TEXTS),
        ("offer of the library", {code: code for code in BOKSTART}, BOKSTART_TEXTS),
        ("early tip", {tip.code: tip for tip in EARLY_TIPS}, EARLY_TEXTS),
    ):
        for code in sorted(planned.keys() - written.keys()):
            yield f"the {name} {code!r} has no text"
        for code in sorted(written.keys() - planned.keys()):
            yield f"a text for the {name} {code!r}, which is not planned"
    for code in sorted(TIPS_BY_CODE.keys() & STRENGTHS_BY_CODE.keys()):
        yield f"{code!r} is a tip and an idea: buttons could not tell them apart"


def _buttons() -> Iterator[str]:
    """Buttons whose data would not fit with the biggest ids."""
    for pack in _fullest():
        try:
            pack()
        except ValueError as error:
            yield f"a button: {error}"


def _fullest() -> Iterator[Callable[[], str]]:
    big = _BIGGEST_ID
    for code in (*TIPS_BY_CODE, *STRENGTHS_BY_CODE, *EARLY_TEXTS):
        yield callbacks.Why(code=code, child=big).pack
        yield callbacks.Vote(code=code, child=big, useful=False).pack
        yield callbacks.MoreOnTip(code=code, child=big).pack
        for kind in Kind:
            yield callbacks.Skip(kind=kind, number=big, code=code, on=True).pack
    for code in REASONS:
        yield callbacks.Reason(area=big, code=code).pack
    for choice in Choice:
        yield callbacks.VisitAnswer(booking=big, revision=10**6, choice=choice).pack
    yield callbacks.MoreReasons(area=big, page=len(REASONS)).pack
    yield callbacks.AreaAnswer(asked=big, yes=False).pack
    yield callbacks.StaffAct(family=big, act=callbacks.ACT_BORN_YESTERDAY).pack
    yield callbacks.StaffLiving(family=big, living=big).pack
    yield callbacks.StaffLivingUndo(family=big, silenced=big).pack
    yield callbacks.StaffMove(family=big, area=big).pack
