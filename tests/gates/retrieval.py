"""How well search finds the paragraph that answers a question: MRR@10 on two public sets, beside plain BM25 over words as written.

Run: python -m tests.gates.retrieval. The sets are no part of the project; they are looked for beside it.
"""

import json
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from riwaya.arabic.words import tokens_in
from riwaya.read.model.trunk import Trunk
from riwaya.read.model.vectors import Embedder
from riwaya.read.model.weights import FOLDER as FOLDER_OF_MODEL
from riwaya.read.model.windows import windows_of
from riwaya.records import Article, Reading, record_id
from riwaya.store.meanings import Meanings
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
def ours(asked: Asked) -> Iterator[dict[str, Ranking]]:
    """The search of a library, each paragraph an article: by words alone, by vectors alone, and by both, as it is by default."""
    trunk = Trunk(FOLDER_OF_MODEL)
    embedder = Embedder(trunk, FOLDER_OF_MODEL)
    numbers = {record_id("article", paragraph): number for number, paragraph in enumerate(asked.paragraphs)}
    meanings = Meanings()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder, "library.sqlite"))
        migrate(engine)
        with engine.begin() as connection:
            read = [
                (capture_of(text), rows_of(capture_of(text).id, [_unread(text, _vector(text, trunk, embedder))]))
                for text in asked.paragraphs
            ]
            add_captures(connection, [capture for capture, _ in read])
            replace_readings(connection, "test", read)
        with engine.connect() as connection:

            def likeness(question: str) -> Mapping[str, float]:
                return meanings.likeness(connection, lambda: embedder.of_question(question_in(question, TODAY).words))

            def found(question: str, alike: Mapping[str, float]) -> list[int]:
                results = search(connection, question_in(question, TODAY), Part(size=_DEPTH), alike)
                return [numbers[each.article.id] for each in results.found]

            yield {
                "words alone": lambda question: found(question, {}),
                "vectors alone": lambda question: [numbers[key] for key, _ in Counter(likeness(question)).most_common(_DEPTH)],
                "both": lambda question: found(question, likeness(question)),
            }
        engine.dispose()


def _vector(text: str, trunk: Trunk, embedder: Embedder) -> bytes:
    tokens = tokens_in(text)
    return embedder.of_text(tokens, [(window, trunk.states(window.ids)) for window in windows_of(tokens, tokens_in(""), trunk.pieces)], [])[
        0
    ]


def _unread(text: str, vector: bytes) -> Reading:
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
    return Reading(article=article, mentions=(), claims=(), events=(), not_counted=(), reader="test", vector=vector)


def main() -> None:
    """Print the four figures of both sets."""
    for name, file in SETS.items():
        asked = asked_in(FOLDER / file)
        with plain(asked) as unfolded, ours(asked) as rankings:
            for way, ranking in {"plain BM25": unfolded, **rankings}.items():
                print(f"{name}, {len(asked.questions)} questions, {way}: MRR@10 {mean_reciprocal_rank(asked, ranking):.4f}", flush=True)


if __name__ == "__main__":
    main()
