"""What the pages say: days and times."""

from datetime import date, datetime

import pytest

from riwaya.records import Published, TimeRule
from riwaya.web.wording import Language, wording


@pytest.mark.parametrize(
    ("language", "rule", "shown"),
    [
        ("ar", "date line", "13 آذار 2020، 10:15"),
        ("ar", "last change", "آخر تحديث: 13 آذار 2020، 10:15"),
        ("en", "date line", "13 March 2020, 10:15"),
        ("en", "last change", "last changed 13 March 2020, 10:15"),
    ],
)
def test_the_time_of_a_change_is_not_shown_as_that_of_publication(language: Language, rule: TimeRule, shown: str) -> None:
    published = Published(day=date(2020, 3, 13), at=datetime(2020, 3, 13, 10, 15), rule=rule)
    assert wording(language).published(published) == shown
