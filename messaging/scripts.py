"""All that is to be recorded in one language, in the order in which one records it (mission F5)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from messaging import (
    join_texts,
    spoken_dates,
    staff_texts,
    visit_letters,
    visit_speech,
    wish_letters,
)
from messaging.guide import Page, text_as_html
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message
from messaging.sentences import age_text
from messaging.speech import Group, Script, aloud, with_buttons
from messaging.tip_texts import EARLY_TEXTS, STRENGTH_TEXTS, TIP_TEXTS
from messaging.visit_texts import missed_rows
from programme.kinds import Kind
from programme.letters import (
    EarlyTipLetter,
    Letter,
    OfferLetter,
    StrengthLetter,
    TipLetter,
    VisitMissed,
)
from programme.localtime import STOCKHOLM
from programme.people import Meeting
from programme.visits import VISITS

PATH, PAGE = "path", "page"
AGE_SORTS = {Kind.EARLY_TIP: "early", Kind.TIP: "tip", Kind.STRENGTH: "strength"}
_AGE_CODES = {
    Kind.EARLY_TIP: EARLY_TEXTS,
    Kind.TIP: TIP_TEXTS,
    Kind.STRENGTH: STRENGTH_TEXTS,
}
_ANY = datetime(2027, 3, 4, tzinfo=UTC)


def wanted(t: Tongue, languages: Languages, pages: Sequence[Page]) -> list[Script]:
    """Every recording of that language; `pages`: the guide as it reads now."""
    found = [*way_in(t, languages), *visit_speech.wanted(t), *spoken_dates.wanted(t.traits)]
    found += [of_age(t, kind, code) for kind, codes in _AGE_CODES.items() for code in codes]
    return [*found, *(of_page(t, page) for page in pages)]


def script_for(t: Tongue, languages: Languages, pages: Sequence[Page], key: str) -> Script | None:
    """What that recording is to say now; None if nobody hears it any more."""
    return next((each for each in wanted(t, languages, pages) if each.key == key), None)


@cache
def way_in(t: Tongue, languages: Languages) -> tuple[Script, ...]:
    """The first path, from the choice of language to the offer of the first visit."""
    texts = {
        "language": _language(t, languages),
        **{code: with_buttons(t, said) for code, said in _screens(t).items()},
        **{f"offer{each.number}": _offer(t, each.number) for each in VISITS},
        "missed": _missed(t),
        "answers": visit_speech.answers(t).words,
        "answers_times": visit_speech.answers_to_times(t).words,
    }
    found = (Script(f"{PATH}:{code}", Group.WAY_IN, words) for code, words in texts.items())
    return tuple(found)


def _screens(t: Tongue) -> dict[str, Message]:
    """The messages on the way in, by the codes of their recordings."""
    return {
        "consent": join_texts.ask_consent(t),
        "no": Message(join_texts.consent_no(t)),
        "eligible": join_texts.ask_eligible(t),
        "role": join_texts.ask_role(t),
        "waits": Message(join_texts.waits_for_yes(t)),
        "welcome": Message(join_texts.welcome(t)),
        "expecting": join_texts.welcome_expecting(t),
        "trust": Message(join_texts.trust_note(t)),
        "invitation": Message(staff_texts.invitation(t)),
    }


def screen(text: str, languages: Languages) -> tuple[str, Script] | None:
    """Which recording speaks that message on the way in, and its language; None if none does."""
    found = _by_text(languages)
    return found.get(text) or found.get(_outline(text))


@cache
def _by_text(languages: Languages) -> dict[str, tuple[str, Script]]:
    found = {}
    for t in languages:
        scripts = {each.key: each for each in way_in(t, languages)}
        for code, said in _screens(t).items():
            found[said.text] = (t.code, scripts[f"{PATH}:{code}"])
        # Who employs the parent supporter is only written: it differs by area.
        trust = join_texts.trust_note(t)
        found[_outline(trust)] = found[trust]
    return found


def _outline(text: str) -> str:
    """What a text has in common with itself when one line of it says a little more."""
    first, *more = text.split("\n")
    return f"{first}\n{len(more)}"


def choice(t: Tongue, languages: Languages) -> Script:
    """How the choice of language offers this one, before anybody has chosen."""
    return Script(f"{PATH}:language", Group.WAY_IN, _language(t, languages))


def _language(t: Tongue, languages: Languages) -> str:
    # Translators: read aloud before a language is chosen. Name your own language, not English.
    text = t.gettext("Do you want me to write in English? Press button {n}.")
    return aloud(t.fill(text, n=languages.codes.index(t.code) + 1))


def _offer(t: Tongue, visit: int) -> str:
    letter = OfferLetter(key="", at=_ANY, not_after=_ANY, family_id=0, child_id=0, visit=visit)
    text = wish_letters.body(letter, t, STOCKHOLM)
    return with_buttons(t, Message(text or "", wish_letters.rows(letter, t, STOCKHOLM)))


def _missed(t: Tongue) -> str:
    text = visit_letters.missed(t)
    return with_buttons(t, Message(text, missed_rows(t, 1, Meeting.VISIT)))


def of_age(t: Tongue, kind: Kind, code: str) -> Script:
    """A tip or an idea; NoText for an unknown code."""
    return Script(f"{AGE_SORTS[kind]}:{code}", Group.TIPS, aloud(age_text(kind, code, t)))


def is_spoken(letter: Letter) -> bool:
    """Whether there can be a recording of that letter in any language."""
    if isinstance(letter, VisitMissed):
        return letter.meeting is Meeting.VISIT
    return isinstance(letter, TipLetter | StrengthLetter | EarlyTipLetter | OfferLetter)


def of_letter(letter: Letter, t: Tongue) -> Script | None:
    """The recording that speaks all of that letter; None if there is no such one."""
    if not is_spoken(letter):
        return None
    match letter:
        case TipLetter() | StrengthLetter() | EarlyTipLetter():
            return of_age(t, letter.kind, letter.code)
        case OfferLetter():
            words = _offer(t, letter.visit)
            return Script(f"{PATH}:offer{letter.visit}", Group.WAY_IN, words)
        case VisitMissed():
            return Script(f"{PATH}:missed", Group.WAY_IN, _missed(t))
        case _:
            return None


def of_page(t: Tongue, page: Page) -> Script:
    """A page of the guide: its title, then what it says."""
    title = aloud(text_as_html(page.title, t.rtl))
    return Script(f"{PAGE}:{page.code}", Group.GUIDE, f"{title}\n\n{aloud(page.html)}")
