"""A link's score: the weights of its reasons, summed, as a share of pairs like it that tell one happening."""

import math
import tomllib
from functools import lru_cache
from importlib.resources import files

from riwaya.records import Link, Reason, record_id
from riwaya.relate.reasons import REASONS
from riwaya.relate.sketches import Sketch

RULE = "relate 2"
PROPOSED = 0.3  # a link less likely is not kept
_NAMED = tuple((condition.__name__, condition) for condition in REASONS)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each reason adds at full strength, in logits, and under "any" where a pair with no reason stands."""
    table: dict[str, float] = tomllib.loads(files("riwaya.relate").joinpath("weights.toml").read_text(encoding="utf-8"))["weights"]
    return table


def link_between(one: Sketch, other: Sketch) -> Link | None:
    """The link between two passages, the same in either order; None where it is too unlikely to be kept."""
    left, right = sorted((one, other), key=lambda sketch: sketch.id)
    table = weights()
    mets = [(name, met) for name, condition in _NAMED if (met := condition(left, right))]
    score = 1 / (1 + math.exp(-table["any"] - sum(table[name] * met.strength for name, met in mets)))
    if score < PROPOSED:
        return None
    key = record_id("link", "same happening", left.id, right.id)
    reasons = tuple(Reason(name=name, strength=met.strength, weight=table[name], words=met.words) for name, met in mets)
    return Link(id=key, relation="same happening", left=left.id, right=right.id, score=score, reasons=reasons, rule=RULE)
