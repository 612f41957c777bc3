"""Links are kept without reasons, which follow from the passages; the runs of words by which copies are found are hashed anew."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Everything that was read is to be related anew; the ids that stories had and what people judged stay."""
    for table in ("unrelated", "stories", "copies", "links", "passages", "texts", "days_to_compare"):
        op.execute(sa.delete(sa.table(table)))
    op.drop_column("links", "reasons")
    op.execute("INSERT INTO unrelated (article_id) SELECT id FROM articles")
