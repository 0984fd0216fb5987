"""The database notes for every update which families' rows it has changed: by triggers, in the
transaction of the update, so that nothing is missed and nothing of a rolled back one is seen.

`fuzz_touched` holds what a transaction changes; the update's own row, when it is done, says who
wrote, and what was touched moves to `fuzz_watched`.
"""

from collections.abc import Iterator

WHOSE = {
    "family": "{row}.id",
    **dict.fromkeys(
        (
            *("child", "guardian", "event", "invite", "booking", "proposal", "request", "thread"),
            *("signup", "outbox", "item", "rest"),
        ),
        "{row}.family_id",
    ),
    **dict.fromkeys(
        ("consent", "answer", "follow"),
        "(SELECT family_id FROM guardian WHERE id = {row}.guardian_id)",
    ),
    **dict.fromkeys(
        ("booking_staff", "visit_outcome"),
        "(SELECT family_id FROM booking WHERE id = {row}.booking_id)",
    ),
    "slot": "(SELECT family_id FROM proposal WHERE id = {row}.proposal_id)",
}
_EVENTS = (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
_DONE = "AFTER UPDATE OF state ON inbox"
_WHEN = "OLD.state = 'new' AND NEW.state <> 'new'"
_KNOWN = "family_id IS NOT NULL"


def on_sqlite() -> Iterator[str]:
    """What to say to SQLite, where one transaction writes at a time."""
    yield "CREATE TABLE fuzz_touched (family_id, what)"
    yield "CREATE TABLE fuzz_lived (chat_id, family_id)"
    yield "CREATE TABLE fuzz_watched (chat_id, family_id, what)"
    for name, table, touched in _noted():
        for event, rows in _EVENTS:
            acts = "".join(f"{touched.format(row=row)};" for row in rows)
            yield f"CREATE TRIGGER {name}_{event} AFTER {event} ON {table} BEGIN {acts} END"
    acts = f"{_moved(_KNOWN)} DELETE FROM fuzz_touched;"
    yield f"CREATE TRIGGER fuzz_done {_DONE} WHEN {_WHEN} BEGIN {acts} END"


def on_postgresql() -> Iterator[str]:
    """The same to PostgreSQL, where transactions stand side by side: each sees its own."""
    mine = "DEFAULT txid_current()"
    yield f"CREATE TABLE fuzz_touched (family_id bigint, what text, act bigint {mine})"
    yield "CREATE TABLE fuzz_lived (chat_id bigint, family_id bigint)"
    yield "CREATE TABLE fuzz_watched (chat_id bigint, family_id bigint, what text)"
    for name, table, touched in _noted():
        old, new = (touched.format(row=row) for row in ("OLD", "NEW"))
        yield _function(
            name,
            f"IF TG_OP <> 'INSERT' THEN {old}; END IF; IF TG_OP <> 'DELETE' THEN {new}; END IF;",
        )
        yield _trigger(name, f"AFTER INSERT OR UPDATE OR DELETE ON {table}")
    own = "act = txid_current()"
    yield _function(
        "fuzz_done", f"{_moved(f'{_KNOWN} AND {own}')} DELETE FROM fuzz_touched WHERE {own};"
    )
    yield _trigger("fuzz_done", _DONE, f"WHEN ({_WHEN})")


def _noted() -> Iterator[tuple[str, str, str]]:
    """By what name which table notes what of a row."""
    for table, whose in WHOSE.items():
        into = "INSERT INTO fuzz_touched (family_id, what)"
        yield f"fuzz_{table}", table, f"{into} VALUES ({whose}, '{table}')"
    lived = "INSERT INTO fuzz_lived VALUES ({row}.chat_id, {row}.family_id)"
    yield "fuzz_lives", "guardian", lived


def _moved(which: str) -> str:
    return (
        "INSERT INTO fuzz_watched SELECT DISTINCT NEW.chat_id, family_id, what"
        f" FROM fuzz_touched WHERE {which};"
    )


def _function(name: str, acts: str) -> str:
    body = f"BEGIN {acts} RETURN NULL; END"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def _trigger(name: str, when: str, only: str = "") -> str:
    return f"CREATE TRIGGER {name} {when} FOR EACH ROW {only} EXECUTE FUNCTION {name}()"
