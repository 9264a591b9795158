"""Look-alikes and what was said of them, reports about pages, and what is changed of many organisations at once

Revision: 0010, after 0009, on 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def end(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["organization.id"], name=f"fk_{table}_{column}_organization", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "alike",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        end("alike", "one_id"),
        end("alike", "other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alike"),
        sa.UniqueConstraint("one_id", "other_id", name="uq_alike_one_id_other_id"),
    )
    op.create_table(
        "apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        end("apart", "one_id"),
        end("apart", "other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_apart"),
        sa.UniqueConstraint("one_id", "other_id", name="uq_apart_one_id_other_id"),
    )
    op.create_table(
        "comparing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("beyond", sa.Integer(), nullable=True),
        sa.Column("rests_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comparing"),
    )
    op.create_table(
        "decision_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_decision_part_decision_id_decision", ondelete="CASCADE"
        ),
        end("decision_part", "organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision_part"),
    )
    for table, name, columns in INDEXES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(name, list(columns), unique=False)
    op.add_column("suggestion", sa.Column("reason", sa.String(length=10), nullable=False, server_default=""))


INDEXES = (
    ("alike", "ix_alike_found_at", ("found_at", "id")),
    ("alike", "ix_alike_other_id", ("other_id",)),
    ("apart", "ix_apart_other_id", ("other_id",)),
    ("decision_part", "ix_decision_part_decision_id", ("decision_id",)),
    ("decision_part", "ix_decision_part_organization_id", ("organization_id",)),
)


def downgrade() -> None:
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_column("reason")
    for table in ("decision_part", "comparing", "apart", "alike"):
        op.drop_table(table)
