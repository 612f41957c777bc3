"""The most likely part of a cue or trigger, and which of two readings to take: that of the rules, or that of the network."""

from collections.abc import Sequence

import numpy as np

from riwaya.arabic.words import Tokens
from riwaya.read.model.network import Pointed
from riwaya.read.model.trunk import Floats

Range = tuple[int, int]  # of token numbers, half-open
FLOOR = 0.05  # what the network holds less likely than this is not there, whoever found it

_ENDS = frozenset(".؟?!؛")

_LONGEST = {  # tokens
    "content": 400, "speaker": 24, "channel": 20, "via": 12, "name": 10,
    "actor": 20, "target": 20, "place": 12, "within": 10, "when": 14,
}  # fmt: skip


def sentence_ends(tokens: Tokens) -> list[int]:
    """The tokens that end a sentence or a half of one: no part but what was said runs over them."""
    return [at for at, word in enumerate(tokens.folded) if word in _ENDS]


def log_odds(pointed: Pointed, part: str, reach: Range | None) -> float:
    """How likely the network holds a reading of a part (None: it is absent), as the sum of two log probabilities."""
    starts, ends = pointed.starts[part], pointed.ends[part]
    if reach is None:
        return float(starts[-1] + ends[-1])
    first, last = reach[0] - pointed.context, reach[1] - 1 - pointed.context
    if not 0 <= first <= last < len(starts) - 1:
        return float("nan")  # it stands outside the window: the network has no say
    return float(starts[first] + ends[last])


def best_part(pointed: Pointed, part: str, walls: Sequence[int], *, needed: bool = False) -> Range | None:
    """The most likely reading of a part: a range that holds none of the tokens `walls`, or None if its absence is likelier.

    With `needed` the part is there in any case.
    """
    starts, ends = pointed.starts[part], pointed.ends[part]
    count = len(starts) - 1
    best: tuple[float, Range | None] = (float("-inf"), None) if needed else (log_odds(pointed, part, None), None)
    surest_end = float(ends[:count].max())
    if starts[:count].max() + surest_end <= best[0]:
        return None
    barred = np.zeros(count + 1, np.int32)
    barred[[wall - pointed.context + 1 for wall in walls if 0 <= wall - pointed.context < count]] = 1
    barred = np.cumsum(barred)
    for first in np.argsort(-starts[:count])[:12]:
        if starts[first] + surest_end <= best[0]:
            break
        last_allowed = min(count, int(first) + _LONGEST[part])
        reachable = barred[first + 1 : last_allowed + 1] == barred[first]
        stretch = np.where(reachable, ends[first:last_allowed], -np.inf)
        last = int(stretch.argmax())
        score = float(starts[first] + stretch[last])
        if score > best[0]:
            best = (score, (int(first) + pointed.context, int(first) + last + 1 + pointed.context))
    return best[1]


def preferred(pointed: Pointed, part: str, own: Range | None, best: Range | None, margin: float) -> Range | None:
    """The reading of the rules, unless the network holds its own to be likelier by more than `margin`."""
    if own == best:
        return own
    held = log_odds(pointed, part, own)
    return best if log_odds(pointed, part, best) - held > margin else own


def segments(tags: Floats, floor: float) -> list[tuple[int, int, float]]:
    """Runs of tokens that a head with one kind (outside, first, inside) marks, half-open, with the highest probability in each."""
    marked = 1 - tags[:, 0]
    found, end = [], 0
    for at in np.flatnonzero(marked >= floor).tolist():
        if at < end:
            continue
        end = at + 1
        while end < len(tags) and marked[end] >= floor and tags[end, 2] >= tags[end, 1]:
            end += 1
        top = float(marked[at:end].max())
        first, last = at, end
        while marked[first] < top / 2:
            first += 1
        while marked[last - 1] < top / 2:
            last -= 1
        found.append((first, last, top))
    return found
