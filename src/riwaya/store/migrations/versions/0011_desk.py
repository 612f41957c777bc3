"""What the desk asks for without reading texts: facets as numbers, prints, the words for places, indexes that hold what lists show."""

from array import array

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Facets are numbered, words taken from the texts; who is only another print of whom is told when everything is related anew."""
    op.create_table(
        "facet_values",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_facet_values")),
        sa.UniqueConstraint("value"),
    )
    op.add_column("article_facets", sa.Column("facet_numbers", sa.LargeBinary(), nullable=False, server_default=sa.text("x''")))
    op.add_column("article_facets", sa.Column("print_of", sa.String(20), nullable=True))
    _number_facets(op.get_bind())
    op.drop_column("article_facets", "facets")
    op.add_column("place_links", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE place_links SET words = (SELECT substr(articles.text, place_links.span_start + 1, "
        "place_links.span_end - place_links.span_start) FROM articles WHERE articles.id = place_links.article_id)"
    )
    op.drop_index("ix_place_links_place_id", "place_links")
    op.create_index("ix_place_links_place", "place_links", ["place_id", "article_id", "country"])
    op.drop_index("ix_actor_links_actor_id", "actor_links")
    op.create_index("ix_actor_links_actor", "actor_links", ["actor_id", "article_id", "wording", "sense"])
    op.create_index("ix_articles_outlet", "articles", ["outlet", "published_day", "published_at", "id"])
    op.create_index("ix_articles_when", "articles", ["id", "published_day", "outlet"])


def _number_facets(connection: sa.Connection) -> None:
    numbers: dict[str, int] = {}
    for article, lines in connection.execute(sa.text("SELECT number, facets FROM article_facets")).all():
        held = array("I", sorted(numbers.setdefault(line, len(numbers) + 1) for line in lines.split("\n") if line)).tobytes()
        connection.execute(
            sa.text("UPDATE article_facets SET facet_numbers = :held WHERE number = :article"), {"held": held, "article": article}
        )
    if numbers:
        rows = [{"number": number, "value": value} for value, number in numbers.items()]
        connection.execute(sa.text("INSERT INTO facet_values (number, value) VALUES (:number, :value)"), rows)
