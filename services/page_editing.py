"""Staff write pages of the guide: all languages in one edition, a second person, kept (F4).

The files are the first edition; what staff publish stands in their place. A page is everybody's:
who meets families may write it, and who translates.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.errors import NotYours
from services.access import Colleague, writes_texts
from services.place_editing import HISTORY, Outcome
from storage import editions
from storage.database import Tx
from storage.editions import Edition, EditionState, What

__all__ = ["EditionState"]


@dataclass(frozen=True)
class Texts:
    """A page's text in each language; `done`: written in this edition, or seen to be right."""

    texts: dict[str, str]
    done: tuple[str, ...] = ()

    def body(self) -> str:
        """As an edition keeps it."""
        return json.dumps({"texts": self.texts, "done": self.done}, ensure_ascii=False)


@dataclass(frozen=True)
class Stands:
    """What staff have published of a page, and when."""

    texts: Mapping[str, str]
    on: date


@dataclass(frozen=True)
class View:
    """A page as staff see it: the draft, how far it is, and whether the viewer wrote it."""

    draft: Texts | None
    state: EditionState | None
    own: bool
    author: str | None
    mark: str = ""  # of what it says now


def _read(body: str) -> Texts:
    facts = json.loads(body)
    return Texts(dict(facts["texts"]), tuple(facts["done"]))


def _check(colleague: Colleague) -> None:
    if not writes_texts(colleague):
        raise NotYours


async def standing(tx: Tx) -> dict[str, Stands]:
    """What staff have published, by the page's code; pages without it are as their files say."""
    return {
        each.key: Stands(_read(each.body).texts, (each.published_at or each.made_at).date())
        for each in await editions.published(tx, What.PAGE)
    }


async def states(tx: Tx, colleague: Colleague) -> dict[str, EditionState]:
    """The pages that are being written, by code; raises NotYours."""
    _check(colleague)
    return {each.key: each.state for each in await editions.all_open(tx, What.PAGE)}


async def view(tx: Tx, colleague: Colleague, code: str) -> View:
    """One page; raises NotYours."""
    _check(colleague)
    found = await editions.opened(tx, What.PAGE, code)
    if found is None:
        return View(None, None, False, None)
    own = found.author_id == colleague.member.id
    return View(_read(found.body), found.state, own, found.author, found.mark)


async def write(
    tx: Tx,
    colleague: Colleague,
    code: str,
    language: str,
    text: str | None,
    first: Mapping[str, str],
    now: datetime,
) -> None:
    """The new text in that language, None: it is right as it is. `first`: what a draft begins
    with. What waits is a draft again. Raises NotYours."""
    _check(colleague)
    begun = await editions.opened_to_change(tx, What.PAGE, code) or await _begin(
        tx, colleague, code, Texts(dict(first)), now
    )
    await editions.move(tx, begun.id, [EditionState.REVIEW], EditionState.DRAFT)
    before = _read(begun.body)
    texts = before.texts if text is None else {**before.texts, language: text}
    done = tuple(sorted({*before.done, language}))
    body = replace(before, texts=texts, done=done).body()
    await editions.write(tx, begun.id, body, colleague.member.id)


async def _begin(tx: Tx, colleague: Colleague, code: str, texts: Texts, now: datetime) -> Edition:
    await editions.begin(tx, What.PAGE, code, texts.body(), colleague.member.id, now)
    found = await editions.opened_to_change(tx, What.PAGE, code)
    if found is None:
        raise NotYours
    return found


def missing(draft: Texts | None, needed: Collection[str]) -> list[str]:
    """The languages in which nobody has written or confirmed the draft."""
    return [code for code in needed if draft is None or code not in draft.done]


async def send(tx: Tx, colleague: Colleague, code: str, needed: Collection[str]) -> Outcome:
    """Let a second person look; raises NotYours."""
    _check(colleague)
    found = await editions.opened_to_change(tx, What.PAGE, code)
    if found is None:
        return Outcome.GONE
    if missing(_read(found.body), needed):
        return Outcome.MISSING
    moved = await editions.move(tx, found.id, [EditionState.DRAFT], EditionState.REVIEW)
    return Outcome.DONE if moved else Outcome.GONE


async def publish(
    tx: Tx, colleague: Colleague, code: str, seen: str, needed: Collection[str], now: datetime
) -> Outcome:
    """The second person has looked: parents read it from now on; raises NotYours.

    `seen`: the mark of what they looked at; words written since have been seen by nobody.
    """
    _check(colleague)
    found = await editions.opened_to_change(tx, What.PAGE, code)
    if found is None:
        return Outcome.GONE
    if found.state is not EditionState.REVIEW or found.author_id == colleague.member.id:
        return Outcome.SECOND
    if found.mark != seen:
        return Outcome.GONE
    if missing(_read(found.body), needed):
        return Outcome.MISSING
    done = await editions.publish(tx, found, EditionState.REVIEW, colleague.member.id, now)
    return Outcome.DONE if done else Outcome.GONE


async def drop(tx: Tx, colleague: Colleague, code: str) -> None:
    """Throw the draft away; raises NotYours."""
    _check(colleague)
    if found := await editions.opened_to_change(tx, What.PAGE, code):
        await editions.move(tx, found.id, [found.state], EditionState.DROPPED)


async def history(tx: Tx, colleague: Colleague, code: str) -> Sequence[Edition]:
    """What staff have published, the newest first; raises NotYours."""
    _check(colleague)
    return await editions.history(tx, What.PAGE, code, "", HISTORY)


async def bring_back(tx: Tx, colleague: Colleague, edition_id: int, now: datetime) -> str:
    """A draft that says what that edition said, for a second person; the page's code. NotYours."""
    _check(colleague)
    found = await editions.get(tx, edition_id)
    if found is None or found.what is not What.PAGE or found.published_at is None:
        raise NotYours
    texts = _read(found.body)
    begun = await editions.opened_to_change(tx, What.PAGE, found.key) or await _begin(
        tx, colleague, found.key, texts, now
    )
    await editions.move(tx, begun.id, [EditionState.REVIEW], EditionState.DRAFT)
    await editions.write(tx, begun.id, texts.body(), colleague.member.id)
    return found.key
