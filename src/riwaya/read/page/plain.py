"""A plain text file as an article: its first line is the title if it stands apart."""

import re

from riwaya.read.page.body import is_finished
from riwaya.read.page.dateline import byline_in, dateline_at
from riwaya.read.page.encoding import Decoded
from riwaya.read.page.headline import host_of
from riwaya.read.page.origin import Origin
from riwaya.read.page.times import Stated, date_line, published_in
from riwaya.records import Article, SetAside

_LONGEST_TITLE = 30  # words
_HEAD_LINES = 5  # lines in which a date line, a byline or a dateline may stand


def plain_article(page: Decoded, origin: Origin) -> Article | None:
    """Read a plain text: paragraphs are what blank lines part, or lines if there are none; None if no line holds a letter.

    The first line is the title if a blank line or a dateline follows it and it does not end as a sentence. A line near the top that
    is only a date, a byline or a dateline is set aside, as on a page.
    """
    paragraphs = _paragraphs(page.text)
    if not any(map(str.isalnum, page.text)) or not paragraphs:
        return None
    title = ""
    if len(paragraphs) > 1 and len(paragraphs[0].split()) <= _LONGEST_TITLE and not is_finished(paragraphs[0]):
        title, paragraphs = paragraphs[0], paragraphs[1:]
    outlet, byline, dateline = host_of(origin.address), "", ""
    times: list[Stated] = []
    kept: list[str] = []
    aside: list[SetAside] = []
    for number, text in enumerate(paragraphs):
        at_head = number < _HEAD_LINES and not kept and number + 1 < len(paragraphs)
        line = dateline_at(text, outlet) if not kept else None
        stated = date_line(text) if at_head and not is_finished(text) else None
        credit = byline_in(text) if at_head else None
        if line:
            dateline, byline = dateline or line.place, byline or line.byline
        if stated:
            times.append(stated)
        if credit:
            byline = byline or credit
        if stated or credit is not None or (at_head and line and line.length == len(text)):
            aside.append(SetAside(reason="dateline", words=text))
        else:
            kept.append(text)
    return Article(
        id=origin.article_id(0),
        capture_id=origin.capture_id,
        address=origin.address,
        outlet=outlet,
        title=title,
        byline=byline,
        dateline=dateline,
        published=published_in(times, origin.address, origin.captured_at),
        text="\n".join(kept),
        set_aside=tuple(aside),
        undecodable=page.undecodable,
    )


def _paragraphs(text: str) -> list[str]:
    parts = re.split(r"\n[ \t]*\n", text)
    if len(parts) == 2:  # a title apart, then a paragraph a line
        parts = [parts[0], *parts[1].split("\n")]
    elif len(parts) < 2:
        parts = text.split("\n")
    return [line for line in (" ".join(part.split()) for part in parts) if line]
