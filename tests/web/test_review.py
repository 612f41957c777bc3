"""Review: links are judged, with the keyboard and without script; what was decided is kept, and undone by a new judgement."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from riwaya.library import Library
from riwaya.web.comparison import compared, pulls
from riwaya.web.wording import wording


@pytest.fixture
def own(demo_library: Library, tmp_path: Path) -> Iterator[Library]:
    """A copy of the demo library, to judge in."""
    folder = Path(shutil.copytree(demo_library.folder, tmp_path / "library"))
    with Library.open(folder) as library:
        yield library


@pytest.fixture
def judging(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=60) as client:
        yield client


def test_an_answer_is_kept_and_the_next_link_comes(judging: httpx2.Client, own: Library) -> None:
    first, second, *_ = own.accounting.to_review()
    page = judging.get("/review").text
    assert f'name="link" value="{first.link.id}"' in page
    after = judging.post("/judgements", data={"link": first.link.id, "verdict": "unsure"})
    (made,) = own.accounting.judgements().judgements
    assert (made.verdict, made.left.article_id) == ("unsure", first.left.reading.article.id)
    assert f'name="link" value="{second.link.id}"' in after.text
    assert made.by in after.text


def test_undoing_is_a_new_judgement_that_restores_what_was_before(judging: httpx2.Client, own: Library) -> None:
    link = own.accounting.to_review()[0].link.id
    for verdict in ("yes", "no"):
        judging.post("/judgements", data={"link": link, "verdict": verdict})
    after = judging.post(f"/judgements/{own.accounting.judgements().judgements[-1].id}/undone")
    assert [each.verdict for each in own.accounting.judgements().judgements] == ["yes", "no", "yes"]
    judging.post(f"/judgements/{own.accounting.judgements().judgements[0].id}/undone")
    assert [each.verdict for each in own.accounting.judgements().judgements] == ["yes", "no", "yes", "unsure"]
    assert f'name="link" value="{link}"' in after.text


def test_a_story_follows_what_is_judged(judging: httpx2.Client, own: Library) -> None:
    count = own.accounting.count()
    apart = next(
        each for each in own.accounting.to_review(limit=50) if not _told_together(own, each.left.passage.id, each.right.passage.id)
    )
    judging.post("/judgements", data={"link": apart.link.id, "verdict": "yes"})
    assert _told_together(own, apart.left.passage.id, apart.right.passage.id)
    judging.post("/judgements", data={"link": apart.link.id, "verdict": "no"})
    assert not _told_together(own, apart.left.passage.id, apart.right.passage.id)
    assert own.accounting.count() >= count - 1


def test_what_is_no_answer_is_refused(judging: httpx2.Client, own: Library) -> None:
    link = own.accounting.to_review()[0].link.id
    assert judging.post("/judgements", data={"link": link, "verdict": "perhaps"}).status_code == 400
    assert judging.post("/judgements", data={"link": "ffff", "verdict": "yes"}).status_code == 404
    assert judging.post("/judgements/ffff/undone").status_code == 404
    assert (
        judging.post("/judgements", data={"link": link, "verdict": "yes"}, headers={"Origin": "http://elsewhere.example"}).status_code
        == 403
    )
    assert own.accounting.judgements().judgements == ()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_reason_has_words_and_shared_words_are_marked_in_both_texts(demo_library: Library, language: str) -> None:
    t = wording("ar" if language == "ar" else "en", "desk", "reasons", "review")
    for proposed in demo_library.accounting.to_review(limit=50):
        found = pulls(proposed, t)
        assert [each.pull for each in found] == sorted((each.pull for each in found), reverse=True)
        assert all(not re.search(r"[a-z]_[a-z]", each.why) for each in found)
        if language == "ar":
            assert not [each.why for each in found if each.in_english]
        left, right = compared(proposed, t)
        marked = [sum(str(paragraph).count("same") for paragraph in side.paragraphs) for side in (left, right)]
        assert bool(marked[0]) == bool(marked[1])
        for side, of in ((left, proposed.left), (right, proposed.right)):
            plain = "\n".join(
                paragraph.striptags() if not paragraph.strip() else re.sub("<[^>]+>", "", paragraph) for paragraph in side.paragraphs
            )
            assert len(plain) >= len(of.reading.article.text[slice(*of.passage.span)])


def _told_together(library: Library, left: str, right: str) -> bool:
    stories = library.accounting.stories(limit=100)
    return any({left, right} <= set(library.accounting.story(story.id).story.passages) for story in stories)


def test_a_link_is_judged_and_undone_with_the_keyboard(chromium: Browser, address: str, own: Library) -> None:
    page: Page = chromium.new_page()
    page.goto(f"{address}/review")
    first = page.locator("input[name=link]").get_attribute("value") or ""
    page.keyboard.press("1")
    expect(page.locator("input[name=link]")).not_to_have_value(first, timeout=30_000)
    assert page.url == f"{address}/review"
    assert [each.verdict for each in own.accounting.judgements().judgements] == ["yes"]
    page.keyboard.press("z")
    expect(page.locator("input[name=link]")).to_have_value(first, timeout=30_000)
    assert [each.verdict for each in own.accounting.judgements().judgements] == ["yes", "unsure"]
    page.close()
