"""The files of the model: whole, or a clear error."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from riwaya.errors import ModelError
from riwaya.read.model.weights import FOLDER, check_files, open_model
from riwaya.read.text import read_text


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "weights"))


def test_the_files_that_ship_are_whole() -> None:
    check_files(FOLDER)
    listed = {line.split("  ")[1] for line in (FOLDER / "SHA256SUMS").read_text().splitlines()}
    assert listed == {path.name for path in FOLDER.iterdir()} - {"SHA256SUMS", "CARD.md"}


def test_what_ships_is_small_enough() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 50_000_000


@pytest.mark.parametrize("name", ["reader.onnx", "trust.toml", "tokenizer.json"])
def test_a_missing_file_is_named_with_what_to_do(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=rf"missing: .*{name}.*--reader rules"):
        open_model(1, copied)


def test_one_changed_byte_is_noticed(copied: Path) -> None:
    content = bytearray((copied / "reader.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (copied / "reader.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"damaged: .*reader.onnx"):
        open_model(1, copied)


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not there"):
        open_model(1, tmp_path)


def test_the_rules_read_without_the_model_and_without_its_runtime() -> None:
    read = "read_text('قال الوزير إن الجيش انسحب', reader='rules')"
    code = f"import sys; from riwaya import read_text; print({read}.reader, 'onnxruntime' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["rules", "1", "False"]


def test_a_reading_says_who_read() -> None:
    assert read_text("قال الوزير إن الجيش انسحب", reader="rules").reader == "rules 1"
    assert read_text("قال الوزير إن الجيش انسحب", reader="model").reader == "rules 1 + model 3"
