"""`lotsen backup` and `lotsen restore` as an operator types them."""

from storage.locks import sender_lock
from tests.databases import ON_BOTH
from tests.end_to_end.town import EVE_HOUR, TIP_HOUR, neighbours


@ON_BOTH
async def test_a_day_is_set_back_but_not_under_a_process_that_sends(lotsen):
    await neighbours(lotsen, 1, visit=True)
    sending = sender_lock(lotsen.url, lotsen.folder)
    await sending.take()
    kept = await lotsen.command("backup", "a.backup", now=TIP_HOUR)
    busy = await lotsen.command("restore", "a.backup", now=EVE_HOUR)
    await sending.give_back()
    done = await lotsen.command("restore", "a.backup", now=EVE_HOUR)

    assert (kept.code, kept.err) == (0, "")
    assert ("secret.key" if lotsen.embedded else "LOTSEN_SECRET_KEY") in kept.out
    assert "keep a copy of that elsewhere" in kept.out
    assert (busy.code, busy.out) == (1, "")
    assert "Another process is sending" in busy.err
    assert (done.code, done.err) == (0, "")
    assert "as it was on 2026-12-31 at 10:00" in done.out
    assert "1 are said once more, 0 are left" in done.out
    assert "before" in done.out
    assert "Carried over from it: 0 erased" in done.out
