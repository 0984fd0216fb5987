"""What native readers read and sign: a family's messages in their order, then everything else."""

from dataclasses import replace
from datetime import date

from messaging.i18n import Languages
from messaging.review import Part, Reading, Row, others
from programme.ages import months_old
from programme.kinds import Rules
from programme.people import Family
from services.timeline import Entry, timeline


def review(
    family: Family, languages: Languages, rules: Rules, until: date | None, whole: bool
) -> list[Part]:
    """The timeline in every language; `whole`: and each text that is not in it."""
    reading = Reading(languages)
    found = _told(family, reading.listened(), rules, until)
    return [found, *(others(languages, reading.seen) if whole else ())]


def _told(family: Family, languages: Languages, rules: Rules, until: date | None) -> Part:
    parent = family.guardians[0]
    by_language = [
        timeline(
            replace(family, guardians=(replace(parent, language=code),)), languages, rules, until
        )
        for code in languages.codes
    ]
    born = family.children[0].born
    rows = tuple(_row(entries, born) for entries in zip(*by_language, strict=True))
    return Part(f"What a family gets, in its order: a child born on {born}", rows)


def _row(entries: tuple[Entry, ...], born: date | None) -> Row:
    first = entries[0]
    label = [f"{first.at:%a %Y-%m-%d %H:%M}", first.kind.replace("_", " ")]
    if born:
        label.insert(1, _age(born, first.at.date()))
    label += [part for part in first.key.split(":")[1:] if part.isidentifier()]  # no numbers
    return Row("\n".join(label), tuple(map(_whole, entries)))


def _age(born: date, on: date) -> str:
    months = months_old(born, on)
    if not months:
        return f"{(on - born).days} days"
    return "1 month" if months == 1 else f"{months} months"


def _whole(entry: Entry) -> str:
    """The text, and its buttons in brackets; a picture on a button needs no reader."""
    labels = [label for label in entry.buttons if any(sign.isalpha() for sign in label)]
    return "\n".join([entry.text, *(f"[{label}]" for label in labels)])
