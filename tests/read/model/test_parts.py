"""Choosing a part: the network's own reading counts only where it is likelier by a margin."""

import numpy as np
import pytest

from riwaya.read.model.network import Pointed
from riwaya.read.model.parts import best_part, log_odds, preferred, segments


def pointed(starts: list[float], ends: list[float], *, context: int = 10) -> Pointed:
    """A pointer of one part over as many tokens as there are numbers, less the last, which is absence."""
    nothing = np.zeros(1, np.float32)
    logs = [np.log(np.array(values, np.float32)) for values in (starts, ends)]
    return Pointed(12, 13, context, nothing, nothing, {"place": logs[0]}, {"place": logs[1]})


CLEAR = pointed([0.05, 0.8, 0.05, 0.1], [0.05, 0.05, 0.8, 0.1])


def test_the_likeliest_start_and_end_make_the_part() -> None:
    assert best_part(CLEAR, "place", ()) == (11, 13)


def test_absence_wins_where_it_is_likelier() -> None:
    assert best_part(pointed([0.1, 0.1, 0.1, 0.7], [0.1, 0.1, 0.1, 0.7]), "place", ()) is None


def test_a_part_that_must_be_there_is() -> None:
    assert best_part(pointed([0.1, 0.15, 0.1, 0.65], [0.1, 0.1, 0.15, 0.65]), "place", (), needed=True) == (11, 13)


def test_no_part_holds_a_wall() -> None:
    assert best_part(CLEAR, "place", [12]) != (11, 13)


@pytest.mark.parametrize(("margin", "taken"), [(0.0, (11, 13)), (9.0, (10, 11)), (2.0, (11, 13))])
def test_the_rules_reading_stays_unless_the_other_is_likelier_by_the_margin(margin: float, taken: tuple[int, int]) -> None:
    assert preferred(CLEAR, "place", (10, 11), (11, 13), margin) == taken


def test_what_stands_outside_the_window_is_left_to_the_rules() -> None:
    assert np.isnan(log_odds(CLEAR, "place", (2, 3)))
    assert preferred(CLEAR, "place", (2, 3), (11, 13), -2.0) == (2, 3)


def test_runs_of_marked_tokens_are_told_apart_where_a_new_one_begins() -> None:
    tags = np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.2, 0.1, 0.7], [0.1, 0.9, 0], [1, 0, 0]], np.float32)
    assert [(first, last) for first, last, _ in segments(tags, 0.3)] == [(1, 3), (3, 4)]
