"""Pen: draws for both directions from the same numbers. x is measured from the inline start, so the Arabic drawing mirrors the English."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Shape(NamedTuple):
    """One element of an SVG. What it says is text: the template escapes it, as it escapes the attributes."""

    tag: str
    attributes: dict[str, str]
    words: str = ""
    title: str = ""  # what a shortened text says in full


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as the template writes it. `viewbox` "": it stretches with the page while its letters keep their size."""

    viewbox: str
    height: int
    shapes: tuple[Shape, ...]


class Pen:
    """Draws on a ground `width` wide, in pixels."""

    def __init__(self, width: float, *, mirrored: bool) -> None:
        self.width = width
        self.mirrored = mirrored
        self.shapes: list[Shape] = []

    def x(self, x: float, wide: float = 0) -> str:
        """Where that lies from the left edge: of something `wide`, its left side."""
        return f"{self.width - x - wide if self.mirrored else x:.1f}".removesuffix(".0")

    def put(self, tag: str, words: str = "", title: str = "", /, **attributes: str | float) -> None:
        """Add an element; `text_anchor` is the attribute text-anchor, `class_` is class."""
        named = {name.rstrip("_").replace("_", "-"): f"{value}" for name, value in attributes.items() if value != ""}
        self.shapes.append(Shape(tag, named, words, title))

    def text(self, x: float, y: float, words: str, style: str = "", *, anchor: str = "", title: str = "") -> None:
        self.put("text", words, title, x=self.x(x), y=y, class_=style, text_anchor=anchor)

    def box(self, x: float, y: float, size: tuple[float, float], style: str = "box") -> None:
        self.put("rect", x=self.x(x, size[0]), y=y, width=size[0], height=size[1], rx=7, class_=style)

    def line(self, points: Sequence[tuple[float, float]], style: str = "ink") -> None:
        self.put("path", d="M" + " L".join(f"{self.x(x)} {y}" for x, y in points), class_=style)

    def arrow(self, x: float, y: float) -> None:
        """The head of an arrow that ends here."""
        self.line([(x - 7, y - 4.5), (x, y), (x - 7, y + 4.5)])

    def letter(self, x: float, y: float, letter: str, radius: float = 13) -> None:
        self.put("circle", cx=self.x(x), cy=y, r=radius, class_="disc")
        self.put("text", letter, x=self.x(x), y=y + 5, class_="letter")

    def drawing(self, height: int) -> Drawing:
        return Drawing(f"0 0 {self.width:g} {height}", height, tuple(self.shapes))


class Ruler(Pen):
    """Draws with x in hundredths of the width: the chart grows and shrinks, its letters do not."""

    def __init__(self, *, mirrored: bool) -> None:
        super().__init__(100, mirrored=mirrored)

    def x(self, x: float, wide: float = 0) -> str:
        return f"{100 - x - wide if self.mirrored else x:.2f}%"

    def segment(self, start: tuple[float, float], end: tuple[float, float], style: str = "ink") -> None:
        self.put("line", x1=self.x(start[0]), y1=start[1], x2=self.x(end[0]), y2=end[1], class_=style)

    def beside(self, x: float, y: float, words: str, style: str = "") -> None:
        """Words that begin beside a letter."""
        self.put("text", words, x=self.x(x), y=y, dx=-20 if self.mirrored else 20, class_=style)

    def band(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A shaded field between two corners, the first at the inline start."""
        wide, top = end[0] - start[0], min(start[1], end[1])
        self.put("rect", x=self.x(start[0], wide), y=top, width=f"{wide:.2f}%", height=abs(end[1] - start[1]), class_="band")

    def drawing(self, height: int) -> Drawing:
        return Drawing("", height, tuple(self.shapes))


def cut(words: str, most: int) -> str:
    """Words as they are, or cut short at so many letters."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
