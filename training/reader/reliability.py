"""How often findings about so sure are right: measured on annotated articles, in steps that never fall."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from training import score

LEAST = 25  # findings in a step
Steps = list[list[float]]  # probability from which a step holds, and the share of right ones in it


def findings(row: dict[str, Any], reading: dict[str, Any]) -> Iterable[tuple[str, float, bool]]:
    """Each claim and event of a reading: its sort, how sure the network was of it, and whether it is right."""
    _, claims, events = score.gold_spans(row)
    right = {made for _, made in score.pair(claims, reading["claims"], score.claim_score)}
    for number, claim in enumerate(reading["claims"]):
        yield ("own claim" if claim["rule"] == "model" else "ruled claim"), claim["confidence"], number in right
    text = reading["text"]
    right = {made for _, made in score.pair(events, reading["events"], lambda true, made: _event_score(text, true, made))}
    for number, event in enumerate(reading["events"]):
        yield ("own event" if event["rule"] == "model" else "ruled event"), event["confidence"], number in right


def _event_score(text: str, true: dict[str, Any], made: dict[str, Any]) -> int:
    """As the score pairs events: the same coarse kind, touching triggers or one paragraph."""
    if score.COARSE.get(true["type"]) != score.COARSE.get(made["type"]):
        return 0
    touch = bool(score.overlap(true["trigger"], made["trigger"]))
    near = text.count("\n", 0, true["trigger"][0]) == text.count("\n", 0, made["trigger"][0])
    return 4 * touch + 2 * near


def steps_of(found: Iterable[tuple[str, float, bool]]) -> dict[str, Steps]:
    """For each sort of finding the steps of its reliability: neighbours are joined until the shares rise (pool adjacent violators)."""
    by_sort: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for sort, sure, right in found:
        by_sort[sort].append((sure, right))
    return {sort: _rising(sorted(each)) for sort, each in sorted(by_sort.items())}


def _rising(found: list[tuple[float, bool]]) -> Steps:
    size = max(LEAST, len(found) // 10)
    pools = [
        [found[at][0], sum(right for _, right in found[at : at + size]), len(found[at : at + size])] for at in range(0, len(found), size)
    ]
    if len(pools) > 1 and pools[-1][2] < LEAST:
        last = pools.pop()
        pools[-1][1] += last[1]
        pools[-1][2] += last[2]
    joined: list[list[float]] = []
    for pool in pools:
        joined.append(list(pool))
        while len(joined) > 1 and joined[-2][1] / joined[-2][2] >= joined[-1][1] / joined[-1][2]:
            last = joined.pop()
            joined[-1][1] += last[1]
            joined[-1][2] += last[2]
    # a few right ones prove little, and nothing is certain
    return [[round(start, 3), min(0.99, round((right + 1) / (count + 2), 2))] for start, right, count in joined]


def table(steps: dict[str, Steps], found: Iterable[tuple[str, float, bool]]) -> str:
    """How findings fare whose confidence was taken from `steps` measured on other articles: said against measured, by tenths."""
    by_tenth: defaultdict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for sort, sure, right in found:
        said = next(
            (share for start, share in reversed(steps.get(sort, [])) if sure >= start), steps[sort][0][1] if steps.get(sort) else sure
        )
        by_tenth[sort.split()[1], min(9, int(said * 10))].append((said, right))
    lines = [f"{'':8} {'said':>6} {'right':>6}   count"]
    for (sort, _), each in sorted(by_tenth.items()):
        said, right = sum(s for s, _ in each) / len(each), sum(r for _, r in each) / len(each)
        lines.append(f"{sort:8} {said:6.2f} {right:6.2f}   {len(each)}")
    return "\n".join(lines)
