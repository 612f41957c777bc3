"""What lies so long before another day: the cases of tests/sentences/dates.toml."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riwaya.arabic.lags import lag_before
from riwaya.arabic.words import tokens_in

LAGS = tomllib.loads((Path(__file__).parents[1] / "sentences" / "dates.toml").read_text(encoding="utf-8"))["lags"]


@pytest.mark.parametrize("case", LAGS, ids=lambda case: case["text"])
def test_the_days_so_long_before(case: dict[str, Any]) -> None:
    tokens = tokens_in(case["text"])
    at = next(n for n, start in enumerate(tokens.start) if case["text"].startswith(case["before"], start))
    lag = lag_before(tokens, at, reach=2)
    days = lag.before(date(2017, 2, 21)) if lag else None
    found = [tokens.words_of(tokens.span(lag.first, lag.last)) if lag else "", *((day.isoformat() for day in days) if days else ())]
    assert found == case["lag"], case["why"]
