"""The sheet of an evidence pack: what it holds, how to verify it, what that proves, in Arabic and in English on one page."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from riwaya.preserve.evidence import Evidence
from riwaya.web.ledger import ledger_page, style_within
from riwaya.web.wording import Language, Wording, wording

SHEET = "evidence/sheet.html"


def sheets(evidence: Evidence) -> dict[str, str]:
    """The pages of a pack for people, by path: the sheet, and the ledger of its articles in both languages."""
    ledgers = {f"evidence/ledger.{language}.html": ledger_page(evidence.readings, (), language) for language in ("ar", "en")}
    return {SHEET: evidence_sheet(evidence), **ledgers}


def evidence_sheet(evidence: Evidence) -> str:
    """The sheet as one self-contained HTML page: Arabic first, English under it; no script, no request."""
    environment = Environment(loader=PackageLoader("riwaya.web"), autoescape=True, undefined=StrictUndefined)
    languages: tuple[Language, ...] = ("ar", "en")
    return environment.get_template("evidence.html").render(
        pack=evidence,
        languages=[(wording(language), evidence_texts(language)) for language in languages],
        moment=_moment,
        style=style_within(with_fonts=False),
    )


@cache
def evidence_texts(language: Language) -> Mapping[str, Any]:
    """The texts of one language (`web/evidence.toml`)."""
    texts: Mapping[str, Any] = tomllib.loads(files("riwaya.web").joinpath("evidence.toml").read_text(encoding="utf-8"))[language]
    return texts


def _moment(t: Wording, at: datetime) -> str:
    """A moment in words: 21 شباط 2017، 14:05 UTC."""
    comma = "،" if t.language == "ar" else ","
    return f"{t.day(at.date())}{comma} {t.moment(at)} UTC"
