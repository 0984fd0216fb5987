"""Notices, activities, who signs up for them; and letters to staff that are about no family."""

from collections.abc import Sequence
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_NEVER_AGAIN = {"sqlite_autoincrement": True}  # ids that stand on buttons are not given out again
_STANDING = sa.text("state IN ('in', 'waiting', 'offered')")
_OF_A_NOTICE = sa.text("notice_id IS NOT NULL")
_TABLES = (
    *("follow", "attendance", "signup", "seats", "wording"),
    *("notice_area", "notice", "occasion", "activity_area", "activity"),
)

_Column = sa.Column[Any]


def _key(table: str, name: str, to: str, gone: str = "CASCADE", nullable: bool = False) -> _Column:
    foreign = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}", ondelete=gone)
    return sa.Column(name, _ID, foreign, nullable=nullable)


def _by(table: str, name: str) -> _Column:
    return _key(table, name, "staff", "SET NULL", nullable=True)


def _at(name: str, nullable: bool = True) -> _Column:
    return sa.Column(name, _INSTANT, nullable=nullable)


def _flag(name: str) -> _Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("false"))


def _number(name: str, default: int | None = None, nullable: bool = False) -> _Column:
    server = None if default is None else sa.text(str(default))
    return sa.Column(name, sa.Integer(), nullable=nullable, server_default=server)


def _word(name: str, length: int = 20, default: str | None = None, null: bool = False) -> _Column:
    return sa.Column(name, sa.String(length), nullable=null, server_default=default)


def _make(table: str, *columns: sa.schema.SchemaItem, indexed: Sequence[str] = ()) -> None:
    """A table with an id of its own that is never given out again."""
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", _ID, nullable=False), *columns, key, **_NEVER_AGAIN)
    _index(table, *indexed)


def _pairs(table: str, *columns: _Column, key: Sequence[str]) -> None:
    """A table whose rows join two others."""
    op.create_table(table, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"))


def _index(table: str, *names: str) -> None:
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    with op.batch_alter_table("area") as table:
        table.add_column(_flag("bokstart"))
    _activities()
    _notices()
    _wordings()
    _signups()
    _outbox()


def _activities() -> None:
    _make(
        "activity",
        _word("kind"),
        _word("state"),
        _by("activity", "made_by"),
        _at("made_at", nullable=False),
        _key("activity", "place_id", "place", "SET NULL", nullable=True),
        _word("link", 200, null=True),
        _word("spoken", 60, ""),
        _word("interpreter", null=True),
        _word("interpreted", 60, ""),
        _word("for_whom"),
        _number("months_from", nullable=True),
        _number("months_to", nullable=True),
        _flag("childcare"),
        sa.Column("free", sa.Boolean()),
        _word("signing_up"),
        _word("picture", 200, null=True),
        sa.Column("checked_on", sa.Date()),
        _by("activity", "checked_by"),
        _number("revision", 0),
        indexed=("made_by", "place_id", "checked_by"),
    )
    _pairs(
        "activity_area",
        _key("activity_area", "activity_id", "activity"),
        _key("activity_area", "area_id", "area"),
        key=("activity_id", "area_id"),
    )
    _index("activity_area", "area_id")
    _make(
        "occasion",
        _key("occasion", "activity_id", "activity"),
        _at("starts_at", nullable=False),
        _number("minutes"),
        _word("state"),
        _number("revision", 0),
        _at("previous_starts_at"),
        _at("changed_at", nullable=False),
        indexed=("activity_id", "starts_at", "changed_at"),
    )


def _notices() -> None:
    _make(
        "notice",
        _word("state"),
        _by("notice", "made_by"),
        _at("made_at", nullable=False),
        _flag("urgent"),
        _key("notice", "activity_id", "activity", nullable=True),
        _key("notice", "occasion_id", "occasion", "SET NULL", nullable=True),
        _word("picture", 200, null=True),
        _word("languages", 60, ""),
        _number("months_from", nullable=True),
        _number("months_to", nullable=True),
        *(_flag(name) for name in ("expecting", "fathers", "first_child")),
        _word("follows", null=True),
        _flag("signed_up"),
        *(_at(name) for name in ("send_at", "frozen_at", "finished_at")),
        _number("revision", 0),
        *(_at(name) for name in ("corrected_at", "recalled_at")),
        sa.Column("progress_chat", sa.BigInteger()),
        sa.Column("progress_message", sa.BigInteger()),
        _at("progress_at"),
        indexed=("made_by", "activity_id", "occasion_id", "send_at"),
    )
    _pairs(
        "notice_area",
        _key("notice_area", "notice_id", "notice"),
        _key("notice_area", "area_id", "area"),
        key=("notice_id", "area_id"),
    )
    _index("notice_area", "area_id")


def _wordings() -> None:
    _make(
        "wording",
        _key("wording", "notice_id", "notice", nullable=True),
        _key("wording", "activity_id", "activity", nullable=True),
        _word("language", 12),
        _word("title", 80, ""),
        sa.Column("body", sa.Text(), nullable=False, server_default=""),
        _word("state"),
        _number("revision", 0),
        _at("asked_at"),
        _by("wording", "taken_by"),
        _at("given_at"),
        _by("wording", "approved_by"),
        *(
            sa.UniqueConstraint(name, "language", name=f"uq_wording_{name}_language")
            for name in ("notice_id", "activity_id")
        ),
        indexed=("notice_id", "activity_id", "asked_at", "taken_by", "given_at", "approved_by"),
    )


def _signups() -> None:
    free = "taken >= 0 AND (capacity IS NULL OR taken <= capacity)"
    _make(
        "seats",
        _key("seats", "activity_id", "activity"),
        _key("seats", "occasion_id", "occasion", nullable=True),
        _number("capacity", nullable=True),
        _number("taken", 0),
        sa.CheckConstraint(free, name="ck_seats_free"),
        indexed=("activity_id", "occasion_id"),
    )
    _make(
        "signup",
        _key("signup", "seats_id", "seats"),
        _key("signup", "family_id", "family"),
        _key("signup", "guardian_id", "guardian"),
        _number("adults"),
        _number("children"),
        _word("state"),
        _at("asked_at", nullable=False),
        _at("offered_at"),
        _at("offered_until"),
        _at("changed_at", nullable=False),
        indexed=("seats_id", "family_id", "guardian_id", "offered_until", "changed_at"),
    )
    standing: dict[str, Any] = {"sqlite_where": _STANDING, "postgresql_where": _STANDING}
    both = ["seats_id", "guardian_id"]
    op.create_index("ix_signup_standing", "signup", both, unique=True, **standing)
    _pairs(
        "attendance",
        _key("attendance", "signup_id", "signup"),
        _key("attendance", "occasion_id", "occasion"),
        sa.Column("came", sa.Boolean(), nullable=False),
        _at("marked_at", nullable=False),
        key=("signup_id", "occasion_id"),
    )
    _index("attendance", "occasion_id")
    _pairs(
        "follow",
        _key("follow", "guardian_id", "guardian"),
        _word("kind"),
        _at("since", nullable=False),
        key=("guardian_id", "kind"),
    )


def _rebuilt() -> Literal["always", "never"]:
    """SQLite makes a table anew where its ids must never be given out again."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def _outbox() -> None:
    with op.batch_alter_table("outbox", recreate=_rebuilt(), table_kwargs=_NEVER_AGAIN) as table:
        table.alter_column("family_id", existing_type=_ID, nullable=True)
        table.add_column(_key("outbox", "notice_id", "notice", "SET NULL", nullable=True))
        table.add_column(_word("action", default="say"))
        table.add_column(sa.Column("message_id", sa.BigInteger()))
    few: dict[str, Any] = {"sqlite_where": _OF_A_NOTICE, "postgresql_where": _OF_A_NOTICE}
    op.create_index("ix_outbox_notice_id", "outbox", ["notice_id", "state"], **few)
    with op.batch_alter_table("item") as table:
        table.alter_column("family_id", existing_type=_ID, nullable=True)


def downgrade() -> None:
    for name in ("item", "outbox"):
        op.execute(sa.text(f"DELETE FROM {name} WHERE family_id IS NULL"))
    op.drop_index("ix_outbox_notice_id", "outbox")
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint("fk_outbox_notice_id", type_="foreignkey")
        for name in ("message_id", "action", "notice_id"):
            table.drop_column(name)
        table.alter_column("family_id", existing_type=_ID, nullable=False)
    with op.batch_alter_table("item") as table:
        table.alter_column("family_id", existing_type=_ID, nullable=False)
    for name in _TABLES:
        op.drop_table(name)
    with op.batch_alter_table("area") as table:
        table.drop_column("bokstart")
