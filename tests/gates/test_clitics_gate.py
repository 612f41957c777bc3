"""How many words of WikiNews are split as the Farasa reference splits them; the reference lies beside the project and is not part of it.

Farasa splits more than clitics, so its segments are put together again: what stands in front and is tagged conjunction, preposition,
future particle or article (و ف ب ل ك س ال) is the prefix, a pronoun at the end that is an object or a possessor is the suffix, all between
them the stem, with its feminine, plural and subject endings. Words are compared in folded form; punctuation, digits and Latin are left out.
The reference writes ل+ال for لل, and a stem that begins with ل keeps one of its two, as it is written ("للغة" is ل and لغة).
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from riwaya.arabic.clitics import Split, split_clitics
from riwaya.arabic.fold import folded
from tests.gates.measure import SHARED, corpus_hash

REFERENCE = SHARED / "data" / "morphology" / "wikinews-segmentation-first6000.tsv"
SHA256 = "a60ed62bd8a66ee68efd3fbe7ae1a4ba6e8ac7674d555a230180d4e2a8a476ac"
FLOOR_AS_WRITTEN, FLOOR_FOLDED = 0.982, 0.976
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ال")
_ENCLITICS = ("ه", "ها", "هم", "هما", "هن", "كم", "كما", "نا", "ني", "ك", "ي")
_SUBJECTS = ("ي", "نا")  # on a verb these are its subject


class Segmented(NamedTuple):
    """A word as written and how the reference splits it."""

    word: str
    split: Split


def reference(path: Path) -> list[Segmented]:
    """The Arabic words of the reference with prefix, stem and suffix."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        segmented, tagged = line.split("\t")[:2]
        segments, tags = segmented.split("+"), tagged.split("+")
        if len(segments) != len(tags) or not re.fullmatch("[ء-ي+]+", segmented):
            continue
        first, last = 0, len(segments)
        while first < last - 1 and segments[first] in _PROCLITICS and tags[first] in ("CONJ", "PREP", "FUT_PART", "DET", "PART"):
            first += 1
        if first and first == last - 1 and tags[first] == "PRON" and segments[first] in _ENCLITICS and tags[first - 1] == "PREP":
            first -= 1  # له: the preposition is the stem
        is_object = tags[-1] == "PRON" and segments[-1] in _ENCLITICS and not ("V" in tags and segments[-1] in _SUBJECTS)
        if last - 1 > first and is_object:
            last -= 1
        word = re.sub(r"(^|\+)ل\+ال\+", r"\1لل+", segmented).replace("+", "")
        parts = ("".join(segments[:first]), "".join(segments[first:last]), "".join(segments[last:]))
        found.append(Segmented(word, Split(*map(folded, parts))._replace(prefixes=re.sub("لال$", "لل", parts[0]))))
    return found


def same_split(split: Split, expected: Split) -> bool:
    """Whether a split is the reference's, but for the lam that "للغة" does not write."""
    return split[1:] == expected[1:] and expected.prefixes in (split.prefixes, split.prefixes + "ل")


def share_split_right(words: list[Segmented], *, fold_first: bool) -> float:
    """The share of words whose prefix, stem and suffix are all those of the reference."""
    right = [same_split(split_clitics(folded(word) if fold_first else word), split) for word, split in words]
    return sum(right) / len(right)


@pytest.mark.gate
def test_as_many_words_are_split_as_the_reference_splits_them() -> None:
    if not REFERENCE.exists():
        pytest.skip("the segmentation reference is not beside the project; clitics were not measured on it in this run")
    assert corpus_hash([REFERENCE]) == SHA256, "the reference changed: measure anew"
    words = reference(REFERENCE)
    as_written, in_folded_form = share_split_right(words, fold_first=False), share_split_right(words, fold_first=True)
    print(f"{len(words)} words: {as_written:.4f} as written, {in_folded_form:.4f} folded")
    assert as_written >= FLOOR_AS_WRITTEN
    assert in_folded_form >= FLOOR_FOLDED
