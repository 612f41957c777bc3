"""Happenings: from the words that name them to events with their tolls.

`triggers` finds the words that could name a happening, `tolls` counts of people beside words of harm, `places` where and `actors`
who; `salience` weighs which mention counts, and `happenings` joins them into events.
"""

from riwaya.read.events.happenings import events_in

__all__ = ["events_in"]
