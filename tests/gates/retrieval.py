"""How well search finds the paragraph that answers a question: MRR@10 on two public sets, beside plain BM25 over words as written.

Run: python -m tests.gates.retrieval. The sets are no part of the project; they are looked for beside it.
"""

import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from riwaya.records import Article, Reading, record_id
from riwaya.store.questions import question_in
from riwaya.store.schema import migrate
from riwaya.store.search import Part, search
from riwaya.store.sqlite import open_engine
from riwaya.store.update import add_captures, replace_readings, rows_of
from tests.store.made import capture_of

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "search"
SETS = {"ARCD": "arcd-train.json", "XQuAD": "xquad.ar.json"}
TODAY = date(2026, 1, 1)
_WORD = re.compile(r"\w+")
_DEPTH = 10

Ranking = Callable[[str], list[int]]  # numbers of the paragraphs that a question finds, best first


class Asked(NamedTuple):
    """A set: paragraphs, and questions each with the number of the paragraph that answers it."""

    paragraphs: list[str]
    questions: list[tuple[str, int]]


def asked_in(file: Path) -> Asked:
    """The paragraphs and questions of a file in the form of SQuAD; a paragraph that stands there twice is one."""
    numbers: dict[str, int] = {}
    questions = []
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number = numbers.setdefault(paragraph["context"], len(numbers))
            questions += [(each["question"], number) for each in paragraph["qas"]]
    return Asked(list(numbers), questions)


def mean_reciprocal_rank(asked: Asked, ranking: Ranking) -> float:
    """The mean of one by the rank of the right paragraph, 0 where it is not among the first ten."""
    total = 0.0
    for question, right in asked.questions:
        found = ranking(question)[:_DEPTH]
        total += 1 / (found.index(right) + 1) if right in found else 0.0
    return total / len(asked.questions)


@contextmanager
def plain(asked: Asked) -> Iterator[Ranking]:
    """BM25 over the words as written; any of the question's words will do."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")
        rows = enumerate(" ".join(_WORD.findall(each)) for each in asked.paragraphs)
        connection.executemany("INSERT INTO plain (rowid, body) VALUES (?, ?)", rows)

        def ranked(question: str) -> list[int]:
            words = " OR ".join(f'"{word}"' for word in _WORD.findall(question))
            found = connection.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY bm25(plain) LIMIT 10", (words,))
            return [number for (number,) in found]

        yield ranked


@contextmanager
def ours(asked: Asked) -> Iterator[Ranking]:
    """The search of a library as it is by default, each paragraph an article."""
    numbers = {record_id("article", paragraph): number for number, paragraph in enumerate(asked.paragraphs)}
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder, "library.sqlite"))
        migrate(engine)
        with engine.begin() as connection:
            read = [(capture_of(text), rows_of(capture_of(text).id, [_unread(text)])) for text in asked.paragraphs]
            add_captures(connection, [capture for capture, _ in read])
            replace_readings(connection, "test", read)
        with engine.connect() as connection:
            yield lambda question: [
                numbers[found.article.id] for found in search(connection, question_in(question, TODAY), Part(size=_DEPTH)).found
            ]
        engine.dispose()


def _unread(text: str) -> Reading:
    article = Article(
        id=record_id("article", text),
        capture_id=None,
        address=None,
        outlet="",
        title="",
        byline="",
        dateline="",
        published=None,
        text=text,
    )
    return Reading(article=article, mentions=(), claims=(), events=(), not_counted=(), reader="test")


def main() -> None:
    """Print both figures of both sets."""
    for name, file in SETS.items():
        asked = asked_in(FOLDER / file)
        with plain(asked) as unfolded, ours(asked) as by_default:
            figures = [mean_reciprocal_rank(asked, ranking) for ranking in (unfolded, by_default)]
        print(f"{name}: plain BM25 {figures[0]:.4f}, search {figures[1]:.4f}; {len(asked.questions)} questions", flush=True)


if __name__ == "__main__":
    main()
