"""Merges of two organisations; the number of an organisation that is gone is never given to another

Revision: 0009, after 0008, on 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("gone_slug", sa.String(length=120), nullable=False),
        sa.Column("gone_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_merge_organization_id_organization", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name="fk_merge_asked_by_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_merge_decided_by_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name="fk_merge_undone_by_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index("ix_merge_gone_id", ["gone_id"], unique=False)
        batch_op.create_index("ix_merge_organization_id", ["organization_id"], unique=False)
        batch_op.create_index("ix_merge_state_asked_at", ["state", "asked_at"], unique=False)
    rebuild_organizations(sqlite_autoincrement=True)


def downgrade() -> None:
    rebuild_organizations()
    op.drop_table("merge")


def rebuild_organizations(**options: bool) -> None:
    """Let SQLite number organisations otherwise; PostgreSQL never gives a number twice. A script can't be told how."""
    if op.get_bind().dialect.name != "sqlite" or op.get_context().as_sql:
        return
    with op.batch_alter_table("organization", recreate="always", table_kwargs=options):
        pass
