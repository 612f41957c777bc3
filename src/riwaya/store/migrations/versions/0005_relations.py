"""What relating gives: passages, copies, links, stories; and what people judged."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Everything that was read is to be related."""
    op.create_table(
        "days_to_compare",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_days_to_compare")),
    )
    op.create_table(
        "frequencies",
        sa.Column("passages", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("passages", name=op.f("pk_frequencies")),
    )
    op.create_table(
        "grades",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("teller", sa.Text(), nullable=False),
        sa.Column("of_capture_id", sa.String(length=20), nullable=False),
        sa.Column("of_article_id", sa.String(length=20), nullable=False),
        sa.Column("of_span_start", sa.Integer(), nullable=False),
        sa.Column("of_span_end", sa.Integer(), nullable=False),
        sa.Column("of_words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grades")),
    )
    op.create_index(op.f("ix_grades_of_capture_id"), "grades", ["of_capture_id"], unique=False)
    op.create_index(op.f("ix_grades_of_article_id"), "grades", ["of_article_id"], unique=False)
    op.create_index(op.f("ix_grades_teller"), "grades", ["teller"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("left_capture_id", sa.String(length=20), nullable=False),
        sa.Column("left_article_id", sa.String(length=20), nullable=False),
        sa.Column("left_span_start", sa.Integer(), nullable=False),
        sa.Column("left_span_end", sa.Integer(), nullable=False),
        sa.Column("left_words", sa.Text(), nullable=False),
        sa.Column("right_capture_id", sa.String(length=20), nullable=False),
        sa.Column("right_article_id", sa.String(length=20), nullable=False),
        sa.Column("right_span_start", sa.Integer(), nullable=False),
        sa.Column("right_span_end", sa.Integer(), nullable=False),
        sa.Column("right_words", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_index(op.f("ix_judgements_left_capture_id"), "judgements", ["left_capture_id"], unique=False)
    op.create_index(op.f("ix_judgements_left_article_id"), "judgements", ["left_article_id"], unique=False)
    op.create_index(op.f("ix_judgements_right_capture_id"), "judgements", ["right_capture_id"], unique=False)
    op.create_index(op.f("ix_judgements_right_article_id"), "judgements", ["right_article_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("passage_id", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "passage_id", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_passage_id"), "members", ["passage_id"], unique=False)
    op.create_table(
        "redirects",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirects")),
    )
    op.create_index(op.f("ix_redirects_story_id"), "redirects", ["story_id"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_contested"), "stories", ["contested"], unique=False)
    op.create_index(op.f("ix_stories_first_day"), "stories", ["first_day"], unique=False)
    op.create_index(op.f("ix_stories_last_day"), "stories", ["last_day"], unique=False)
    op.create_index(op.f("ix_stories_origins"), "stories", ["origins"], unique=False)
    op.create_table(
        "story_countries",
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_countries_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "country", name=op.f("pk_story_countries")),
    )
    op.create_index(op.f("ix_story_countries_country"), "story_countries", ["country"], unique=False)
    op.create_table(
        "story_kinds",
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_kinds_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "kind", name=op.f("pk_story_kinds")),
    )
    op.create_index(op.f("ix_story_kinds_kind"), "story_kinds", ["kind"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("claim_ids", sa.Text(), nullable=False),
        sa.Column("teller_role", sa.String(length=10), nullable=True),
        sa.Column("teller_kind", sa.String(length=10), nullable=True),
        sa.Column("teller_words_start", sa.Integer(), nullable=True),
        sa.Column("teller_words_end", sa.Integer(), nullable=True),
        sa.Column("teller_name_start", sa.Integer(), nullable=True),
        sa.Column("teller_name_end", sa.Integer(), nullable=True),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("told", sa.String(length=10), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("carried_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_accounts_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_accounts_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_article_id"), "accounts", ["article_id"], unique=False)
    op.create_index(op.f("ix_accounts_story_id"), "accounts", ["story_id"], unique=False)
    op.create_table(
        "copies",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("original", sa.String(length=20), nullable=False),
        sa.Column("copy", sa.String(length=20), nullable=False),
        sa.Column("kept", sa.Float(), nullable=False),
        sa.Column("resemblance", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["copy"], ["articles.id"], name=op.f("fk_copies_copy"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["original"], ["articles.id"], name=op.f("fk_copies_original"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_copy"), "copies", ["copy"], unique=False)
    op.create_index(op.f("ix_copies_original"), "copies", ["original"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.Column("original", sa.String(length=20), nullable=True),
        sa.Column("judged", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_passages_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_index(op.f("ix_passages_article_id"), "passages", ["article_id"], unique=False)
    op.create_index(op.f("ix_passages_day"), "passages", ["day"], unique=False)
    op.create_index(op.f("ix_passages_original"), "passages", ["original"], unique=False)
    op.create_index(op.f("ix_passages_judged"), "passages", ["judged"], unique=False)
    op.create_index(op.f("ix_passages_stage"), "passages", ["stage"], unique=False)
    op.create_table(
        "story_articles",
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("reacts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_story_articles_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_articles_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "article_id", name=op.f("pk_story_articles")),
    )
    op.create_index(op.f("ix_story_articles_article_id"), "story_articles", ["article_id"], unique=False)
    op.create_table(
        "texts",
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_texts_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_texts")),
    )
    op.create_index(op.f("ix_texts_day"), "texts", ["day"], unique=False)
    op.create_table(
        "unrelated",
        sa.Column("article_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_unrelated_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_unrelated")),
    )
    op.create_table(
        "disagreements",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("story_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("left", sa.String(length=20), nullable=False),
        sa.Column("right", sa.String(length=20), nullable=False),
        sa.Column("left_words_start", sa.Integer(), nullable=False),
        sa.Column("left_words_end", sa.Integer(), nullable=False),
        sa.Column("right_words_start", sa.Integer(), nullable=False),
        sa.Column("right_words_end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["accounts.id"], name=op.f("fk_disagreements_left"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right"], ["accounts.id"], name=op.f("fk_disagreements_right"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_disagreements_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreements")),
    )
    op.create_index(op.f("ix_disagreements_left"), "disagreements", ["left"], unique=False)
    op.create_index(op.f("ix_disagreements_right"), "disagreements", ["right"], unique=False)
    op.create_index(op.f("ix_disagreements_story_id"), "disagreements", ["story_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("left", sa.String(length=20), nullable=False),
        sa.Column("right", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["passages.id"], name=op.f("fk_links_left"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right"], ["passages.id"], name=op.f("fk_links_right"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_left"), "links", ["left"], unique=False)
    op.create_index(op.f("ix_links_right"), "links", ["right"], unique=False)
    op.create_index(op.f("ix_links_score"), "links", ["score"], unique=False)
    op.execute("INSERT INTO unrelated (article_id) SELECT id FROM articles")
