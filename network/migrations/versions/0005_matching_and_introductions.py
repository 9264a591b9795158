"""What the matcher keeps, introductions with their steps and outcomes, prospects and value checks

Revision: 0005, after 0004, on 2026-11-21
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matching_epoch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matching_epoch"),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["organization.id"], name="fk_block_blocked_id_organization", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_block_organization_id_organization", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_block"),
        sa.UniqueConstraint("organization_id", "blocked_id", name="uq_block_organization_id_blocked_id"),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index("ix_block_blocked_id", ["blocked_id"], unique=False)

    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_dismissal_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organization.id"], name="fk_dismissal_other_id_organization", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_dismissal_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dismissal"),
        sa.UniqueConstraint("organization_id", "other_id", name="uq_dismissal_organization_id_other_id"),
    )
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.create_index("ix_dismissal_other_id", ["other_id"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("introduces", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_inbox_organization_id_organization", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organization_id", name="pk_inbox"),
    )
    op.create_table(
        "matching_profile",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_matching_profile_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", name="pk_matching_profile"),
    )
    op.create_table(
        "prospect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_prospect_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organization.id"], name="fk_prospect_network_id_organization", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_prospect_owner_id_person", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_prospect_topic_id_topic", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_prospect"),
        sa.UniqueConstraint("organization_id", name="uq_prospect_organization_id"),
    )
    with op.batch_alter_table("prospect", schema=None) as batch_op:
        batch_op.create_index("ix_prospect_network_id", ["network_id"], unique=False)
        batch_op.create_index("ix_prospect_owner_id", ["owner_id"], unique=False)

    op.create_table(
        "shown",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_shown_organization_id_organization", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organization.id"], name="fk_shown_other_id_organization", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organization_id", "other_id", name="pk_shown"),
    )
    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.create_index("ix_shown_other_id", ["other_id"], unique=False)

    op.create_table(
        "value_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("got", sa.String(length=10), nullable=False),
        sa.Column("gave", sa.String(length=10), nullable=False),
        sa.Column("worth", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_value_check_organization_id_organization",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["organization.id"], name="fk_value_check_partner_id_organization", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_value_check"),
    )
    with op.batch_alter_table("value_check", schema=None) as batch_op:
        batch_op.create_index("ix_value_check_organization_id", ["organization_id"], unique=False)
        batch_op.create_index("ix_value_check_partner_id", ["partner_id"], unique=False)
        batch_op.create_index("ix_value_check_token_hash", ["token_hash"], unique=False)

    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_work_organization_id_organization", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_work"),
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index("ix_work_organization_id", ["organization_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("introducer_id", sa.Integer(), nullable=True),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["organization.id"], name="fk_introduction_asker_id_organization", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["introducer_id"],
            ["organization.id"],
            name="fk_introduction_introducer_id_organization",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name="fk_introduction_listing_id_listing", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_introduction_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_introduction"),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index("ix_introduction_asker_id", ["asker_id"], unique=False)
        batch_op.create_index("ix_introduction_introducer_id", ["introducer_id"], unique=False)
        batch_op.create_index("ix_introduction_listing_id", ["listing_id"], unique=False)
        batch_op.create_index("ix_introduction_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "prospect_seeker",
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name="fk_prospect_seeker_listing_id_listing", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prospect_id"], ["prospect.id"], name="fk_prospect_seeker_prospect_id_prospect", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("prospect_id", "listing_id", name="pk_prospect_seeker"),
    )
    with op.batch_alter_table("prospect_seeker", schema=None) as batch_op:
        batch_op.create_index("ix_prospect_seeker_listing_id", ["listing_id"], unique=False)

    op.create_table(
        "introduction_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name="fk_introduction_step_introduction_id_introduction",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_introduction_step_organization_id_organization",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_introduction_step_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_introduction_step"),
    )
    with op.batch_alter_table("introduction_step", schema=None) as batch_op:
        batch_op.create_index("ix_introduction_step_introduction_id", ["introduction_id"], unique=False)
        batch_op.create_index("ix_introduction_step_person_id", ["person_id"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("outcome_at", sa.DateTime(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name="fk_party_introduction_id_introduction", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_party_organization_id_organization", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_party_person_id_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
        sa.UniqueConstraint("introduction_id", "organization_id", name="uq_party_introduction_id_organization_id"),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index("ix_party_organization_id", ["organization_id"], unique=False)
        batch_op.create_index("ix_party_token_hash", ["token_hash"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index("ix_party_token_hash")
        batch_op.drop_index("ix_party_organization_id")

    op.drop_table("party")
    with op.batch_alter_table("introduction_step", schema=None) as batch_op:
        batch_op.drop_index("ix_introduction_step_person_id")
        batch_op.drop_index("ix_introduction_step_introduction_id")

    op.drop_table("introduction_step")
    with op.batch_alter_table("prospect_seeker", schema=None) as batch_op:
        batch_op.drop_index("ix_prospect_seeker_listing_id")

    op.drop_table("prospect_seeker")
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index("ix_introduction_state_due")
        batch_op.drop_index("ix_introduction_listing_id")
        batch_op.drop_index("ix_introduction_introducer_id")
        batch_op.drop_index("ix_introduction_asker_id")

    op.drop_table("introduction")
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index("ix_work_organization_id")

    op.drop_table("work")
    with op.batch_alter_table("value_check", schema=None) as batch_op:
        batch_op.drop_index("ix_value_check_token_hash")
        batch_op.drop_index("ix_value_check_partner_id")
        batch_op.drop_index("ix_value_check_organization_id")

    op.drop_table("value_check")
    with op.batch_alter_table("shown", schema=None) as batch_op:
        batch_op.drop_index("ix_shown_other_id")

    op.drop_table("shown")
    with op.batch_alter_table("prospect", schema=None) as batch_op:
        batch_op.drop_index("ix_prospect_owner_id")
        batch_op.drop_index("ix_prospect_network_id")

    op.drop_table("prospect")
    op.drop_table("matching_profile")
    op.drop_table("inbox")
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.drop_index("ix_dismissal_other_id")

    op.drop_table("dismissal")
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_index("ix_block_blocked_id")

    op.drop_table("block")
    op.drop_table("matching_epoch")
