"""The staff's desk: who looks after what waits, what was decided; indexes for its order and its numbers

Revision: 0007, after 0006, on 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("aside_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_charge_owner_id_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
        sa.UniqueConstraint("kind", "thing_id", "since", name="uq_charge_kind_thing_id_since"),
    )
    op.create_index("ix_charge_owner_id", "charge", ["owner_id"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("together", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_decision_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_decision_person_id_person", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name="fk_decision_undone_by_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_at", "decision", ["at", "id"])
    op.create_index("ix_decision_organization_id", "decision", ["organization_id"])
    op.create_index("ix_decision_person_id", "decision", ["person_id"])
    op.create_index("ix_task_waiting", "task", ["key", "done_at", "opened_at", "id"])
    op.create_index("ix_edit_at", "edit", ["at", "id"])
    op.drop_index("ix_listing_lately", table_name="listing")
    op.create_index("ix_listing_lately", "listing", ["created_at", "side", "state"])
    op.drop_index("ix_organization_category", table_name="organization")
    op.create_index("ix_organization_category", "organization", ["category", "standing", "confirmed_on"])


def downgrade() -> None:
    op.drop_index("ix_organization_category", table_name="organization")
    op.create_index("ix_organization_category", "organization", ["category"])
    op.drop_index("ix_listing_lately", table_name="listing")
    op.create_index("ix_listing_lately", "listing", ["state", "created_at"])
    op.drop_index("ix_edit_at", table_name="edit")
    op.drop_index("ix_task_waiting", table_name="task")
    op.drop_table("decision")
    op.drop_table("charge")
