"""The ledger as one self-contained HTML page: every value a link to its words in the text."""

import base64
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from riwaya.records import Failure, Reading
from riwaya.web.cards import Cards
from riwaya.web.wording import Language, wording

_FONT_FILE = re.compile(r"url\(([\w-]+\.woff2)\)")


def ledger_page(readings: Iterable[Reading], failures: Sequence[Failure] = (), language: Language = "ar") -> str:
    """The ledger of some readings as one HTML page that needs nothing beside it: no script, no request, its fonts within.

    `readings` come in the order in which they are to stand; `language` is that of our words (the outlets' stay as published).
    The page holds all readings at once: it is meant for hundreds of articles, not for hundreds of thousands.
    """
    t = wording(language)
    entries = [(Cards(reading, t), reading) for reading in readings]
    return (
        _environment()
        .get_template("ledger.html")
        .render(
            t=t,
            s=t.texts,
            entries=[entry.context() for entry, _ in entries],
            outlets=len({reading.article.outlet for _, reading in entries}),
            claims=sum(len(reading.claims) for _, reading in entries),
            events=sum(len(reading.events) for _, reading in entries),
            illustration=any(reading.article.illustration for _, reading in entries),
            readers=sorted({reading.reader for _, reading in entries}),
            failures=failures,
            style=style_within(with_fonts=True),
        )
    )


def style_within(*, with_fonts: bool) -> str:
    """The style sheets of a page that needs nothing beside it; the fonts in them, as data, cost 300 KB."""
    static = files("riwaya.web") / "static"
    sheets = [(static / name).read_text(encoding="utf-8") for name in ("fonts.css", "tokens.css", "ledger.css")]
    return "".join([_FONT_FILE.sub(_font_within, sheets[0]) if with_fonts else "", *sheets[1:]])


def _font_within(named: re.Match[str]) -> str:
    data = (files("riwaya.web") / "static" / "fonts" / named[1]).read_bytes()
    return f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"


def _environment() -> Environment:
    return Environment(loader=PackageLoader("riwaya.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=False)
