"""Which actor of the register the outlet of an article is; known of what is read from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("articles", sa.Column("outlet_id", sa.Text(), nullable=True))
