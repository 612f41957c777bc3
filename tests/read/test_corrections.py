"""Corrections applied to readings: what they change, what stays beside it, what a new reading makes of them."""

from dataclasses import replace

import pytest

from riwaya.read.corrections import corrected, standing
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.wordings import open_roll
from riwaya.records import Claim, CorrectedPart, Correction, Event, Reading, event_place
from riwaya.relate.accounts import teller_key

from .made import EXPLOSION, correction, read


def apply(reading: Reading, *made: Correction) -> Reading:
    return corrected(reading, made, open_atlas(), open_roll())


def words(reading: Reading, span: tuple[int, int] | None) -> str:
    return reading.article.text[slice(*span)] if span else ""


@pytest.fixture(scope="module")
def was() -> Reading:
    return read()


def test_a_speaker_is_another_named_with_kind_and_link_and_the_machines_stays_beside(was: Reading) -> None:
    now = apply(was, correction(was, was.claims[1], "speaker", "غرفة عمليات الجنوب"))
    speaker = now.claims[1].tellers[0]
    assert (words(now, speaker.name), speaker.words, speaker.kind) == ("غرفة عمليات الجنوب", None, "org")  # it stands in another sentence
    assert now.claims[1].id == was.claims[1].id
    assert now.claims[1].rule == "verb + corrected by salma"
    assert now.reader == "rules 1 + corrections"
    (beside,) = now.corrected
    assert (beside.claim, [one.by for one in beside.by]) == (was.claims[1], ["salma"])
    assert now.claims[0] == was.claims[0]
    assert now.events == was.events


def test_nobody_is_named(was: Reading) -> None:
    now = apply(was, correction(was, was.claims[0], "speaker"))
    speaker = now.claims[0].tellers[0]
    assert (speaker.kind, speaker.words, speaker.name) == ("anonymous", None, None)
    assert now.claims[0].tellers[1:] == was.claims[0].tellers[1:]
    assert teller_key(speaker, now) == "؟"  # no outlet's own voice


def test_a_speakers_kind_may_be_said(was: Reading) -> None:
    now = apply(was, correction(was, was.claims[1], "speaker", "غرفة عمليات الجنوب", kind="anonymous"))
    assert now.claims[1].tellers[0].kind == "anonymous"


@pytest.mark.parametrize(
    ("part", "text", "field", "shows"),
    [
        ("trigger", "انفجار سيارة مفخخة", "trigger", "انفجار سيارة مفخخة"),
        ("actor", "غرفة عمليات الجنوب", "actor", "غرفة عمليات الجنوب"),
        ("target", "سبعة أشخاص", "target", "سبعة أشخاص"),
        ("place", "المستشفى الوطني", "place", "المستشفى الوطني"),
    ],
)
def test_words_of_an_event_are_other_words(was: Reading, part: CorrectedPart, text: str, field: str, shows: str) -> None:
    now = apply(was, correction(was, was.events[0], part, text))
    assert words(now, getattr(now.events[0], field)) == shows


def test_values_days_and_tolls(was: Reading) -> None:
    event, claim = was.events[0], was.claims[2]
    now = apply(
        was,
        correction(was, claim, "act", "accuse"),
        correction(was, claim, "content", "مسؤوليتها"),
        correction(was, event, "kind", "suicide-bomb"),
        correction(was, event, "status", "planned"),
        correction(was, event, "days", "2017-03-13/2017-03-14"),
        correction(was, event, "tolls", "killed 5..7 سبعة أشخاص | أشخاص\nwounded 10.. عشرة آخرون"),
    )
    assert (now.claims[2].act, words(now, now.claims[2].content)) == ("accuse", "مسؤوليتها")
    changed = now.events[0]
    assert (changed.kind, changed.status, changed.days and [day.isoformat() for day in changed.days]) == (
        "suicide-bomb", "planned", ["2017-03-13", "2017-03-14"],
    )  # fmt: skip
    assert [(toll.kind, toll.least, toll.most, words(now, toll.whom)) for toll in changed.tolls] == [
        ("killed", 5, 7, "أشخاص"), ("wounded", 10, None, ""),
    ]  # fmt: skip


def test_no_place_and_no_days_are_told(was: Reading) -> None:
    now = apply(
        was, correction(was, was.events[0], "place"), correction(was, was.events[0], "days"), correction(was, was.events[0], "tolls")
    )
    assert (now.events[0].place, now.events[0].within, now.events[0].days, now.events[0].tolls) == (None, None, None, ())


def test_which_place_it_is(was: Reading) -> None:
    before = event_place(was.events[0], was.places)
    now = apply(was, correction(was, was.events[0], "gazetteer", "sy-damascus"))
    place = event_place(now.events[0], now.places)
    assert place
    assert (place.place_id, place.name_en, place.reasons) == ("sy-damascus", "Damascus", ("A person chose it.",))
    assert before
    assert now.corrected[0].place == before
    assert apply(was, correction(was, was.events[0], "gazetteer", "no-such-key")) == was


def test_what_does_not_count_is_gone_and_its_event_is_told_by_the_outlet(was: Reading) -> None:
    assert was.events[0].claim_id == was.claims[0].id
    now = apply(was, correction(was, was.claims[0], "counts", "no"))
    assert [claim.id for claim in now.claims] == [claim.id for claim in was.claims[1:]]
    assert now.events[0].claim_id is None
    assert {each.claim or each.event for each in now.corrected} == {was.claims[0], was.events[0]}
    assert apply(was, correction(was, was.events[0], "counts", "no")).events == ()


def test_of_one_part_the_latest_counts_and_what_is_taken_back_counts_no_more(was: Reading) -> None:
    first = correction(was, was.claims[1], "act", "warn", minute=1)
    second = correction(was, was.claims[1], "act", "demand", by="nur", minute=2)
    back = correction(was, was.claims[1], "act", by="salma", minute=3, undoes=second.id)
    again = correction(was, was.claims[1], "act", by="nur", minute=4, undoes=back.id)
    assert [apply(was, *made).claims[1].act for made in ([second, first], [back, first, second], [first, second, back, again])] == [
        "demand", "warn", "demand",
    ]  # fmt: skip
    assert standing([again, back, second, first]) == (first, second)
    assert apply(was, second, first).claims[1].rule == "verb + corrected by nur"


def test_a_corrected_reading_without_its_corrections_is_as_it_was_read(was: Reading) -> None:
    made: list[Correction] = []
    findings: tuple[Claim | Event, ...] = (*was.claims, *was.events)
    for minute, finding in enumerate(findings):
        made.append(correction(was, finding, "counts", "no", minute=minute))
    made.append(correction(was, was.events[0], "place", "المستشفى الوطني", minute=9))
    now = apply(was, *made)
    assert (now.claims, now.events) == ((), ())
    assert apply(now) == was
    assert apply(now, *made) == now == apply(apply(was, made[0]), *made)


def test_a_new_reading_is_corrected_where_the_words_stand_now(was: Reading) -> None:
    made = [correction(was, was.claims[2], "speaker", "سامر الحداد"), correction(was, was.events[0], "status", "denied")]
    longer = read("مراسلنا في درعا يتابع التطورات منذ الصباح.", *EXPLOSION)
    now = apply(longer, *made)
    assert words(now, now.claims[2].tellers[0].name) == "سامر الحداد"
    assert now.events[0].status == "denied"


def test_words_that_are_gone_or_stand_in_two_places_are_not_guessed(was: Reading) -> None:
    made = correction(was, was.claims[2], "speaker", "سامر الحداد")
    gone = read(*EXPLOSION[:2])
    assert apply(gone, made) == gone
    twice = read(*EXPLOSION[::-1], EXPLOSION[2])
    assert apply(twice, made) == twice
    assert (
        apply(
            was,
            replace(made, of=replace(made.of, span=made.instead.words.span if made.instead.words else made.of.span, words="سامر الحداد")),
        )
        == was
    )


def test_a_finding_read_with_other_words_is_the_same_one_where_they_overlap(was: Reading) -> None:
    made = correction(was, was.events[0], "status", "denied")
    start, end = was.events[0].trigger
    wider = replace(was, events=(replace(was.events[0], trigger=type(was.events[0].trigger)(start, end + 6)),))
    assert apply(wider, made).events[0].status == "denied"
