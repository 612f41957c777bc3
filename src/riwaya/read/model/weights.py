"""The files of the model: found, checked against their hashes, loaded once."""

import hashlib
from functools import lru_cache
from pathlib import Path

from riwaya.errors import ModelError
from riwaya.read.model.network import Network
from riwaya.read.model.reader import Model
from riwaya.read.model.trunk import Trunk
from riwaya.read.model.trust import load_trust
from riwaya.read.model.vectors import Embedder

FOLDER = Path(__file__).parent / "weights"
_HASHES = "SHA256SUMS"  # as `sha256sum -c` reads it
_INSTEAD = 'Install riwaya anew, or read with the rules alone: --reader rules, or reader = "rules" in riwaya.toml.'


@lru_cache(maxsize=2)
def open_model(threads: int = 1, folder: Path = FOLDER, *, vectors: bool = False) -> Model:
    """The model that ships with riwaya, or that of another folder, on so many threads; `vectors`: whether it also gives vectors.

    Raises ModelError if a file of it is missing or is not the one that was shipped.
    """
    check_files(folder)
    network = Network(folder, threads=threads)
    return Model(network, load_trust(folder / "trust.toml"), Embedder(network.trunk, folder, threads=threads) if vectors else None)


@lru_cache(maxsize=2)
def open_embedder(threads: int = 1, folder: Path = FOLDER) -> Embedder:
    """What makes vectors, without the reader: for questions. Raises ModelError as `open_model` does."""
    check_files(folder)
    return Embedder(Trunk(folder, threads=threads), folder, threads=threads)


def check_files(folder: Path) -> None:
    """Compare every file of a model with its hash; raises ModelError with the name of the first that differs."""
    try:
        lines = (folder / _HASHES).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The neural reader is not there: {folder / _HASHES} cannot be read. {_INSTEAD}") from error
    for line in lines:
        digest, _, name = line.partition("  ")
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"A file of the neural reader is missing: {folder / name}. {_INSTEAD}") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise ModelError(f"A file of the neural reader is damaged: {folder / name} is not as it was shipped. {_INSTEAD}")


def write_hashes(folder: Path) -> None:
    """Write the hashes of the files of a model."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != _HASHES and path.suffix != ".md")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (folder / _HASHES).write_text("\n".join(lines) + "\n", encoding="ascii")
