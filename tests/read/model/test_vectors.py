"""Vectors: what says alike lies near, whatever its words; the same for the same text."""

from dataclasses import replace

import numpy as np

from riwaya.read.interchange import article_of
from riwaya.read.model.weights import open_model
from riwaya.read.reading import model_for, reading_of
from riwaya.records import Reading

TEXT = (
    "أعلنت وزارة الصحة أن حصيلة القصف على الحي ارتفعت إلى تسعة قتلى.\n"
    "وقال رئيس اتحاد الكرة إن مباراة الكأس ستقام مساء الجمعة في ملعب العاصمة."
)


def read(text: str) -> Reading:
    article = replace(article_of({"id": "1", "paragraphs": ["نص"]}), text=text)
    return reading_of(article, model=model_for("model", vectors=True))


def likeness(left: bytes | None, right: bytes | None) -> float:
    assert left is not None
    assert right is not None
    a, b = (np.frombuffer(each, np.int8).astype(float) for each in (left, right))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_each_claim_lies_nearest_to_the_question_that_it_answers() -> None:
    of_bombing, of_football = (claim.vector for claim in read(TEXT).claims)
    embedder = open_model(vectors=True).embedder
    assert embedder
    killed = embedder.of_question("كم شخصاً لقوا حتفهم جراء الغارة؟")
    match = embedder.of_question("متى يلعب الفريقان نهائي البطولة؟")
    assert likeness(killed, of_bombing) > likeness(killed, of_football)
    assert likeness(match, of_football) > likeness(match, of_bombing)


def test_an_article_has_one_vector_of_384_bytes_and_the_same_each_time() -> None:
    first = read(TEXT)
    assert len(first.vector or b"") == 384
    assert first == read(TEXT)


def test_without_words_or_without_asking_there_is_none() -> None:
    assert read("").vector is None
    assert reading_of(read(TEXT).article, model=model_for("model")).vector is None
