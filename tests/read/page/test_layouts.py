"""Layouts of outlets: an old capture is read by the layout that its outlet had then, and a layout that finds nothing does no harm."""

from datetime import UTC, date, datetime

import pytest

from riwaya.read.page import articles_in
from riwaya.records import Article, Layout

OLD = Layout(body="//td[@id='story']", title="//b[@class='head']", set_aside=".//div[@class='box']", valid_until=date(2012, 6, 30))
MIDDLE = Layout(body="//div[@class='txt']", valid_until=date(2019, 12, 31))
NEW = Layout(body="//section[@data-part='story']")
LAYOUTS = {"nabaa.example": (NEW, OLD, MIDDLE)}

# A page as they were made then: two columns of tables, the story in the shorter one, a box within it, no heading.
PAGE = """<html><head><title>نبأ | موقع إخباري</title></head><body><table><tr>
<td id="more"><p>وصلت إلى المرفأ أمس باخرة تحمل خمسة آلاف طن من القمح، وقال مدير المرفأ إن تفريغها يستغرق ثلاثة أيام كاملة.</p>
<p>وأضاف المدير أن باخرتين أخريين تنتظران في عرض البحر، وأن العمل يجري ليلًا ونهارًا منذ بداية الأسبوع.</p>
<p>وكانت المدينة قد شهدت نقصًا في الطحين خلال الشهر الماضي، ووعدت الوزارة بحل الأزمة قبل العيد.</p></td>
<td id="story"><b class="head">البلدية تعيد المياه إلى الحي الشرقي</b>
<p>أعلنت البلدية أن المياه عادت صباح الأحد إلى الحي الشرقي.</p>
<div class="box">يعلن مكتب السفر عن رحلات يومية إلى المدن المجاورة بأسعار مناسبة للجميع.</div>
<p>وشكر رئيسها العمال الذين أصلحوا الأنابيب.</p></td></tr></table></body></html>"""
STORY = "أعلنت البلدية أن المياه عادت صباح الأحد إلى الحي الشرقي.\nوشكر رئيسها العمال الذين أصلحوا الأنابيب."


def read(page: str, day: datetime | None, address: str = "https://www.nabaa.example/1") -> Article:
    found = articles_in(page.encode(), address=address, captured_at=day, layouts=LAYOUTS)
    assert isinstance(found, tuple), found
    return found[0]


@pytest.mark.parametrize("day", [datetime(2009, 2, 3, tzinfo=UTC), datetime(2012, 6, 30, 23, 59, tzinfo=UTC)])
def test_an_old_capture_is_read_by_the_layout_of_its_time(day: datetime) -> None:
    article = read(PAGE, day)
    assert article.title == "البلدية تعيد المياه إلى الحي الشرقي"
    assert article.text == STORY
    assert [aside.reason for aside in article.set_aside if "مكتب السفر" in aside.words] == ["boilerplate"]
    assert "باخرة" not in article.text


@pytest.mark.parametrize("day", [datetime(2012, 7, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC), None])
def test_a_layout_that_holds_no_more_or_finds_nothing_does_no_harm(day: datetime | None) -> None:
    known = read(PAGE, day)
    assert known == articles_in(PAGE.encode(), address="https://www.nabaa.example/1", captured_at=day)[0]  # type: ignore[index]
    assert "باخرة" in known.text


def test_a_layout_without_an_end_is_that_of_today_and_of_no_other_host() -> None:
    page = PAGE.replace('<td id="story">', '<td><section data-part="story">').replace("</p></td></tr>", "</p></section></td></tr>")
    assert read(page, None).text.endswith("وشكر رئيسها العمال الذين أصلحوا الأنابيب.")
    assert "باخرة" not in read(page, datetime(2026, 11, 22, tzinfo=UTC)).text
    assert "باخرة" in read(page, None, "https://other.example/1").text


def test_a_page_saved_to_a_file_is_read_by_the_layout_of_the_address_it_states() -> None:
    saved = PAGE.replace("<title>", '<link rel="canonical" href="https://nabaa.example/news/1"><title>')
    assert read(saved, datetime(2009, 2, 3, tzinfo=UTC), "file:///saved/1.html").text == STORY


@pytest.mark.parametrize(
    "states",
    [
        '<meta property="article:published_time" content="2009-02-03T10:00:00+02:00">',
        '</head><p class="date">الثلاثاء 3 شباط 2009</p><head>',
    ],
)
def test_a_page_that_is_collected_years_after_is_read_by_the_layout_of_the_day_on_which_it_says_it_was_published(states: str) -> None:
    saved = PAGE.replace("<title>", states + "<title>")
    assert read(saved, datetime(2026, 11, 22, tzinfo=UTC)).text == STORY
    assert read(saved, None).text == STORY


def test_an_old_story_that_its_outlet_shows_in_new_clothes_is_read_by_the_new_layout() -> None:
    page = PAGE.replace("<title>", '<meta property="article:published_time" content="2009-02-03"><title>')
    page = page.replace('<td id="story">', '<td><section data-part="story">').replace("</p></td></tr>", "</p></section></td></tr>")
    assert read(page, datetime(2026, 11, 22, tzinfo=UTC)).text.endswith("وشكر رئيسها العمال الذين أصلحوا الأنابيب.")
    assert "باخرة" not in read(page, datetime(2026, 11, 22, tzinfo=UTC)).text


def test_a_page_of_a_later_day_is_not_read_by_a_layout_that_had_ended() -> None:
    page = PAGE.replace("<title>", '<meta property="article:published_time" content="2015-02-03"><title>')
    assert "باخرة" in read(page, datetime(2026, 11, 22, tzinfo=UTC)).text
