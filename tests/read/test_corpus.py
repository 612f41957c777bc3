"""Readings as lines of the corpus: what the checker and the scorer of the corpus find in them."""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

from riwaya.read.corpus import corpus_row
from riwaya.read.corrections import corrected
from riwaya.read.interchange import article_of
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.wordings import open_roll
from riwaya.read.reading import reading_of
from riwaya.records import Reading
from training.score import gold_spans

from .made import correction, read

TRAINING = Path(__file__).parents[2] / "training"


def readings() -> list[Reading]:
    """What the rules read of some of our own articles of every file, and a corrected one in which nobody is named."""
    found = []
    for file in sorted((TRAINING / "corpus").glob("written-*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            found += [reading_of(article_of(json.loads(line))) for line in islice(lines, 6)]
    was = read()
    made = [correction(was, was.claims[0], "speaker"), correction(was, was.events[0], "tolls", "killed 5.. سبعة أشخاص")]
    return [*found, corrected(was, made, open_atlas(), open_roll())]


def test_lines_pass_the_checker_of_the_corpus(tmp_path: Path) -> None:
    file = tmp_path / "corrected.jsonl"
    file.write_text("".join(json.dumps(corpus_row(each), ensure_ascii=False) + "\n" for each in readings()), encoding="utf-8")
    checked = subprocess.run([sys.executable, str(TRAINING / "check_written.py"), str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "0 faults" in checked.stdout


def test_what_was_said_is_found_again_letter_by_letter() -> None:
    for reading in readings():
        text, claims, events = gold_spans(json.loads(json.dumps(corpus_row(reading))))
        assert text == reading.article.text
        assert [claim["content"] for claim in claims] == [list(claim.content) for claim in reading.claims]
        assert [claim["act"] for claim in claims] == [claim.act for claim in reading.claims]
        assert len(events) == len(reading.events)


def test_it_is_said_what_people_had_before_them() -> None:
    row = corpus_row(readings()[-1])
    assert row["corrected"] == {"statements": [0], "events": [0]}
    assert (row["statements"][0]["kind"], row["statements"][0]["speaker"], row["statements"][0]["name"]) == ("anonymous", None, "قال")
    assert row["events"][0]["casualties"] == [{"kind": "killed", "text": "سبعة أشخاص", "low": 5, "high": None, "whom": None}]
