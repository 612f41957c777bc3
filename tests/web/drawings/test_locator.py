"""The locator: where in its country the frame of a nearer map lies."""

from riwaya.web.drawings.locator import locator
from riwaya.web.outlines import Frame, country_frame

DARAA = Frame(36.0, 32.5, 36.2, 32.7)


def test_a_town_is_shown_at_its_place_in_its_country() -> None:
    found = locator(DARAA, "SY")
    assert found is not None
    assert found.map.ground.land
    assert found.map.ground.provinces
    x, y, wide, high = found.frame
    assert x + wide / 2 < found.map.size.width / 3, "Daraa lies in the west of Syria"
    assert y + high / 2 > found.map.size.height * 2 / 3, "and in its south"


def test_a_frame_as_large_as_the_country_or_of_no_known_country_needs_none() -> None:
    whole = country_frame("SY")
    assert whole is not None
    assert locator(whole, "SY") is None
    assert locator(DARAA, "") is None
