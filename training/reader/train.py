"""Train the neural reader: deterministic by seed on one machine and thread count; stopped and started again, it goes on.

python -m training.reader.train ENCODER -o RUN --names FOLDER [--epochs N] [--layers N] [--begin RUN]
"""

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from riwaya.read.model.windows import Pieces
from training.reader.encoder import Shape
from training.reader.examples import HELD_OUT, NEWS_NAMES, OTHER_NAMES, Example, Row, named_example, named_texts, rows_of, written_examples
from training.reader.network import FROZEN, Network, batch_of

CORPUS = Path(__file__).parents[1] / "corpus"
UNMARKED = 0.12  # share of windows read without the rules' marks, so that the network can also read by itself
HIDDEN = 0.05  # share of pieces hidden behind <unk>
SHARES = {NEWS_NAMES: 0.7, OTHER_NAMES: 0.4}  # of the texts of the corpora of names in each epoch


def named_examples(folder: Path) -> tuple[list[Example], list[Example]]:
    """The corpora of names: what shows the shipped head its convention, and what teaches its neighbour."""
    news = named_texts(folder / "anercorp-train.txt")
    news = news[: round(len(news) * (1 - HELD_OUT))]
    others = [
        text
        for name in ("aqmar-train", "aqmar-dev", "wojood-sample-train", "wojood-sample-val")
        for text in named_texts(folder / f"{name}.txt")
    ]
    return [named_example(text, NEWS_NAMES) for text in news], [named_example(text, OTHER_NAMES) for text in others]


def batches(examples: list[Example], pieces: Pieces, rng: random.Random, size: int) -> list[list[Row]]:
    """The windows of an epoch in batches of similar length of at most `size` pieces with their padding, in random order."""
    rows = [row for example in examples if rng.random() < _share(example) for row in rows_of(example, pieces, rng)]
    rows.sort(key=lambda row: len(row.window.ids) + rng.random() * 30)
    made: list[list[Row]] = []
    width = 0
    for row in rows:
        width = max(width, len(row.window.ids))
        if made and width * (len(made[-1]) + 1) <= size:
            made[-1].append(row)
        else:
            made.append([row])
            width = len(row.window.ids)
    rng.shuffle(made)
    return made


def _share(example: Example) -> float:
    """How likely an example is in an epoch: names need fewer passes than claims and events."""
    return SHARES[NEWS_NAMES] if NEWS_NAMES in example.tags else SHARES[OTHER_NAMES] if list(example.tags) == [OTHER_NAMES] else 1.0


def groups(network: Network, rate: float, head_rate: float, decay: float) -> list[dict[str, Any]]:
    """Parameters with their learning rates: the top layer the full rate, each lower one `decay` of it, heads their own."""
    found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    depth = len(network.layers)
    for name, parameter in network.named_parameters():
        layer = int(name.split(".")[1]) if name.startswith("layers.") else None
        if name.startswith(("words", "positions", "norm")) or (layer is not None and layer < FROZEN):
            continue
        own = head_rate if layer is None else rate * decay ** (depth - 1 - layer)
        found.setdefault((own, 0.0 if parameter.ndim == 1 else 0.01), []).append(parameter)
    return [{"params": params, "lr": own, "base": own, "weight_decay": wd} for (own, wd), params in found.items()]


class Run:
    """One training, with all that is needed to go on with it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.folder = options, options.out
        random.seed(options.seed)
        np.random.seed(options.seed)
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        weights = dict(np.load(options.encoder / "encoder.npz"))
        self.shape = Shape(384, 12, 12, 1536, *weights["emb.word"].shape[:1], 512)
        self.network = Network(self.shape, options.layers)
        if options.begin:
            self.network.load_trained(torch.load(options.begin / "network.pt", weights_only=True)["network"])
        else:
            self.network.load_encoder(weights)
        self.optimizer = torch.optim.AdamW(groups(self.network, options.rate, options.head_rate, 0.9), betas=(0.9, 0.98), fused=True)
        self.rng = random.Random(options.seed)
        self.epoch, self.step, self.total = 0, 0, 0
        if (self.folder / "state.pt").exists():
            self._resume()

    def _resume(self) -> None:
        state = torch.load(self.folder / "state.pt", weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step, self.total = state["epoch"], state["step"], state["total"]
        self.rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])
        print(f"goes on after epoch {self.epoch}", flush=True)

    def save(self) -> None:
        """Keep all at the end of an epoch; a stop while writing loses nothing of the epoch before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(), "epoch": self.epoch, "step": self.step,
            "total": self.total, "rng": self.rng.getstate(), "torch": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, self.folder / "state.part")
        (self.folder / "state.part").replace(self.folder / "state.pt")
        torch.save(
            {"network": self.network.state_dict(), "shape": asdict(self.shape), "layers": len(self.network.layers)},
            self.folder / "network.pt",
        )

    def epochs(self, examples: list[Example], pieces: Pieces) -> Iterator[str]:
        """Train the epochs that are left; a line of progress after each."""
        options = self.options
        while self.epoch < options.epochs:
            self.network.train()
            started, seen, missed = time.monotonic(), 0, 0.0
            todo = batches(examples, pieces, self.rng, options.pieces)
            self.total = self.total or len(todo) * options.epochs
            for number, rows in enumerate(todo):
                missed += self._step(rows)
                seen += sum(len(row.window.ids) for row in rows)
                if number % 50 == 49:
                    print(
                        f"  {number + 1}/{len(todo)} loss {missed / (number + 1):.3f} {seen / (time.monotonic() - started):.0f} pieces/s",
                        flush=True,
                    )
            self.epoch += 1
            self.save()
            took = time.monotonic() - started
            yield f"epoch {self.epoch} loss {missed / len(todo):.3f} {took:.0f} s {seen / took:.0f} pieces/s"

    def _step(self, rows: list[Row]) -> float:
        batch = batch_of(rows, {number for number in range(len(rows)) if self.rng.random() < UNMARKED})
        hidden = (torch.rand(batch.pieces.shape) < HIDDEN) & (batch.pieces > 3)
        batch.pieces = batch.pieces.masked_fill(hidden, 3)
        warm = max(1, self.total // 15)
        scale = min((self.step + 1) / warm, max(0.01, (self.total - self.step) / max(1, self.total - warm)))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * scale
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = self.network.loss(batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return loss.item()


def main() -> None:
    """Train, writing `network.pt` after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path, help="folder that training.reader.encoder wrote")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True, help="folder with the corpora of names")
    parser.add_argument("--begin", type=Path, help="run whose trained network is begun with, thinned to the layers asked for")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=1200, help="pieces of a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=0, help="only so many of each corpus: for trying the chain")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "options.json").write_text(json.dumps({key: str(value) for key, value in vars(options).items()}, indent=1))
    kept = options.out / "examples.pkl"  # the rules' marks as they were when the training began
    if kept.exists():
        examples = pickle.loads(kept.read_bytes())
    else:
        news, others = named_examples(options.names)
        written = written_examples(CORPUS.glob("written-*.jsonl"))
        few = options.articles or None
        examples = written[:few] + news[:few] + others[:few]
        kept.write_bytes(pickle.dumps(examples))
    run = Run(options)
    pieces = Pieces(options.encoder / "tokenizer.json")
    for line in run.epochs(examples, pieces):
        print(line, flush=True)


if __name__ == "__main__":
    main()
