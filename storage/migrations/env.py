"""Runs migrations on the connection that `storage.migrate` hands over."""

from alembic import context

# So that the metadata knows them.
from storage import (  # noqa: F401
    activity_tables,
    follow_up_tables,
    look_tables,
    notice_tables,
    outcome_tables,
    place_tables,
    recording_tables,
    time_tables,
    trust_tables,
)
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
