"""Take the index on standing away: nearly every row is current, and SQLite preferred it to the primary key.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_organization_standing", table_name="organization")


def downgrade() -> None:
    op.create_index("ix_organization_standing", "organization", ["standing"])
