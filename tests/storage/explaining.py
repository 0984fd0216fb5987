"""How a database means to find what it is asked for."""

from collections.abc import Awaitable, Callable

from sqlalchemy import event, text

from storage.database import Database, Tx

# With a handful of rows PostgreSQL reads them all; asked not to, it shows whether it has a way.
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


async def explained(db: Database, act: Callable[[Tx], Awaitable[object]]) -> list[str]:
    """The plans of the SELECTs that an act sends, with its own values bound."""
    plans: list[str] = []
    word = EXPLAIN[db.dialect.name]
    async with db.read() as tx:
        if db.dialect.name == "postgresql":
            await tx.execute(text("SET LOCAL enable_seqscan = off"))

        @event.listens_for(tx.sync_connection, "before_cursor_execute", named=True)
        def explain(conn, cursor, statement, parameters, **_rest):
            if statement.startswith("SELECT"):
                rows = conn.connection.cursor()
                rows.execute(f"{word} {statement}", parameters)
                plans.append(" | ".join(row[-1] for row in rows.fetchall()))

        await act(tx)
    return plans


def reads_all(plan: str, table: str) -> bool:
    """Whether that plan goes through a whole table."""
    steps = [step.strip(" ->") for step in plan.split(" | ")]
    return any(step == f"SCAN {table}" or f"Seq Scan on {table} " in f"{step} " for step in steps)
