"""The words that tell of a country."""

import pytest

from riwaya.knowledge.nationalities import country_of, nationalities


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("السوري", "SY"),
        ("سوريه", "SY"),
        ("والسوريين", "SY"),
        ("الامريكيه", "US"),
        ("الاتراك", "TR"),
        ("المالي", None),  # financial: the adjective of Mali is left out
        ("كندا", None),
    ],
)
def test_an_adjective_tells_of_its_country(word: str, country: str | None) -> None:
    assert country_of(word) == country


def test_names_and_adjectives_have_known_shapes() -> None:
    known = nationalities()
    assert known.names["كوريا الجنوبيه"] == "KR"
    assert all(len(country) == 2 and country.isupper() for country in (*known.names.values(), *known.adjectives.values()))
    assert all(1 <= len(name.split()) <= 3 for name in known.names)
    assert known.definite["EG"] == ("المصري", "المصريه")
