"""The yearly follow-up in words: what the figures say, its blocks to copy, and as a file (I5).

The blocks are in Swedish, whoever reads this: it is those who receive them that must understand.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from messaging.activity_lines import kind_name
from messaging.i18n import Tongue
from messaging.isolates import Ready, unmarked
from messaging.keyboards import Button, File, FileKind, Message, one_each
from messaging.note_buttons import FollowUp
from messaging.note_texts import heading_name, lines_button
from messaging.outcome_texts import OFFERS
from messaging.plain import plain
from messaging.template import questions
from programme.activities import ActivityKind
from programme.cooperation import first_day
from programme.follow_up import Offer
from programme.headings import Heading
from programme.periods import Period
from programme.yearly import MOST, Block, Figures, blocks

_ROOM = 2500  # signs for what did not fit, in a message that may have 4,096


def made(sv: Tongue, figures: Figures, lines: Iterable[tuple[Heading, str]]) -> list[Block]:
    """Every block: what the figures say, then the lines; `sv` is the Swedish voice."""
    return list(blocks([*_said(sv, figures), *lines]))


def _said(sv: Tongue, figures: Figures) -> Iterator[tuple[Heading, str]]:
    """What cooperation added, in sentences that stand under their heading (domain.md T3)."""
    for heading, text in _sentences(sv, figures):
        yield heading, bare(text)


def bare(text: str) -> str:
    """The text as it may be pasted into a form: no tags, no direction marks."""
    return unmarked(plain(text))


def _sentences(sv: Tongue, figures: Figures) -> Iterator[tuple[Heading, Ready]]:
    if figures.visits:
        # Translators: this and the next ones are sentences of the yearly follow-up.
        text = sv.gettext("Extended home visits done: {n}.")
        yield Heading.PRIORITY, sv.fill(text, n=figures.visits)
    if figures.joined:
        text = sv.gettext("Parents who joined the chat, by language: {list}.")
        yield Heading.PRIORITY, sv.fill(text, list=languages_listed(sv, figures.joined))
    if figures.attended:
        text = sv.gettext("How often families came to joint activities: {list}.")
        yield Heading.ACTIVITIES, sv.fill(text, list=kinds_listed(sv, figures.attended))
    if figures.guided:
        text = sv.gettext("At home visits families were shown the way to: {list}.")
        yield Heading.ACTIVITIES, sv.fill(text, list=offers_listed(sv, figures.guided))
    yield from _gains(sv, figures)


def _gains(sv: Tongue, figures: Figures) -> Iterator[tuple[Heading, Ready]]:
    if figures.visits and figures.both_staff:
        text = sv.gettext("Nurse and parent supporter came together to {n} of {all} home visits.")
        yield Heading.GAINS, sv.fill(text, n=figures.both_staff, all=figures.visits)
    if figures.other_parent:
        text = sv.gettext("Families in which the other parent took part for the first time: {n}.")
        yield Heading.GAINS, sv.fill(text, n=figures.other_parent)
    if figures.all_six:
        text = sv.gettext("Children whose six home visits were all done: {n}.")
        yield Heading.GAINS, sv.fill(text, n=figures.all_six)
    if figures.series:
        text = sv.gettext("Families that came to every meeting of a series: {list}.")
        yield Heading.GAINS, sv.fill(text, list=kinds_listed(sv, figures.series))


def kinds_listed(t: Tongue, found: Iterable[tuple[str, int]]) -> Ready:
    """Counts by kind of activity, in words."""
    return _listed(t, [(kind_name(t, ActivityKind(code)), n) for code, n in found])


def languages_listed(t: Tongue, found: Iterable[tuple[str, int]]) -> Ready:
    """Counts by language, in words."""
    return _listed(t, [(t.language_name(code), n) for code, n in found])


def offers_listed(t: Tongue, found: Iterable[tuple[str, int]]) -> Ready:
    """Counts by what families were shown the way to, in words."""
    return _listed(t, [(t.gettext(OFFERS[Offer(code)]), n) for code, n in found])


def _listed(t: Tongue, found: Iterable[tuple[str, int]]) -> Ready:
    # Translators: one part of a list: a language, an activity; and how many.
    text = t.gettext("{what} {n}")
    return t.listing([t.fill(text, what=what, n=n) for what, n in found])


def overview(
    t: Tongue,
    year: int,
    made: Sequence[Block],
    months: Period | None,
    ready: date | None,
    content: str,
) -> Message:
    """What follows, what is still empty, and everything as a file.

    `months`: of which the figures are; `ready`: the day from which they are those of the whole
    year; None: they are.
    """
    text = t.gettext("The yearly follow-up of {year}. Each message is one text: press it to copy.")
    lines: list[str] = [t.fill(text, year=str(year))]
    lines.append(t.gettext("Figures under five are hidden: they could tell of somebody."))
    if months and ready:
        text = t.gettext("The figures are those from {first} to {last}.")
        ends = (months.first, months.last)
        first, last = (t.month(first_day(each), alone=False) for each in ends)
        lines.append(t.fill(text, first=first, last=last))
    if ready:
        text = t.gettext("The figures of the whole year are ready on {date}.")
        lines.append(t.fill(text, date=t.date(ready, with_year=True)))
    empty = [heading_name(t, each.heading) for each in made if not each.text]
    if empty:
        text = t.gettext("Nothing stands under these headings yet: {headings}")
        lines.append(t.fill(text, headings=t.listing(empty)))
    rows = one_each([lines_button(t), Button(t.gettext("Back"), FollowUp().pack())])
    file = File(FileKind.DOCUMENT, f"lotsen-{year}.txt", content.encode())
    return Message("\n\n".join(lines), rows, file=file)


def block_message(t: Tongue, block: Block) -> Message:
    """One block, ready to copy, and what did not fit."""
    # Translators: the size of a text that may have so many letters at most.
    text = t.gettext("{heading}. {n} of {most} letters.")
    name = heading_name(t, block.heading)
    lines: list[str] = [t.fill(text, heading=name, n=block.count, most=MOST)]
    lines.append(f"<pre>{html.escape(block.text, quote=False)}</pre>")
    if block.left_out:
        lines.append(t.gettext("This did not fit. All of it stands in the file:"))
        lines.append(f"<pre>{html.escape(_some(block.left_out), quote=False)}</pre>")
    return Message("\n".join(lines))


def _some(lines: Sequence[str]) -> str:
    """As many of the lines as fit into a message."""
    text = "\n".join(lines)
    return text if len(text) <= _ROOM else text[:_ROOM].rsplit(maxsplit=1)[0] + " …"


def as_text(sv: Tongue, year: int, made: Sequence[Block]) -> str:
    """All blocks under the template's own words, in Swedish: to print, or to keep."""
    # Translators: the first line of a file that goes to Swedish authorities.
    parts = [bare(sv.fill(sv.gettext("Yearly follow-up of {year}"), year=str(year)))]
    for block in made:
        parts.append(questions()[block.heading])
        parts.append(block.text or bare(sv.gettext("Nothing is written here yet.")))
        size = sv.gettext("{n} of {most} letters")
        parts.append(f"({bare(sv.fill(size, n=block.count, most=MOST))})")
        if block.left_out:
            parts.append(bare(sv.gettext("This did not fit:")))
            parts.append("\n".join(block.left_out))
        parts.append("")
    return "\n".join(parts)
