"""Fetching with manners: each host is asked one page at a time, with a pause, and only for what its robots.txt leaves open.

RFC 9309 tells how robots.txt is read: a missing one (4xx) allows all, one that cannot be had (5xx, no answer) allows nothing; it is
asked for again after a day. A host that asks for time (429 or 503 with Retry-After) is given it; one that does not answer at all is
left alone for a while, so that one dead host does not hold up the rest.
"""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import httpx2
from protego import Protego

from riwaya.collect.addresses import host_of
from riwaya.collect.fetch import AGENT, MAX_REDIRECTS, Hop, Limits, Moved, NotServed, Web, follow
from riwaya.records import Failure, Served, Unchanged, Validators

_ROBOTS_BYTES = 500 * 1024  # RFC 9309 2.5: as much of robots.txt must be read at least
_ROBOTS_SECONDS = 24 * 3600  # RFC 9309 2.4: how long it may be remembered
_LEFT_ALONE_SECONDS = 600  # a host that did not answer
_WAITING_BYTES = 32_000_000  # of pages that came and are not taken yet: who fetches waits for who stores
_WAITING = 200  # of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hosts are asked."""

    delay_seconds: float = 2.0  # between the beginnings of two requests to one host; a longer Crawl-delay of robots.txt wins
    delays: Mapping[str, float] = field(default_factory=dict)  # by host, where another pause is known to be right
    per_host: int = 1  # requests to one host at once
    hosts_at_once: int = 16
    tries: int = 3
    backoff_seconds: float = 5.0  # before the second try, doubled before each further one
    patience_seconds: float = 60.0  # a host that asks for more time is given it, and its pages are left for the next round


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address to ask for."""

    address: str
    validators: Validators | None = None


Outcome = Served | Unchanged | Failure


@dataclass(slots=True)
class _Host:
    """One scheme, host and port."""

    places: threading.Semaphore
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0  # monotonic
    robots_lock: threading.Lock = field(default_factory=threading.Lock)
    robots: Protego | NotServed | None = None
    robots_until: float = 0.0


class Fetcher:
    """Asks hosts politely; one Fetcher serves all threads and remembers what hosts asked of it."""

    def __init__(self, web: Web, limits: Limits, manners: Manners, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._web = web
        self._limits = limits
        self._manners = manners
        self._now = now
        self._hosts: dict[str, _Host] = defaultdict(lambda: _Host(threading.Semaphore(manners.per_host)))
        self._hosts_lock = threading.Lock()

    def fetch(self, wanted: Wanted) -> Outcome:
        """What an address gives, redirects followed, after as many tries as manners allow."""
        return follow(wanted.address, lambda url: self._asked(url, wanted.validators))

    def fetch_all(self, wanted: Iterable[Wanted]) -> Generator[tuple[Wanted, Outcome], None, None]:
        """What all addresses give, in the order in which it comes; see `fetch_groups`."""
        with closing(self.fetch_groups(wanted)) as groups:
            for group in groups:
                yield from group

    def fetch_groups(self, wanted: Iterable[Wanted]) -> Generator[Sequence[tuple[Wanted, Outcome]], None, None]:
        """What all addresses give, each time all that has come meanwhile; the hosts are asked side by side, `hosts_at_once` of them.

        Closing the generator stops it: no new request is begun, and what is under way is not waited for.
        """
        asked = tuple(dict.fromkeys(wanted))
        lanes = self._lanes(asked)
        workers = min(self._manners.hosts_at_once * self._manners.per_host, len(asked))
        results = _Results(workers)
        for _ in range(workers):
            threading.Thread(target=self._work, args=(lanes, results), daemon=True).start()
        given = 0
        try:
            while group := results.take():
                given += len(group)
                yield group
        finally:
            results.stop()
        if given < len(asked):
            raise RuntimeError("a thread that fetches died of the error printed above")

    def _lanes(self, wanted: Iterable[Wanted]) -> "_Row[_Row[Wanted]]":
        """The addresses of each host in a row, long ones first; where a host may be asked twice at once, its row stands there twice."""
        by_host: dict[str, list[Wanted]] = defaultdict(list)
        for each in wanted:
            by_host[host_of(each.address)].append(each)
        rows = [_Row(row) for row in sorted(by_host.values(), key=len, reverse=True)]
        return _Row(row for row in rows for _ in range(self._manners.per_host))

    def _work(self, lanes: "_Row[_Row[Wanted]]", results: "_Results") -> None:
        try:
            for lane in lanes:
                for wanted in lane:
                    if results.stopped:
                        return
                    results.put(wanted, self.fetch(wanted))
        except RuntimeError:  # the connections were closed under a request that nobody waits for any more
            if not results.stopped:
                raise
        finally:
            results.leave()

    def _asked(self, url: httpx2.URL, validators: Validators | None) -> Hop:
        host = self._host(url)
        refusal = self._why_not(host, url)
        if refusal:
            return refusal
        answer = self._one_request(host, url, validators)
        for attempt in range(1, self._manners.tries):
            if not isinstance(answer, NotServed) or not answer.later:
                break
            backoff = self._manners.backoff_seconds * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)
            self._put_off(host, max(backoff, answer.wait_seconds or 0.0))
            answer = self._one_request(host, url, validators)
        if isinstance(answer, NotServed):
            self._put_off(host, _LEFT_ALONE_SECONDS if answer.silent else answer.wait_seconds or 0.0)
        return answer

    def _one_request(self, host: _Host, url: httpx2.URL, validators: Validators | None = None) -> Hop:
        with self._turn(host, self._delay(host, url)) as seconds:
            if seconds is None:
                return NotServed(reason="unreachable", detail="The host asked us to wait, or did not answer a moment ago.")
            return self._web.get(url, self._limits, self._now(), validators)

    @contextmanager
    def _turn(self, host: _Host, delay: float) -> Iterator[float | None]:
        """Wait for our turn at a host; gives the seconds waited, None if the wait is too long."""
        with host.places:
            with host.lock:
                at = max(host.next_at, time.monotonic())
                wait = at - time.monotonic()
                patient = wait <= max(self._manners.patience_seconds, delay * self._manners.per_host)
                if patient:
                    host.next_at = at + delay
            if patient:
                time.sleep(max(0.0, wait))
                self._put_off(host, delay)  # counted from when the host is really asked, which may be later
            yield wait if patient else None

    def _put_off(self, host: _Host, seconds: float) -> None:
        with host.lock:
            host.next_at = max(host.next_at, time.monotonic() + seconds)

    def _host(self, url: httpx2.URL) -> _Host:
        with self._hosts_lock:
            return self._hosts[f"{url.scheme}://{url.netloc.decode('ascii')}"]

    def _delay(self, host: _Host, url: httpx2.URL) -> float:
        given = self._manners.delays.get(url.netloc.decode("ascii"), self._manners.delay_seconds)
        asked = host.robots.crawl_delay(AGENT) if isinstance(host.robots, Protego) else None
        return max(given, min(asked or 0.0, self._manners.patience_seconds))

    def _why_not(self, host: _Host, url: httpx2.URL) -> NotServed | None:
        """What robots.txt has against an address; it is fetched when a host is first asked, and when a day has passed."""
        if url.scheme not in ("http", "https") or not url.host or url.userinfo:
            return None  # `Web.get` refuses it with a better reason
        with host.robots_lock:
            if host.robots is None or time.monotonic() >= host.robots_until:
                host.robots = self._robots(host, url)
                host.robots_until = time.monotonic() + (_ROBOTS_SECONDS if isinstance(host.robots, Protego) else _LEFT_ALONE_SECONDS)
            robots = host.robots
        if isinstance(robots, NotServed):
            return robots
        if robots.can_fetch(str(url), AGENT):
            return None
        return NotServed(reason="refused", detail="The robots.txt of the site asks programs not to fetch this address.")

    def _robots(self, host: _Host, url: httpx2.URL) -> Protego | NotServed:
        answer: Hop = Moved(to=url.copy_with(raw_path=b"/robots.txt", fragment=None))
        for _ in range(MAX_REDIRECTS + 1):
            if isinstance(answer, Moved):
                answer = self._one_request(host if answer.to.netloc == url.netloc else self._host(answer.to), answer.to)
        if isinstance(answer, Served):
            return Protego.parse(answer.payload[:_ROBOTS_BYTES].decode("utf-8", "replace"))
        if isinstance(answer, NotServed) and not (400 <= answer.status < 500 and answer.status != 429):
            return answer
        return Protego.parse("")


class _Results:
    """What came and was not taken yet, between the threads that fetch and the one that stores."""

    def __init__(self, workers: int) -> None:
        self.stopped = False
        self._workers = workers
        self._came: list[tuple[Wanted, Outcome]] = []
        self._bytes = 0
        self._changed = threading.Condition()

    def put(self, wanted: Wanted, outcome: Outcome) -> None:
        """Hand an outcome over, when there is room for it; once nobody waits for it any more, it is let go."""
        with self._changed:
            self._changed.wait_for(lambda: self.stopped or (self._bytes < _WAITING_BYTES and len(self._came) < _WAITING))
            self._came.append((wanted, outcome))
            self._bytes += len(outcome.payload) if isinstance(outcome, Served) else 0
            self._changed.notify_all()

    def take(self) -> Sequence[tuple[Wanted, Outcome]]:
        """All that came, as soon as there is something; nothing when all threads have ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._came or not self._workers)
            came, self._came, self._bytes = self._came, [], 0
            self._changed.notify_all()
            return came

    def leave(self) -> None:
        """A thread ends."""
        with self._changed:
            self._workers -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Nobody takes anything any more."""
        with self._changed:
            self.stopped = True
            self._changed.notify_all()


_Each = TypeVar("_Each")


class _Row(Iterator[_Each]):
    """An iterator that several threads may take from."""

    def __init__(self, items: Iterable[_Each]) -> None:
        self._items = iter(tuple(items))
        self._lock = threading.Lock()

    def __next__(self) -> _Each:
        with self._lock:
            return next(self._items)
