"""A beam: how far one reason pulls, and to which side: solid for, hollow against."""

from riwaya.web.drawings.pen import Drawing, Ruler


def beam(pull: float, strongest: float, *, mirrored: bool) -> Drawing:
    """The beam of a reason; `strongest` is the pull, for or against, that fills one side."""
    pen = Ruler(mirrored=mirrored)
    long = abs(pull) / (strongest or 1) * 50
    start = 50.0 if pull > 0 else 50 - long
    pen.put("rect", x=pen.x(start, long), y=1, width=f"{long:.2f}%", height=8, class_="fill" if pull > 0 else "minus")
    pen.segment((50, 0), (50, 10), "tick")
    return pen.drawing(10)
