"""What staff did to topics, topics that were merged, and words that no topic covers yet

Revision: 0011, after 0010, on 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # in words that both engines know: SQLite would have to build the table anew, and a script can't be told how
    op.execute(
        "ALTER TABLE topic ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_topic_merged_into_id_topic REFERENCES topic (id)"
    )
    op.create_index("ix_topic_merged_into_id", "topic", ["merged_into_id"], unique=False)
    op.create_table(
        "topic_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("settled", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("behind", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_topic_change_topic_id_topic", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_topic_change_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name="fk_topic_change_undone_by_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_topic_change"),
    )
    with op.batch_alter_table("topic_change", schema=None) as batch_op:
        batch_op.create_index("ix_topic_change_topic_id", ["topic_id"], unique=False)
        batch_op.create_index("ix_topic_change_person_id", ["person_id"], unique=False)
    op.create_table(
        "topic_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("refused_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_topic_word"),
        sa.UniqueConstraint("folded", name="uq_topic_word_folded"),
    )
    with op.batch_alter_table("topic_word", schema=None) as batch_op:
        batch_op.create_index("ix_topic_word_waiting", ["refused_at", "since", "id"], unique=False)
    op.create_table(
        "topic_word_use",
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["topic_word.id"], name="fk_topic_word_use_word_id_topic_word", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_topic_word_use_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word_id", "organization_id", name="pk_topic_word_use"),
    )
    with op.batch_alter_table("topic_word_use", schema=None) as batch_op:
        batch_op.create_index("ix_topic_word_use_organization_id", ["organization_id"], unique=False)


def downgrade() -> None:
    op.drop_table("topic_word_use")
    op.drop_table("topic_word")
    op.drop_table("topic_change")
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index("ix_topic_merged_into_id")
        batch_op.drop_column("merged_into_id")
