"""The chain of tellers as a drawing: from the one who said it, through whom, to the outlet that told us; copies lie behind their origin."""

from itertools import groupby
from typing import NamedTuple

from riwaya.web.drawings.pen import Drawing, Pen, cut

_WIDTH, _STEP, _TOP = 1242, 70, 78
_TELLER, _THROUGH, _OUTLET, _CARRIED = (1.0, 290.0), (432.0, 210.0), (716.0, 250.0), (1062.0, 170.0)  # where a column begins, how wide
_PHONE = 352
_LONG, _SHORT = 30, 23  # letters that a wide and a narrow box hold


class Strand(NamedTuple):
    """One account's way to us."""

    letter: str
    teller: str  # "" never: an outlet that speaks for itself says so in words
    act: str  # the word for the act; "" where the outlet says it itself
    mark: str  # its class in the style sheet
    through: str  # "" where no channel and no relay is told
    named: bool
    outlet: str
    article_id: str
    carried: str  # how many copies, in words; "" for none

    @property
    def style(self) -> str:
        """Solid: a named teller and the way it came; dashed: a named one without it; dotted: an unnamed one."""
        if not self.named:
            return "ink dots"
        return "ink" if self.through or not self.act else "ink dash"


def chain(strands: tuple[Strand, ...], heads: tuple[str, str, str, str], *, mirrored: bool) -> Drawing:
    """The drawing for a wide screen; `heads` name its columns. Accounts of one article that follow each other share its box."""
    pen = Pen(_WIDTH, mirrored=mirrored)
    for (x, _), head in zip((_TELLER, _THROUGH, _OUTLET, _CARRIED), heads, strict=True):
        if x != _CARRIED[0] or any(strand.carried for strand in strands):
            pen.text(x, 18, head, "q t b")
    pen.line([(0, 32), (_WIDTH, 32)], "hair")
    y = _TOP
    for _, together in groupby(strands, key=lambda strand: strand.article_id):
        told = list(together)
        for number, strand in enumerate(told):
            _strand(pen, strand, y + number * _STEP)
        _outlet(pen, told, y, y + (len(told) - 1) * _STEP)
        y += len(told) * _STEP + 8
    return pen.drawing(y - _STEP + 40)


def _strand(pen: Pen, strand: Strand, y: int) -> None:
    end = sum(_TELLER)
    pen.line([(end, y), (_OUTLET[0], y)], strand.style)
    pen.arrow(_OUTLET[0], y)
    if strand.through:
        pen.box(_THROUGH[0], y - 19, (_THROUGH[1], 38))
        pen.text(_THROUGH[0] + _THROUGH[1] / 2, y + 5, cut(strand.through, _SHORT), anchor="middle", title=strand.through)
        pen.arrow(_THROUGH[0], y)
    if strand.act:
        pen.text(end + 16, y - 9, strand.act, f"verb {strand.mark} halo")
    pen.box(_TELLER[0], y - 25, (_TELLER[1], 50))
    pen.letter(28, y, strand.letter)
    pen.text(52, y + 5, cut(strand.teller, _LONG), "b" if strand.act else "q", title=strand.teller)


def _outlet(pen: Pen, told: list[Strand], top: int, bottom: int) -> None:
    middle = (top + bottom) / 2
    pen.box(_OUTLET[0], top - 25, (_OUTLET[1], bottom - top + 50))
    outlet = told[0].outlet
    pen.text(_OUTLET[0] + _OUTLET[1] / 2, middle + 5, cut(outlet, _LONG), "b", anchor="middle", title=outlet)
    carried = next((strand.carried for strand in told if strand.carried), "")
    if carried:
        pen.line([(sum(_OUTLET), middle), (_CARRIED[0], middle)])
        pen.arrow(_CARRIED[0], middle)
        for behind in (8, 4, 0):
            pen.box(_CARRIED[0] + behind, middle - 20 - behind / 2, (_CARRIED[1], 40))
        pen.text(_CARRIED[0] + _CARRIED[1] / 2, middle + 5, carried, "b", anchor="middle")


def narrow_chain(strands: tuple[Strand, ...], *, mirrored: bool) -> Drawing:
    """The same for a narrow screen: the accounts of an article above, their ways at the inline start, its outlet below."""
    pen = Pen(_PHONE, mirrored=mirrored)
    y = 10
    for _, together in groupby(strands, key=lambda strand: strand.article_id):
        told = list(together)
        foot = y + len(told) * 66 + 6
        for number, strand in enumerate(told):
            middle, rail = y + number * 66 + 28, 8 + 36 * number / len(told)
            pen.line([(46, middle), (rail, middle), (rail, foot)], strand.style)
            pen.box(46, middle - 28, (305, 56))
            pen.letter(70, middle, strand.letter)
            pen.text(94, middle + (-5 if strand.act else 5), cut(strand.teller, _LONG), "b" if strand.act else "q", title=strand.teller)
            pen.text(94, middle + 19, strand.act, f"verb {strand.mark}")
            pen.text(170, middle + 19, cut(strand.through, _SHORT), "q t", title=strand.through)
        pen.box(1, foot, (220, 46))
        pen.text(111, foot + 28, cut(told[0].outlet, _SHORT), "b", anchor="middle", title=told[0].outlet)
        carried = next((strand.carried for strand in told if strand.carried), "")
        if carried:
            pen.line([(221, foot + 23), (246, foot + 23)])
            for behind in (8, 4, 0):
                pen.box(246 + behind, foot + 4 - behind, (96, 42))
            pen.text(294, foot + 30, carried, "b", anchor="middle")
        y = foot + 46 + 26
    return pen.drawing(y - 20)
