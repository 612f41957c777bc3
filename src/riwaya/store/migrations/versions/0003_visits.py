"""When addresses were asked for; articles by their address."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing is known of earlier visits: each address is asked for once more without conditions."""
    op.create_table(
        "visits",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("first_at", sa.String(40), nullable=False),
        sa.Column("last_at", sa.String(40), nullable=False),
        sa.Column("validators_etag", sa.Text(), nullable=True),
        sa.Column("validators_last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_visits")),
    )
    op.create_index(op.f("ix_visits_outlet"), "visits", ["outlet"], unique=False)
    op.create_index(op.f("ix_articles_address"), "articles", ["address"], unique=False)
