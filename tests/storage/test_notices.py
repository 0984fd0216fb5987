"""Notices, activities and sign-ups come back from the tables as they were written."""

from datetime import timedelta

from programme.activities import Activity, ActivityKind, ForWhom, SigningUp, SignupState, Words
from programme.notices import Action, Audience, NoticeState, WordingState
from storage import activities, areas, families, notices, wordings
from storage.activity_tables import seats, signup
from storage.tables import item, outbox
from storage.wordings import Of
from tests.cast import JOINED

STARTS = JOINED + timedelta(days=9)


async def _activity(tx, area_id: int, **facts) -> int:
    return await activities.add(
        tx,
        [area_id],
        kind=ActivityKind.FATHERS,
        state="open",
        made_at=JOINED,
        for_whom=ForWhom.FATHERS,
        signing_up=SigningUp.ONCE,
        **facts,
    )


async def test_an_activity_has_only_words_that_are_approved(db):
    async with db.write() as tx:
        area_id = await areas.find(tx, "Hjällbo")
        number = await _activity(tx, area_id, spoken="ar,so", interpreter="man")
        of = Of(activity_id=number)
        await wordings.write(tx, of, "ar", Words("لقاء"), state=WordingState.APPROVED)
        await wordings.write(tx, of, "so", Words("Kulan"), state=WordingState.GIVEN)
        found = (await activities.load(tx, [number]))[number]
    assert found.words == {"ar": Words("لقاء")}
    assert (found.spoken, found.interpreter) == (("ar", "so"), "man")
    assert found.areas == (area_id,)
    assert isinstance(found, Activity)


async def test_new_words_take_the_place_of_the_old_ones_and_are_another_revision(db):
    async with db.write() as tx:
        number = await _activity(tx, await areas.find(tx, "Hjällbo"))
        of = Of(activity_id=number)
        for title in ("Pappor", "Pappaträff"):
            await wordings.write(tx, of, "sv", Words(title), state=WordingState.APPROVED)
        [found] = await wordings.listed(tx, of)
    assert (found.words.title, found.revision) == ("Pappaträff", 1)


async def test_a_moved_occasion_knows_when_it_was(db):
    async with db.write() as tx:
        number = await _activity(tx, await areas.find(tx, "Hjällbo"))
        first = await activities.add_occasion(tx, number, STARTS, 90, JOINED)
        later = STARTS + timedelta(hours=1)
        await activities.move_occasion(tx, first, later, 60, JOINED)
        [found] = (await activities.occasions(tx, [number]))[number]
    assert (found.previous_starts_at, found.starts_at, found.minutes) == (STARTS, later, 60)
    assert found.revision == 1


async def test_a_family_knows_which_notices_may_still_reach_it_and_what_it_signed_up_for(db):
    async with db.write() as tx:
        area_id = await areas.find(tx, "Hjällbo")
        family_id = await families.register(tx, area_id, None, JOINED)
        guardian_id = await families.add_guardian(tx, family_id, 7, "so", JOINED)
        number = await _activity(tx, area_id)
        await activities.add_occasion(tx, number, STARTS, 90, JOINED)
        notice_id = await notices.add(
            tx, [area_id], state="sending", made_at=JOINED, activity_id=number, languages="so"
        )
        for state in ("waiting", "sent"):
            box = outbox.insert().values(
                family_id=family_id,
                guardian_id=guardian_id,
                lane=3,
                due_at=JOINED,
                next_at=JOINED,
                state=state,
                notice_id=notice_id,
            )
            carrier = (await tx.execute(box.returning(outbox.c.id))).scalar_one()
            await tx.execute(
                item.insert().values(
                    key=f"notice:{state}",
                    kind="notice",
                    family_id=family_id,
                    guardian_id=guardian_id,
                    due_at=JOINED,
                    state="planned" if state == "waiting" else "sent",
                    outbox_id=carrier,
                )
            )
        made = seats.insert().values(activity_id=number, capacity=8).returning(seats.c.id)
        seats_id = (await tx.execute(made)).scalar_one()
        await tx.execute(
            signup.insert().values(
                seats_id=seats_id,
                family_id=family_id,
                guardian_id=guardian_id,
                adults=1,
                children=1,
                state="in",
                asked_at=JOINED,
                changed_at=JOINED,
            )
        )
        [found] = await families.load(tx, [family_id])
    [row], [place] = found.addressed, found.signups
    assert (row.key, row.action, row.notice.state) == (
        "notice:waiting",
        Action.SAY,
        NoticeState.SENDING,
    )
    assert row.notice.audience == Audience(areas=(area_id,), languages=("so",))
    assert row.notice.not_after == STARTS
    assert (place.people, place.state) == (2, SignupState.IN)
    assert [each.starts_at for each in place.occasions] == [STARTS]


async def test_what_an_area_had_goes_with_it_into_another(db):
    async with db.write() as tx:
        gone, into = [await areas.find(tx, name) for name in ("Hjällbo", "Gårdsten")]
        number = await _activity(tx, gone)
        notice_id = await notices.add(tx, [gone, into], state="draft", made_at=JOINED)
        await areas.merge(tx, gone, into)
        assert (await activities.load(tx, [number]))[number].areas == (into,)
        assert (await notices.load(tx, [notice_id]))[notice_id].audience.areas == (into,)
