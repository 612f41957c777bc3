"""A locator: a country's outline with its governorates, small, and on it the frame that a nearer map shows."""

from typing import NamedTuple

from riwaya.web.drawings.maps import Map, Size, map_of, zoomed
from riwaya.web.outlines import Frame, box_of, country_frame

_SIZE = Size(132, 104)
_SMALLEST = 5.0  # px: a frame that is smaller on it is drawn so large, so that it is seen


class Locator(NamedTuple):
    """The drawing, and where on it the frame lies: left, top, width, height, px."""

    map: Map
    frame: tuple[float, float, float, float]


def locator(frame: Frame, country: str) -> Locator | None:
    """Where in a country (ISO 3166) a frame lies; None where the country has no outline, or is hardly larger than the frame."""
    whole = country_frame(country)
    if whole is None or _width(frame) > _width(whole) / 2:
        return None
    drawn = map_of((), zoomed(whole, 1.08), _SIZE)
    ground, shown = box_of(drawn.frame), box_of(frame)
    scale = drawn.size.width / (ground.right - ground.left)
    wide, high = (max(_SMALLEST, side * scale) for side in (shown.right - shown.left, shown.top - shown.bottom))
    x, y = ((shown.left + shown.right) / 2 - ground.left) * scale, (ground.top - (shown.bottom + shown.top) / 2) * scale
    return Locator(drawn, (round(x - wide / 2, 1), round(y - high / 2, 1), round(wide, 1), round(high, 1)))


def _width(frame: Frame) -> float:
    return frame.east - frame.west
