"""Sentences: what stands before and behind some words in their sentence, cut at a word where that is long."""

import re

_END = re.compile(r"[.!?؟\n]")


def before(stretch: str, most: int) -> str:
    """What of a stretch of text that leads up to some words belongs to their sentence; begins with … where the stretch, `most` letters
    long, was too short for it."""
    rest = _END.split(stretch)[-1]
    return f"… {rest.partition(' ')[2]}" if len(rest) == most else rest.lstrip()


def behind(stretch: str, most: int) -> str:
    """The same of the stretch that follows the words; ends with …."""
    rest = _END.split(stretch, maxsplit=1)[0]
    return f"{rest.rpartition(' ')[0]} …" if len(rest) == most else rest.rstrip()
