"""Pages written for the tests of the desk, and libraries made of them by the normal road: collected, kept, read."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from riwaya.library import Library

SENTENCES = (
    "قال الناطق باسم البلدية إن الطريق إلى البلدة مفتوح منذ الصباح الباكر بعد أيام من الإغلاق.",
    "وأضاف أن فرق الصيانة رفعت الأتربة عن الجسر القديم وأعادت الإنارة إلى السوق.",
    "ونفى مصدر في البلدية أن يكون أحد قد أصيب خلال الأعمال التي استمرت ثلاثة أيام.",
    "وكان سكان الحي قد طالبوا بفتح الطريق أمام سيارات الإسعاف قبل حلول الشتاء.",
)


def article_html(title: str, paragraphs: tuple[str, ...] = SENTENCES, outlet: str = "منبر القرية") -> str:
    """A page of an outlet that holds one article; what is given is text and is escaped, as an outlet's own program would."""
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="{escape(outlet)}">'
        f'<meta property="article:published_time" content="2021-03-04T10:00:00+02:00"></head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )


def library_of(folder: Path, pages: Mapping[str, str]) -> Library:
    """A library that holds these pages, by the addresses they were served at, read by the rules; the caller closes it."""
    files = {}
    (folder / "pages").mkdir(parents=True)
    for number, (address, page) in enumerate(pages.items()):
        file = folder / "pages" / f"{number}.html"
        file.write_text(page, encoding="utf-8")
        files[file] = address
    library = Library.create(folder / "library")
    library.reader = "rules"
    library.collect(files, addresses=files)
    library.read(jobs=1)
    return library
