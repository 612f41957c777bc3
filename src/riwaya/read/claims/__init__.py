"""Reported speech: from the words of reporting to claims.

`cues` knows the words of reporting and `doubts` when they report nothing; `walk` and `verbs` go from a cue to what was said,
`attributions` and `relays` do so for "according to" and for an outlet that quotes another; each gives a frame (`frames`).
`contents` says where what was said ends, `quotes` pairs quotation marks, `channels` finds through what it was said, `speakers`
who, and `turns` who is meant where nobody is named; `statements` joins them into claims.
"""

from riwaya.read.claims.statements import claims_in

__all__ = ["claims_in"]
