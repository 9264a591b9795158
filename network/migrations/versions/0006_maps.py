"""Maps that somebody keeps: places, groups, notes, and the steps of drawing them

Revision: 0006, after 0005, on 2026-11-21
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organization.id"], name="fk_saved_map_network_id_organization", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_saved_map_owner_id_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_map"),
        sa.UniqueConstraint("slug", name="uq_saved_map_slug"),
    )
    with op.batch_alter_table("saved_map", schema=None) as batch_op:
        batch_op.create_index("ix_saved_map_network_id", ["network_id"], unique=False)
        batch_op.create_index("ix_saved_map_owner_id", ["owner_id"], unique=False)

    op.create_table(
        "map_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["saved_map.id"], name="fk_map_group_map_id_saved_map", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_map_group"),
        sa.UniqueConstraint("map_id", "key", name="uq_map_group_map_id_key"),
    )
    op.create_table(
        "map_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("width", sa.Double(), nullable=True),
        sa.Column("height", sa.Double(), nullable=True),
        sa.Column("staff_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["saved_map.id"], name="fk_map_note_map_id_saved_map", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_map_note"),
    )
    with op.batch_alter_table("map_note", schema=None) as batch_op:
        batch_op.create_index("ix_map_note_map_id", ["map_id"], unique=False)

    op.create_table(
        "map_place",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["saved_map.id"], name="fk_map_place_map_id_saved_map", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_map_place_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("map_id", "organization_id", name="pk_map_place"),
    )
    with op.batch_alter_table("map_place", schema=None) as batch_op:
        batch_op.create_index("ix_map_place_organization_id", ["organization_id"], unique=False)

    op.create_table(
        "map_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["saved_map.id"], name="fk_map_step_map_id_saved_map", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_map_step_person_id_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_map_step"),
        sa.UniqueConstraint("map_id", "key", name="uq_map_step_map_id_key"),
        sa.UniqueConstraint("map_id", "number", name="uq_map_step_map_id_number"),
    )
    with op.batch_alter_table("map_step", schema=None) as batch_op:
        batch_op.create_index("ix_map_step_person_id", ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("map_step", schema=None) as batch_op:
        batch_op.drop_index("ix_map_step_person_id")

    op.drop_table("map_step")
    with op.batch_alter_table("map_place", schema=None) as batch_op:
        batch_op.drop_index("ix_map_place_organization_id")

    op.drop_table("map_place")
    with op.batch_alter_table("map_note", schema=None) as batch_op:
        batch_op.drop_index("ix_map_note_map_id")

    op.drop_table("map_note")
    op.drop_table("map_group")
    with op.batch_alter_table("saved_map", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_map_owner_id")
        batch_op.drop_index("ix_saved_map_network_id")

    op.drop_table("saved_map")
