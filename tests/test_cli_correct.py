"""The command that corrects, takes back and lists, and the ledger's lines to train on."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from riwaya.cli import app
from riwaya.errors import CorrectionError
from tests.libraries import related, row
from tests.read.made import EXPLOSION


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [words[0], "--library", str(folder), *words[1:]])


def test_a_finding_is_corrected_listed_undone_and_exported_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with related(folder, [[row("told", *EXPLOSION, day="2017-03-15")]]) as library:
        (was,) = library.readings()
    claim, event = was.claims[1].id[:8], was.events[0].id[:8]
    assert "Nothing has been corrected." in run(folder, "correct").output
    made = run(folder, "correct", claim, "speaker", "غرفة عمليات الجنوب", "--by", "سلمى", "--note", "من السياق").output
    assert "claim «وأضاف» speaker: «غرفة عمليات الجنوب»  سلمى" in made
    assert "(من السياق)" in made
    tolls = run(folder, "correct", event, "tolls", "killed 5..7 سبعة أشخاص", "wounded 10.. عشرة آخرون", "--by", "نور").output
    assert "tolls: killed 5..7 «سبعة أشخاص», wounded 10.. «عشرة آخرون»" in tolls
    assert "speaker: none" in run(folder, "correct", was.claims[0].id, "speaker", "").output
    assert "verb + corrected by سلمى" in run(folder, "show", claim).output
    undone = run(folder, "correct", "--undo", made.split()[0], "--by", "نور").output
    assert f"speaker: takes back {made.split()[0]}  نور" in undone
    listed = run(folder, "correct").output
    assert "[undone]" in listed
    assert len(listed.splitlines()) == 4
    file = tmp_path / "corrected.jsonl"
    assert run(folder, "ledger", "--corpus", str(file)).exit_code == 0
    (line,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert [each["low"] for each in line["events"][0]["casualties"]] == [5, 10]
    assert line["corrected"] == {"statements": [0], "events": [0]}


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with related(tmp_path / "told", [[row("told", *EXPLOSION)]]) as library:
        claim = next(library.readings()).claims[0].id
    folder = tmp_path / "told"
    assert run(folder, "correct", claim, "colour", "red").exit_code == 2
    assert run(folder, "correct", claim).exit_code == 2
    assert run(folder, "correct", claim, "speaker").exit_code == 2
    assert isinstance(run(folder, "correct", claim, "content", "").exception, CorrectionError)
    assert run(folder, "correct", claim, "act", "deny", "--undo", "abcdef").exit_code == 2
    refused = run(folder, "correct", claim, "act", "shout")
    assert isinstance(refused.exception, CorrectionError)
    assert "«shout» is no act" in str(refused.exception)
