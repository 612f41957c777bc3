"""The network: one pass of the encoder over pieces and marks, heads that tag each word, pointers from cues and triggers to their parts."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from riwaya.read.model.labels import ACTS, CLAIM_PARTS, EVENT_PARTS, HEADS, KINDS, STATUSES
from riwaya.read.model.marks import MARKS
from training.reader.encoder import Shape
from training.reader.examples import IGNORE, NEWS_NAMES, OTHER_NAMES, Anchor, Row

FROZEN = 3  # lowest layers left as they are: a sixth faster, and their work, spelling and inflection, is done; the marks come in above them
REACH = 127  # tokens of distance that a pointer tells apart
POINTER = 160  # width of a pointer's hidden layer
_NOWHERE = -1e4
TAGGED = {**HEADS, OTHER_NAMES: HEADS[NEWS_NAMES]}
WEIGHTS = {  # the losses of names are small beside those of the pointers, and would be learned last
    "names": 5.0, OTHER_NAMES: 1.5, "cue": 2.0, "trigger": 2.0, "toll": 1.0, "role": 1.0, "opens": 1.0, "closes": 1.0,
}  # fmt: skip


class Layer(nn.Module):
    """One layer of the encoder, as in BERT: attention, then an inner layer, each added to its input and normed."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv, self.out = nn.Linear(shape.width, 3 * shape.width), nn.Linear(shape.width, shape.width)
        self.up, self.down = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.norm_attention, self.norm = nn.LayerNorm(shape.width, 1e-12), nn.LayerNorm(shape.width, 1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (part.view(batch, length, self.heads, -1).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)  # dropout here would keep the fast kernel away: half the speed
        x = self.norm_attention(x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.norm(x + self.drop(self.down(F.gelu(self.up(x)))))


class Pointer(nn.Module):
    """For each anchor: scores of every token as first and as last of each part, and of the part being absent.

    score(anchor, token) = v · gelu(Q anchor + K token + distance) + u · token
    """

    def __init__(self, width: int, parts: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(width, POINTER), nn.Linear(width, POINTER, bias=False)
        self.distance = nn.Embedding(2 * REACH + 1, POINTER)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.alone, self.out, self.none = nn.Linear(width, 2 * parts), nn.Linear(POINTER, 2 * parts), nn.Linear(POINTER, 2 * parts)
        self.drop = nn.Dropout(dropout)

    def forward(self, anchors: Tensor, words: Tensor, at: Tensor, there: Tensor) -> Tensor:
        """anchors (N, width), words (B, L, width), at (N, 3): row, first and last token; there (B, L) -> (N, L + 1, 2 x parts)."""
        asked = self.query(anchors)
        places = torch.arange(words.shape[1])[None]
        first, last = at[:, 1:2], at[:, 2:3]
        gap = torch.where(places < first, places - first, torch.where(places > last, places - last, 0)).clamp(-REACH, REACH) + REACH
        hidden = asked[:, None] + self.key(words)[at[:, 0]] + self.distance(gap)
        scores = self.out(self.drop(F.gelu(hidden))).float() + self.alone(words)[at[:, 0]].float()
        scores = scores.masked_fill(~there[at[:, 0]][:, :, None], _NOWHERE)
        return torch.cat([scores, self.none(F.gelu(asked)).float()[:, None]], 1)


class Network(nn.Module):
    """The neural reader. `pieces` (B, T) and `marks` (B, T, len(MARKS)) in, tags and pointers out."""

    def __init__(self, shape: Shape, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.drop = shape, nn.Dropout(dropout)
        self.words, self.positions = nn.Embedding(shape.vocabulary, shape.width), nn.Embedding(shape.positions, shape.width)
        self.marks = nn.Linear(len(MARKS), shape.width, bias=False)
        nn.init.zeros_(self.marks.weight)  # the first steps see the encoder as it was trained
        self.norm = nn.LayerNorm(shape.width, 1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(layers))
        width = 2 * shape.width + len(MARKS)
        self.tag = nn.ModuleDict({name: nn.Linear(width, len(tags)) for name, tags in TAGGED.items()})
        self.label = nn.ModuleDict({"claims": nn.Linear(width, len(ACTS)), "events": nn.Linear(width, len(KINDS))})
        self.status = nn.Linear(width, len(STATUSES))
        self.point = nn.ModuleDict(
            {"claims": Pointer(width, len(CLAIM_PARTS), dropout), "events": Pointer(width, len(EVENT_PARTS), dropout)}
        )

    def load_encoder(self, weights: dict[str, np.ndarray]) -> None:
        """Take the weights of `encoder.npz`, as many layers as the network has."""
        put = lambda parameter, value: parameter.data.copy_(torch.from_numpy(value))  # noqa: E731
        put(self.words.weight, weights["emb.word"])
        put(self.positions.weight, weights["emb.pos"])
        put(self.norm.weight, weights["emb.ln.w"])
        put(self.norm.bias, weights["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            name = f"l{number}."
            for part in ("w", "b"):
                field = "weight" if part == "w" else "bias"
                put(getattr(layer.qkv, field), np.concatenate([weights[f"{name}{which}.{part}"] for which in "qkv"]))
                for theirs, ours in (
                    ("ao", layer.out),
                    ("fi", layer.up),
                    ("fo", layer.down),
                    ("aln", layer.norm_attention),
                    ("oln", layer.norm),
                ):
                    put(getattr(ours, field), weights[f"{name}{theirs}.{part}"])

    def load_trained(self, state: dict[str, Tensor]) -> None:
        """Take a trained network's parameters; of its layers the frozen ones and, spread evenly up to the top, as many as this one has."""
        depth = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
        step = (depth - FROZEN) / (len(self.layers) - FROZEN)
        taken = [*range(FROZEN), *(FROZEN - 1 + round(step * place) for place in range(1, len(self.layers) - FROZEN + 1))]
        own = {name: value for name, value in state.items() if not name.startswith("layers.")}
        for number, theirs in enumerate(taken):
            old = f"layers.{theirs}."
            own |= {f"layers.{number}.{name.removeprefix(old)}": value for name, value in state.items() if name.startswith(old)}
        self.load_state_dict(own)

    def read(self, batch: "Batch") -> Tensor:
        """What the network knows of each token: (B, L, 2 x width + marks), from its first and last piece and its marks."""
        with torch.no_grad():
            x = self.norm(self.words(batch.pieces) + self.positions.weight[: batch.pieces.shape[1]])
            bias = (1.0 - batch.is_piece[:, None, None, :].to(x.dtype)) * _NOWHERE
            for layer in self.layers[:FROZEN]:
                x = layer(x, bias)
        x = x + self.marks(batch.piece_marks)
        for layer in self.layers[FROZEN:]:
            x = layer(x, bias)
        ends = [torch.gather(x, 1, at[:, :, None].expand(-1, -1, x.shape[2])) for at in (batch.starts, batch.ends)]
        return torch.cat([self.drop(torch.cat(ends, -1)), batch.marks.to(x.dtype)], -1)

    def anchored(self, kind: str, words: Tensor, at: Tensor, there: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Labels, statuses and pointers of the anchors `at` (N, 3)."""
        anchors = (words[at[:, 0], at[:, 1]] + words[at[:, 0], at[:, 2]]) / 2
        return self.label[kind](anchors).float(), self.status(anchors).float(), self.point[kind](anchors, words, at, there)

    def loss(self, batch: "Batch") -> Tensor:
        """What is to be made small."""
        words = self.read(batch)
        total = torch.zeros(())
        for name, head in self.tag.items():
            wanted = batch.tags[name]
            if (wanted >= 0).any():
                total = total + WEIGHTS[name] * F.cross_entropy(head(words).float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORE)
        for kind, anchors in batch.anchors.items():
            if len(anchors.at):
                labels, statuses, scores = self.anchored(kind, words, anchors.at, batch.there)
                total = total + 0.4 * F.cross_entropy(labels, anchors.labels, label_smoothing=0.05)
                if kind == "events":
                    total = total + 0.4 * F.cross_entropy(statuses, anchors.statuses)
                wanted = anchors.parts.masked_fill(anchors.parts == -1, scores.shape[1] - 1)
                missed = F.cross_entropy(scores.transpose(1, 2).flatten(0, 1), wanted.flatten(), ignore_index=IGNORE, reduction="none")
                total = total + 0.3 * missed.sum() / len(wanted)
        return total


@dataclass
class Anchors:
    """All anchors of one kind in a batch."""

    at: Tensor  # (N, 3)
    labels: Tensor
    statuses: Tensor
    parts: Tensor  # (N, 2 x parts)


@dataclass
class Batch:
    """Rows as arrays padded to the longest."""

    pieces: Tensor
    is_piece: Tensor
    piece_marks: Tensor
    starts: Tensor
    ends: Tensor
    marks: Tensor
    there: Tensor
    tags: dict[str, Tensor]
    anchors: dict[str, Anchors]


def batch_of(rows: list[Row], unmarked: set[int] | frozenset[int] = frozenset()) -> Batch:
    """Rows as one batch; the rows whose numbers are in `unmarked` are given without the marks of the rules."""
    longest, most, count = max(len(row.window.ids) for row in rows), max(len(row.window.starts) for row in rows), len(rows)
    pieces, is_piece = np.ones((count, longest), np.int64), np.zeros((count, longest), np.int64)
    piece_marks = np.zeros((count, longest, len(MARKS)), np.float32)
    starts, ends = np.zeros((count, most), np.int64), np.zeros((count, most), np.int64)
    marks, there = np.zeros((count, most, len(MARKS)), np.float32), np.zeros((count, most), bool)
    tags = {name: np.full((count, most), IGNORE, np.int64) for name in TAGGED}
    for number, row in enumerate(rows):
        window, tokens = row.window, len(row.window.starts)
        pieces[number, : len(window.ids)], is_piece[number, : len(window.ids)] = window.ids, 1
        starts[number, :tokens], ends[number, :tokens], there[number, :tokens] = window.starts, window.ends, True
        if number not in unmarked:
            marks[number, :tokens] = row.marks
            piece_marks[number, window.starts] = row.marks
        for name, values in row.tags.items():
            tags[name][number, :tokens] = values
    put = torch.from_numpy
    anchors = {
        "claims": _anchors([(number, a) for number, row in enumerate(rows) for a in row.claims], len(CLAIM_PARTS)),
        "events": _anchors([(number, a) for number, row in enumerate(rows) for a in row.events], len(EVENT_PARTS)),
    }
    return Batch(
        put(pieces), put(is_piece), put(piece_marks), put(starts), put(ends), put(marks), put(there),
        {name: put(values) for name, values in tags.items()}, anchors,
    )  # fmt: skip


def _anchors(found: list[tuple[int, Anchor]], parts: int) -> Anchors:
    put = lambda values, *shape: torch.from_numpy(np.array(values, np.int64).reshape(*shape))  # noqa: E731
    return Anchors(
        put([(number, a.first, a.last) for number, a in found], -1, 3),
        put([a.label for _, a in found], -1),
        put([a.status for _, a in found], -1),
        put([[at for part in a.parts for at in part] for _, a in found], -1, 2 * parts),
    )
