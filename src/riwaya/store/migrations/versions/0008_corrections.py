"""What people correct, and what they corrected as it was read before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("capture_id", sa.String(20), nullable=False),
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    for name in ("capture_id", "article_id"):
        op.create_index(op.f(f"ix_corrections_{name}"), "corrections", [name])
    op.create_table(
        "corrected",
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_corrected_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_corrected")),
    )
