"""Outlets: the files that come with riwaya, those of a library, and what is wrong with a file."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from riwaya.collect.outlets import chosen_outlets, delays_of, layouts_of, load_outlets, outlet_in, toml_of
from riwaya.collect.proposals import key_of
from riwaya.errors import OutletError
from riwaya.records import Layout

GOOD = """
name = "وكالة المثال"
name_en = "Example Agency"
country = "SY"
kind = "agency"
home = "https://hawran.example"
"""


def test_the_outlets_that_come_with_riwaya_are_many_and_of_all_sides() -> None:
    outlets = load_outlets()
    assert len(outlets) >= 80
    countries = Counter(outlet.country for outlet in outlets.values())
    assert all(countries[each] >= 5 for each in ("SY", "IQ", "LB", "PS", "YE", "EG", "LY", "SD", "SA", "DZ", "MA", "TN", "JO"))
    assert {outlet.kind for outlet in outlets.values()} >= {"agency", "broadcaster", "newspaper", "site", "party-media", "government"}
    for outlet in outlets.values():
        assert outlet.listings, outlet.key
        assert all(listing.sure != "tried" for listing in outlet.listings), outlet.key  # nobody of the project could
    homes = Counter(outlet.home.rstrip("/") for outlet in outlets.values())
    assert [home for home, number in homes.items() if number > 1] == []


def test_an_outlet_is_its_file_and_back() -> None:
    for outlet in load_outlets().values():
        assert outlet_in(toml_of(outlet), outlet.key) == outlet
    odd = replace(outlet_in(GOOD, "odd"), name='اسم فيه "علامتان" و\\ وسطر\nثان\x7f', delay_seconds=2.5)
    assert outlet_in(toml_of(odd), "odd") == odd
    layouts = (Layout(body="//div[@class='story']", title="//b", set_aside='//p["x"]', valid_until=date(2019, 12, 31)), Layout(body="//p"))
    dated = replace(odd, layouts=layouts)
    assert outlet_in(toml_of(dated), "odd") == dated
    assert layouts_of([odd, dated]) == {"hawran.example": layouts}


def test_an_outlet_of_the_library_wins(tmp_path: Path) -> None:
    (tmp_path / "sana.toml").write_text(GOOD, encoding="utf-8")
    assert load_outlets(tmp_path)["sana"].home == "https://hawran.example"
    assert load_outlets()["sana"].home != "https://hawran.example"
    assert len(load_outlets(tmp_path)) == len(load_outlets())


@pytest.mark.parametrize(
    ("text", "key", "complaint"),
    [
        ("name = ", "hawran", "is no TOML"),
        ("", "hawran", "missing required field `name`"),
        (GOOD.replace('"agency"', '"blog"'), "hawran", "Invalid enum value 'blog'"),
        (GOOD.replace('"SY"', '"Syria"'), "hawran", "country must be two capital letters, not 'Syria'"),
        (GOOD.replace("https://hawran.example", "hawran.example"), "hawran", "'hawran.example' is no http or https address"),
        (GOOD + "feeds = []", "hawran", "there is no field 'feeds'"),
        (GOOD + "[[feed]]\naddress = 'https://hawran.example/feed'", "hawran", "missing required field `sure` - at `$.feed"),
        (GOOD + "[[feed]]\naddress = 'file:///etc/passwd'\nsure = 'used'", "hawran", "is no http or https address"),
        (GOOD + "[[feed]]\naddress = 'https://a.example/'\nsure = 'used'\nform = 'rss'", "hawran", "there is no field 'form'"),
        (GOOD + "[telegram]\nhandle = '@hawran'\nsure = 'used'", "hawran", "'@hawran' is no handle"),
        (GOOD + "delay_seconds = -1", "hawran", "delay_seconds must lie between 0 and 3600"),
        (GOOD, "Hawran", "its key, the name of its file, must be small Latin letters"),
        (GOOD.replace("وكالة المثال", " "), "hawran", "it has no name"),
        (GOOD + "[[layout]]\nbody = '//div['", "hawran", "'//div[' is no XPath of elements"),
        (GOOD + "[[layout]]\nbody = 'count(//div)'", "hawran", "'count(//div)' is no XPath of elements"),
        (GOOD + "[[layout]]\nbody = 'nothing:known()'", "hawran", "is no XPath of elements"),
        (GOOD + "[[layout]]\nbody = ''", "hawran", "a layout has no body"),
        (GOOD + "[[layout]]\nbody = '//div'\nvalid_until = 'now'", "hawran", "valid_until"),
        (GOOD + "[[layout]]\nbody = '//div'\nhead = '//b'", "hawran", "there is no field 'head'"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_key(text: str, key: str, complaint: str) -> None:
    with pytest.raises(OutletError) as error:
        outlet_in(text, key)
    assert complaint in str(error.value)
    assert repr(key) in str(error.value)


def test_a_file_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "hawran.toml").write_bytes(GOOD.encode("cp1256"))
    with pytest.raises(OutletError, match="'hawran' cannot be read"):
        load_outlets(tmp_path)


def test_outlets_are_chosen_by_key() -> None:
    one, two = outlet_in(GOOD, "one"), outlet_in(GOOD, "two")
    assert chosen_outlets((one, two), []) == (one, two)
    assert chosen_outlets((one, two), ["two"]) == (two,)
    with pytest.raises(OutletError, match="no outlet 'three'"):
        chosen_outlets((one,), ["three"])
    with pytest.raises(OutletError, match="no outlets yet"):
        chosen_outlets((), [])


def test_the_pause_of_an_outlet_holds_for_its_hosts_the_longest_wins() -> None:
    feed = '[[feed]]\naddress = "https://feeds.example:8443/rss"\nsure = "used"'
    slow, slower = outlet_in(f"{GOOD}delay_seconds = 3\n{feed}", "slow"), outlet_in(f"{GOOD}delay_seconds = 5", "slower")
    assert delays_of((slow, slower, outlet_in(GOOD, "plain"))) == {"hawran.example": 5, "feeds.example:8443": 3}


@pytest.mark.parametrize(
    ("address", "key"),
    [("https://www.hawran.example/", "hawran"), ("https://ar.news-site.example", "ar-news-site"), ("http://127.0.0.1:80/", "127-0-0-1")],
)
def test_the_key_of_a_new_outlet_is_told_from_its_address(address: str, key: str) -> None:
    assert key_of(address) == key
