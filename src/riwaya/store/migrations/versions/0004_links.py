"""What the names of an article stand for: places, actors, persons."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """What was read before has no links: every capture is read once more, and what was read from it stays until then."""
    op.create_table(
        "place_links",
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(10), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_place_links_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_place_links")),
    )
    op.create_index(op.f("ix_place_links_place_id"), "place_links", ["place_id"], unique=False)
    op.create_table(
        "actor_links",
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("sense", sa.String(10), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_actor_links_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_actor_links")),
    )
    op.create_index(op.f("ix_actor_links_actor_id"), "actor_links", ["actor_id"], unique=False)
    op.create_table(
        "person_links",
        sa.Column("article_id", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(20), nullable=False),
        sa.Column("name_start", sa.Integer(), nullable=False),
        sa.Column("name_end", sa.Integer(), nullable=False),
        sa.Column("office_start", sa.Integer(), nullable=True),
        sa.Column("office_end", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_person_links_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_person_links")),
    )
    op.create_index(op.f("ix_person_links_person_id"), "person_links", ["person_id"], unique=False)
    op.create_index(op.f("ix_person_links_actor_id"), "person_links", ["actor_id"], unique=False)
    op.execute("UPDATE captures SET reader = NULL")
