"""The full-text index over the articles."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """SQLite only: another engine searches in its own way."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE article_words USING fts5(article_id UNINDEXED, title, body, lemmas, tokenize = 'unicode61')")
