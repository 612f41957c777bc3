"""Manners, measured at the server: pauses, one page at a time, robots.txt, waiting when asked to, trying again."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from riwaya.collect.fetch import Limits, Web
from riwaya.collect.polite import Fetcher, Manners, Outcome, Wanted
from riwaya.records import Failure, Served, Unchanged, Validators
from tests.collect.site import PAGE, Answer, Site, site

LIMITS = Limits(bytes=100_000, seconds=5)
QUICK = Manners(delay_seconds=0, backoff_seconds=0.05, patience_seconds=2)


@pytest.fixture
def running() -> Iterator[Site]:
    with site() as running:
        yield running


@contextmanager
def fetcher(manners: Manners = QUICK, limits: Limits = LIMITS) -> Iterator[Fetcher]:
    with Web(loopback=True) as web:
        yield Fetcher(web, limits, manners)


def fetched(address: str, manners: Manners = QUICK) -> Outcome:
    with fetcher(manners) as asking:
        return asking.fetch(Wanted(address=address))


def in_turn(*answers: Answer) -> Callable[[], Answer]:
    """The answers one after another, the last for ever."""
    waiting = list(answers)
    return lambda: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def test_between_two_requests_to_one_host_there_is_a_pause(running: Site) -> None:
    with fetcher(Manners(delay_seconds=0.1)) as asking:
        outcomes = list(asking.fetch_all(Wanted(address=f"{running.address}/page{number}") for number in range(5)))
    assert all(isinstance(outcome, Served) for _, outcome in outcomes)
    assert [path for _, path in running.asked] == ["/robots.txt", *(f"/page{number}" for number in range(5))]
    assert running.asked[-1][0] - running.asked[0][0] > 0.4  # five pauses of 0.1; the server reads its clock a little late
    assert running.most_at_once == 1


def test_hosts_are_asked_side_by_side_each_with_its_own_pause() -> None:
    with site() as one, site() as two, fetcher(Manners(delay_seconds=0.1)) as asking:
        wanted = [Wanted(address=f"{each.address}/page{number}") for each in (one, two) for number in range(10)]
        assert len(list(asking.fetch_all(wanted))) == 20
        assert max(one.asked[0], two.asked[0]) < min(one.asked[-1], two.asked[-1])
        assert all(each.asked[-1][0] - each.asked[0][0] > 0.8 for each in (one, two))


def test_a_host_may_be_asked_more_than_one_page_at_once_if_that_is_allowed(running: Site) -> None:
    def slow() -> Answer:
        time.sleep(0.1)
        return Answer()

    running.answers |= {f"/page{number}": slow for number in range(9)}
    with fetcher(Manners(delay_seconds=0, per_host=3)) as asking:
        assert len(list(asking.fetch_all(Wanted(address=f"{running.address}/page{number}") for number in range(9)))) == 9
    assert running.most_at_once == 3


def test_what_robots_txt_closes_is_not_asked_for(running: Site) -> None:
    running.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /private\n\nUser-agent: riwaya\nDisallow: /أخبار/\n".encode())
    with fetcher() as asking:
        outcomes = {
            path: asking.fetch(Wanted(address=running.address + path)) for path in ("/private/1", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1")
        }
    assert isinstance(outcomes["/private/1"], Served)  # the rules for us by name go before those for all
    closed = outcomes["/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1"]
    assert isinstance(closed, Failure)
    assert (closed.reason, closed.detail) == ("refused", "The robots.txt of the site asks programs not to fetch this address.")
    assert [path for _, path in running.asked] == ["/robots.txt", "/private/1"]


def test_a_redirect_does_not_lead_around_robots_txt(running: Site) -> None:
    running.answers |= {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /closed\n"),
        "/open": Answer(b"", 301, {"Location": "/closed"}),
    }
    failure = fetched(f"{running.address}/open")
    assert isinstance(failure, Failure)
    assert running.paths() == ["/open"]


@pytest.mark.parametrize(("status", "open_to_all"), [(404, True), (403, True), (410, True), (500, False), (503, False), (429, False)])
def test_a_robots_txt_that_is_missing_allows_all_one_that_fails_nothing(running: Site, status: int, open_to_all: bool) -> None:
    running.answers["/robots.txt"] = Answer(b"", status)
    outcome = fetched(f"{running.address}/page")
    assert isinstance(outcome, Served) == open_to_all
    assert running.paths() == ["/page"] * open_to_all


def test_the_pause_that_robots_txt_asks_for_is_kept(running: Site) -> None:
    running.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.3\n")
    with fetcher() as asking:
        list(asking.fetch_all(Wanted(address=f"{running.address}/page{number}") for number in range(3)))
    first, _, third = [at for at, path in running.asked if path != "/robots.txt"]
    assert third - first > 0.5


def test_a_host_that_asks_for_time_is_given_it(running: Site) -> None:
    running.answers["/busy"] = in_turn(Answer(b"", 429, {"Retry-After": "1"}), Answer())
    outcome = fetched(f"{running.address}/busy")
    assert isinstance(outcome, Served)
    (first, second) = [at for at, path in running.asked if path == "/busy"]
    assert second - first > 0.95


def test_a_host_that_asks_for_more_time_than_we_have_is_left_alone(running: Site) -> None:
    running.answers["/busy"] = Answer(b"", 503, {"Retry-After": "3600"})
    with fetcher() as asking:
        outcomes = list(asking.fetch_all(Wanted(address=running.address + path) for path in ("/busy", "/page", "/other")))
    assert [isinstance(outcome, Failure) and outcome.reason for _, outcome in outcomes] == ["unreachable"] * 3
    assert running.paths() == ["/busy"]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_what_may_succeed_later_is_tried_three_times_with_growing_pauses(running: Site, status: int) -> None:
    running.answers["/page"] = Answer(b"", status)
    outcome = fetched(f"{running.address}/page")
    assert isinstance(outcome, Failure)
    first, second, third = [at for at, path in running.asked if path == "/page"]
    assert second - first > 0.03
    assert third - second > 0.07


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_will_not_succeed_is_tried_once(running: Site, status: int) -> None:
    running.answers["/page"] = Answer(b"", status)
    assert isinstance(fetched(f"{running.address}/page"), Failure)
    assert running.paths() == ["/page"]


def test_a_host_that_does_not_answer_is_tried_for_one_page_and_left_alone_for_the_rest() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    began = time.monotonic()
    with fetcher() as asking:
        outcomes = list(asking.fetch_all(Wanted(address=f"http://127.0.0.1:{port}/{number}") for number in range(100)))
    assert len(outcomes) == 100
    assert all(isinstance(outcome, Failure) and outcome.reason == "unreachable" for _, outcome in outcomes)
    assert time.monotonic() - began < 10


def test_validators_are_sent_along_redirects(running: Site) -> None:
    running.answers |= {"/old": Answer(b"", 301, {"Location": "/new"}), "/new": Answer(PAGE, headers={"ETag": '"one"'})}
    with fetcher() as asking:
        outcome = asking.fetch(Wanted(address=f"{running.address}/old", validators=Validators(etag='"one"', last_modified="")))
    assert outcome == Unchanged(address=f"{running.address}/new")


def test_stopping_in_the_midst_begins_nothing_new(running: Site) -> None:
    with fetcher(Manners(delay_seconds=0.05)) as asking:
        outcomes = asking.fetch_all(Wanted(address=f"{running.address}/page{number}") for number in range(100))
        next(outcomes)
        outcomes.close()
        time.sleep(0.3)
        asked = len(running.asked)
        time.sleep(0.3)
    assert len(running.asked) == asked < 20


def test_the_same_address_is_asked_for_once(running: Site) -> None:
    with fetcher() as asking:
        outcomes = list(asking.fetch_all([Wanted(address=f"{running.address}/page")] * 3))
    assert len(outcomes) == 1
    assert running.paths() == ["/page"]
