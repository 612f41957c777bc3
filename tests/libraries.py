"""Libraries made for the tests, of articles given as lines of the interchange."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from riwaya import Library

Row = dict[str, object]


def row(key: str, *paragraphs: str, day: str = "2017-03-14", outlet: str = "") -> Row:
    return {"id": key, "outlet": outlet or f"outlet {key}", "published": day, "paragraphs": paragraphs}


def related(folder: Path, parts: Iterable[Sequence[Row]]) -> Library:
    """A library that took in and related these articles part by part."""
    library = Library.create(folder)
    library.reader = "rules"
    for number, part in enumerate(parts):
        path = folder / f"{number}.jsonl"
        addressed = ({**each, "url": f"https://made.example/{each['id']}"} for each in part)
        path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in addressed), encoding="utf-8")
        assert library.collect([path]).failures == ()
        library.read(jobs=1)
        library.accounting.relate()
    return library
