"""What persons decided, held against each other."""

from itertools import permutations

from riwaya.records import Anchor, Judgement, Passage, Span
from riwaya.relate.judgements import decided_by
from tests.relate.made import judged

PASSAGES = [Passage(id=key, article_id=f"article {key}", span=Span(0, 50), events=()) for key in "abc"]
A, B, C = (Anchor(article_id=p.article_id, span=Span(10, 20), words="عشر كلمات") for p in PASSAGES)


def test_a_yes_joins_a_no_cuts_and_unsure_does_neither() -> None:
    found = decided_by([judged(A, B, "yes"), judged(C, B, "no"), judged(A, C, "unsure")], PASSAGES)
    assert found.joined == {("a", "b")}
    assert found.apart == {("b", "c")}
    assert found.contradictions == ()


def test_of_one_person_the_latest_counts() -> None:
    found = decided_by([judged(A, B, "yes", hour=9), judged(A, B, "no", hour=10)], PASSAGES)
    assert not found.joined
    assert found.apart == {("a", "b")}
    assert found.contradictions == ()


def test_of_two_persons_the_later_wins_and_the_earlier_is_reported_with_it() -> None:
    early, late = judged(A, B, "yes", by="Salma", hour=9), judged(A, B, "no", by="Karim", hour=10)
    found = decided_by([late, early], PASSAGES)
    assert found.apart == {("a", "b")}
    assert [(c.judgement, c.by) for c in found.contradictions] == [(early.id, (late.id,))]


def test_a_no_between_what_two_later_yeses_join_is_reported_with_both() -> None:
    no, first, second = judged(A, C, "no", hour=9), judged(A, B, "yes", hour=10), judged(B, C, "yes", hour=11)
    found = decided_by([first, no, second], PASSAGES)
    assert found.joined == {("a", "b"), ("b", "c")}
    assert [(c.judgement, set(c.by)) for c in found.contradictions] == [(no.id, {first.id, second.id})]


def test_a_yes_that_would_sew_what_a_later_no_tears_is_reported() -> None:
    first, second, no = judged(A, B, "yes", hour=9), judged(B, C, "yes", hour=10), judged(A, C, "no", hour=11)
    found = decided_by([first, no, second], PASSAGES)
    assert found.joined == {("b", "c")}
    assert [(c.judgement, c.by) for c in found.contradictions] == [(first.id, (no.id,))]


def test_the_order_they_come_in_does_not_matter() -> None:
    judgements = [judged(A, B, "yes", hour=9), judged(B, C, "yes", hour=10), judged(A, C, "no", hour=11), judged(A, B, "no", "Karim", 8)]
    assert len({decided_by(order, PASSAGES) for order in permutations(judgements)}) == 1


def test_a_judgement_follows_its_words_into_a_new_reading_and_none_is_lost() -> None:
    judgement: Judgement = judged(A, B, "yes")
    parted = [*PASSAGES[1:], Passage(id="new", article_id=A.article_id, span=Span(5, 30), events=())]
    assert decided_by([judgement], parted).joined == {("b", "new")}
    assert decided_by([judgement], PASSAGES[1:]).without_finding == (judgement.id,)
