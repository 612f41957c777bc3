"""How far the network is trusted against the rules: one number a decision, tuned by `training.reader.tune` and shipped with the weights."""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Trust:
    """Thresholds are probabilities; margins are differences of log probabilities by which the network must hold its own reading likelier.

    cue_of_rules      a cue that the rules found stays from this probability on
    cue_alone         a cue that they did not find counts from this one on
    trigger           a word that names a happening counts from this one on
    trigger_alone     and a word that the lexicon does not have
    weight_of_rules   share of the rules in the log odds of a happening counting, 0 to 1
    kind_of_rules     log odds given to the kind that the lexicon tells
    status_of_rules   log odds given to the status that the rules tell
    toll_of_rules     a toll of the rules stays from this probability on
    claim_parts, event_parts   margins by part
    reliability       for each sort of finding: probabilities, in rising order, each with the share of right ones measured from it on
    """

    cue_of_rules: float = 0.2
    cue_alone: float = 0.8
    trigger: float = 0.3
    trigger_alone: float = 0.5
    weight_of_rules: float = 0.5
    kind_of_rules: float = 1.0
    status_of_rules: float = 1.0
    toll_of_rules: float = 0.05
    claim_parts: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("content", "speaker", "channel", "via", "name"), 2.0))
    event_parts: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("actor", "target", "place", "within", "when"), 1.0))
    reliability: dict[str, list[list[float]]] = field(default_factory=dict)

    def confidence(self, sort: str, sure: float) -> float:
        """The measured share of right findings among those about as sure as this one; the probability itself where nothing was measured."""
        steps = self.reliability.get(sort)
        if not steps:
            return round(sure, 3)
        return steps[max(0, bisect_right(steps, sure, key=lambda step: step[0]) - 1)][1]


def load_trust(path: Path) -> Trust:
    """The numbers from their TOML file."""
    return Trust(**tomllib.loads(path.read_text(encoding="utf-8")))
