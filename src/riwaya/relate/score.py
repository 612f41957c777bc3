"""A link's score: the weights of its reasons, summed, as a share of pairs like it that tell one happening."""

import math
import tomllib
from functools import lru_cache
from importlib.resources import files

from riwaya.records import Link, Reason, record_id
from riwaya.relate.reasons import REASONS
from riwaya.relate.sketches import Sketch

RULE = "relate 1"
PROPOSED = 0.1  # a link less likely is not kept


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each reason adds at full strength, in logits, and under "any" where a pair with no reason stands."""
    table: dict[str, float] = tomllib.loads(files("riwaya.relate").joinpath("weights.toml").read_text(encoding="utf-8"))["weights"]
    return table


def link_between(one: Sketch, other: Sketch) -> Link | None:
    """The link between two passages, the same in either order; None where it is too unlikely to be kept."""
    left, right = sorted((one, other), key=lambda sketch: sketch.id)
    table = weights()
    total = table["any"]
    reasons = []
    for condition in REASONS:
        if met := condition(left, right):
            name = condition.__name__
            reasons.append(Reason(name=name, strength=met.strength, weight=table[name], words=met.words))
            total += met.strength * table[name]
    score = 1 / (1 + math.exp(-total))
    if score < PROPOSED:
        return None
    key = record_id("link", "same happening", left.id, right.id)
    return Link(id=key, relation="same happening", left=left.id, right=right.id, score=score, reasons=tuple(reasons), rule=RULE)
