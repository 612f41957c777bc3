"""Outlets: what each brings, from whom it takes it."""

import httpx2
from lxml import html

from riwaya.library import Library
from riwaya.store.outlets import all_outlets, taken_by, taken_from


def test_every_article_and_every_story_is_counted(demo_library: Library) -> None:
    articles = [reading.article.outlet for reading in demo_library.readings()]
    stories = demo_library.accounting.stories(limit=1000)
    with demo_library.connect() as connection:
        found = all_outlets(connection)
        copies = {each.outlet: (taken_from(connection, each.outlet), taken_by(connection, each.outlet)) for each in found}
    assert {each.outlet: each.articles for each in found} == {outlet: articles.count(outlet) for outlet in articles}
    assert sum(each.alone for each in found) == sum(story.outlets == 1 for story in stories)
    assert sum(each.first for each in found) == sum(story.outlets > 1 for story in stories)
    assert sum(each.copies for each in found) > 0
    assert sum(n.articles for taken, _ in copies.values() for n in taken) == sum(n.articles for _, given in copies.values() for n in given)


def test_an_outlet_has_a_page_with_its_articles(client: httpx2.Client, demo_library: Library) -> None:
    page = html.document_fromstring(client.get("/outlets").text)
    addresses = page.xpath("//tbody//a/@href")
    assert len(addresses) == len({reading.article.outlet for reading in demo_library.readings()})
    shown = html.document_fromstring(client.get(addresses[0]).text)
    [first, *_] = [reading.article.id for reading in demo_library.readings() if reading.article.outlet == shown.xpath("//h1")[0].text]
    assert f"/articles/{first}" in shown.xpath("//ol//a/@href")


def test_an_outlet_that_is_none_is_not_found(client: httpx2.Client) -> None:
    assert client.get("/outlets", params={"name": "<script>alert(1)</script>"}).status_code == 404
    assert client.get("/outlets", params={"name": ""}).status_code == 404
    assert client.get("/outlets", params={"page": "-5"}).status_code == 200
