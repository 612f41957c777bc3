"""What search filters and counts by, the words of the fields of findings, and stems in the place of lemmas."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """All articles are indexed anew, from what was read."""
    op.create_table(
        "article_facets",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("published_day", sa.String(10), nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_facets_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_article_facets")),
        sa.UniqueConstraint("article_id"),
    )
    op.create_index(op.f("ix_article_facets_outlet"), "article_facets", ["outlet"])
    op.create_index(op.f("ix_article_facets_published_day"), "article_facets", ["published_day"])
    op.create_table(
        "findings",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("act", sa.String(20), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=True),
        sa.Column("status", sa.String(10), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("precision", sa.String(10), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_findings_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_id"), "findings", ["id"])
    op.create_index(op.f("ix_findings_article_id"), "findings", ["article_id"])
    for name in ("act", "speaker", "kind", "status", "country", "precision", "actor"):
        op.create_index(f"ix_findings_{name}", "findings", [name, "article_id"])
    op.create_index("ix_tolls_kind", "tolls", ["kind", "least"])
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE article_words")
        op.execute("CREATE VIRTUAL TABLE article_words USING fts5(title, body, stems, tokenize = 'unicode61')")
        op.execute("CREATE VIRTUAL TABLE finding_words USING fts5(speaker, actor, target, place, tokenize = 'unicode61')")
