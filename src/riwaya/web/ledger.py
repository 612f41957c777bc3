"""The ledger as one self-contained HTML page: every value a link to its words in the text."""

import base64
from collections.abc import Iterable, Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from riwaya.records import Failure, Reading
from riwaya.web.cards import Cards
from riwaya.web.wording import Language, wording

_ARABIC = "U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC,U+200C-200F"
_LATIN = "U+0000-02FF,U+2000-200B,U+2010-206F,U+2190-2193,U+2212"
_FONTS = (
    ("Plex", 400, "ibm-plex-sans-arabic-arabic-400-normal.woff2", _ARABIC),
    ("Plex", 600, "ibm-plex-sans-arabic-arabic-600-normal.woff2", _ARABIC),
    ("Plex", 400, "ibm-plex-sans-arabic-latin-400-normal.woff2", _LATIN),
    ("Plex", 600, "ibm-plex-sans-arabic-latin-600-normal.woff2", _LATIN),
    ("Naskh", 400, "noto-naskh-arabic-arabic-400-normal.woff2", _ARABIC),
    ("Naskh", 700, "noto-naskh-arabic-arabic-700-normal.woff2", _ARABIC),
)


def ledger_page(readings: Iterable[Reading], failures: Sequence[Failure] = (), language: Language = "ar") -> str:
    """The ledger of some readings as one HTML page that needs nothing beside it: no script, no request, its fonts within.

    `readings` come in the order in which they are to stand; `language` is that of our words (the outlets' stay as published).
    The page holds all readings at once: it is meant for hundreds of articles, not for hundreds of thousands.
    """
    t = wording(language)
    entries = [(Cards(reading, t), reading) for reading in readings]
    static = files("riwaya.web") / "static"
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
            style=(static / "ledger.css").read_text(encoding="utf-8"),
            fonts=[
                {
                    "family": family,
                    "weight": weight,
                    "range": span,
                    "data": base64.b64encode((static / "fonts" / name).read_bytes()).decode(),
                }
                for family, weight, name, span in _FONTS
            ],
        )
    )


def _environment() -> Environment:
    return Environment(loader=PackageLoader("riwaya.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=False)
