"""The vectors of articles and claims. What was read before has none until it is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two columns."""
    op.add_column("articles", sa.Column("vector", sa.LargeBinary(), nullable=True))
    op.add_column("claims", sa.Column("vector", sa.LargeBinary(), nullable=True))
