"""How long the desk lets eight people wait who click without pause, page by page, on one core: `make bench`.

    python -m tests.bench.desk [LIBRARY] [--rounds 6] [--clients 8] [--seed 1]

The desk runs as `riwaya serve` runs it, in a process of its own on one core; the clients ask over HTTP from another. Each client walks
rounds of all kinds of pages in an order of its own. Which articles, stories, actors and places are opened and what is searched for is
drawn from the library, so that most addresses come once: a page that is shown from memory is one that a reader would be shown from memory.
For each kind of page it prints what it costs (milliseconds of the processor, asked for alone by one client), what the clients wait when all
of them ask at once, from the first byte sent to the last one read (median, 95th percentile), and how many kilobytes the page alone has.
At the end: how heavy a first visit is, with style sheets, scripts and fonts.
"""

import argparse
import http.client
import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from sqlalchemy import Connection, func, select

from riwaya import Library
from riwaya.store.actors import actors_named
from riwaya.store.places import places_named
from riwaya.store.sql import article_facets, articles, claims, events
from riwaya.store.sql_relations import stories
from riwaya.store.terms import words_in
from tests.bench.reading import NEWS
from tests.bench.relating import readings
from tests.libraries import take_in

_DRAWN = 400  # articles whose words are searched for
_RARE = 6  # articles that a rare word stands in, at most
_ENCODINGS = "br, gzip"  # what browsers take

Addresses = Mapping[str, Sequence[str]]  # by kind of page


class Answer(NamedTuple):
    """What came of asking for a page."""

    milliseconds: float
    size: int  # bytes on the wire, without headers


def main() -> None:
    """Serve, walk, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", nargs="?", help="without it: one that is made of the news, read by rules and related")
    parser.add_argument("--articles", type=int, default=20_000, help="of the news")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (options.library or NEWS.exists()):
        print(f"{NEWS} is not there: the desk is not measured")
        return
    with TemporaryDirectory() as folder:
        measure(options.library or made(Path(folder) / "library", options.articles), options)


def made(folder: Path, most: int) -> str:
    """A library of the news, read by rules and related. Takes its time."""
    with Library.create(folder) as library:
        take_in(library, readings(NEWS, most))
        library.accounting.relate()
    return str(folder)


def measure(folder: str, options: argparse.Namespace) -> None:
    """Print what each page of a library costs and lets wait."""
    draw = random.Random(options.seed)
    with Library.open(folder) as library, library.connect() as connection:
        addresses = {**pages(connection, draw), **searches(connection, draw)}
    with serving(folder) as (address, pid):
        print(f"{'':28}{'cost':>8}{'median':>9}{'95 %':>8}{'':>3}{'kB':>6}   (ms; {options.clients} clients)")
        weight = first_visit(address)
        costs = {}
        for kind, each in addresses.items():
            costs[kind] = cost(address, pid, each)
            print(f"{kind:28}{costs[kind]:8.1f}", flush=True)
        if not options.rounds:
            return
        waits = walked(address, addresses, options.clients, options.rounds)
        for kind, answers in waits.items():
            times = [each.milliseconds for each in answers]
            size = median(each.size for each in answers) / 1000
            print(f"{kind:28}{costs[kind]:8.1f}{median(times):9.0f}{quantiles(times, n=20)[-1]:8.0f}{'':>3}{size:6.1f}")
        every = [each.milliseconds for answers in waits.values() for each in answers]
        print(f"{'all pages':28}{sum(costs.values()) / len(costs):8.1f}{median(every):9.0f}{quantiles(every, n=20)[-1]:8.0f}")
        print(f"a first visit to /: {weight / 1000:.0f} kB")


def pages(connection: Connection, draw: random.Random) -> dict[str, list[str]]:
    """The addresses of all pages but search; of what there are many of, some that are drawn."""
    some = connection.scalars(select(articles.c.id).order_by(articles.c.id)).all()
    told = connection.scalars(select(stories.c.id).order_by(stories.c.origins.desc(), stories.c.id)).all()
    actors = [quote(each.key, safe="") for each in actors_named(connection)]
    places = [quote(each.key, safe="") for each in places_named(connection)]
    outlets = connection.scalars(select(articles.c.outlet).distinct()).all()
    kinds = connection.scalars(select(events.c.kind).distinct()).all()
    listed = draw.sample(range(2, 12), 10)
    found = {
        "today": ["/", "/?period=all", "/?country=SY", "/?kind=air-strike"],
        "stories": ["/stories", "/stories?order=contested", "/stories?order=day", *(f"/stories?page={n}" for n in listed)],
        "a story": [f"/stories/{each}" for each in draw.sample(told, min(200, len(told)))],
        "one of the largest stories": [f"/stories/{each}" for each in told[:40]],
        "an article": [f"/articles/{each}" for each in draw.sample(some, 400)],
        "actors": ["/actors", *(f"/actors?page={n}" for n in listed[:4])],
        "an actor": [f"/actors/{each}" for each in draw.sample(actors, min(200, len(actors)))],
        "one of the actors named most": [f"/actors/{each}" for each in actors[:40]],
        "places": ["/places", *(f"/places?page={n}" for n in listed)],
        "a place": [f"/places/{each}" for each in draw.sample(places, min(200, len(places)))],
        "one of the places named most": [f"/places/{each}" for each in places[:40]],
        "outlets": ["/outlets"],
        "an outlet": [f"/outlets?{urlencode({'name': each})}" for each in outlets],
        "map": ["/map", "/map?period=all", "/map?period=30", "/map?frame=levant", *(f"/map?kind={each}&period=all" for each in kinds)],
        "review": ["/review"],
        "api": ["/api/articles", "/api/claims", "/api/events", "/api/stories", f"/api/articles/{some[0]}", f"/api/articles/{some[-1]}"],
    }
    return {kind: each for kind, each in found.items() if each}


def searches(connection: Connection, draw: random.Random) -> dict[str, list[str]]:
    """The addresses of searches of many kinds, for words that stand in the library's articles."""
    ids = draw.sample(connection.scalars(select(articles.c.id).order_by(articles.c.id)).all(), _DRAWN)
    titles = [words_in(title).folded for title in connection.scalars(select(articles.c.title).where(articles.c.id.in_(ids)))]
    pairs = [draw.choice(list(pairwise(title))) for title in titles if len(title) > 1]
    long = [title for title in titles if len(title) > 5]
    words: defaultdict[str, int] = defaultdict(int)
    for text in connection.scalars(select(articles.c.text).where(articles.c.id.in_(ids))):
        for word in set(words_in(text).folded):
            words[word] += len(word) > 3
    often = sorted(words, key=lambda word: (-words[word], word))
    rare = [word for word, number in words.items() if number == 1]
    acts = [act for (act,) in connection.execute(select(claims.c.act).group_by(claims.c.act).order_by(func.count()))]
    outlet = connection.scalar(select(article_facets.c.outlet).limit(1)) or ""
    days = connection.scalars(select(articles.c.published_day).where(articles.c.published_day.is_not(None)).distinct()).all()
    questions = {
        "a frequent word": often[:60],
        "a rare word": draw.sample(rare, 100),
        "two words": [f"{title[0]} {title[-1]}" for title in long],
        "a headline": [" ".join(title) for title in long],
        "a phrase": [f'"{left} {right}"' for left, right in pairs],
        "a sentence": [f"ما هو {' '.join(title[:5])}؟" for title in long],
        "fields": [f"act:{act} kind:{kind}" for act in acts for kind in ("air-strike", "clash", "explosion", "arrest")],
        "a word and fields": [f"{word} {field}" for word in often[:40] for field in ("country:SY", "killed>=5", f"since:{max(days)}")],
        "most of the library": ["act:say", "status:actual", f"since:{min(days)}", f'outlet:"{outlet}"'],
    }
    found = {f"search: {kind}": [f"/search?{urlencode({'q': q})}" for q in each] for kind, each in questions.items()}
    found["search: the second page"] = [f"{each}&page=2" for each in found["search: a frequent word"][:20]]
    return found


@contextmanager
def serving(library: str) -> Iterator[tuple[str, int]]:
    """The desk of a library on one core, and this process on the others: its address (host:port), and the number of its process."""
    command = [sys.executable, "-m", "riwaya.cli", "serve", "--library", library, "--port", "0"]
    cores = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            os.sched_setaffinity(server.pid, cores[:1])
            os.sched_setaffinity(0, cores[1:] or cores)
            found = re.search(r"http://(\S+?)/", server.stdout.readline() if server.stdout else "")
            assert found
            yield found[1], server.pid
        finally:
            os.sched_setaffinity(0, cores)
            server.terminate()


def asked(connection: http.client.HTTPConnection, address: str) -> Answer:
    """Ask for a page. Raises AssertionError if it is not given."""
    began = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": _ENCODINGS})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, address)
    return Answer(1000 * (time.perf_counter() - began), len(body))


def cost(address: str, pid: int, addresses: Sequence[str], most: int = 10) -> float:
    """Milliseconds of the processor that a page costs the server, on average over some of them, each asked for once."""
    with closing(http.client.HTTPConnection(address)) as connection:
        asked(connection, addresses[-1])  # what is made once is made now
        before = busy(pid)
        for each in addresses[:most]:
            asked(connection, each)
        return 1000 * (busy(pid) - before) / len(addresses[:most])


def walked(address: str, addresses: Addresses, clients: int, rounds: int) -> dict[str, list[Answer]]:
    """What the clients got, by kind of page, each walking so many rounds of all kinds."""
    found: dict[str, list[Answer]] = {kind: [] for kind in addresses}

    def walk(client: int) -> None:
        draw = random.Random(client)
        with closing(http.client.HTTPConnection(address)) as connection:
            for _ in range(rounds):
                for kind in draw.sample(list(addresses), len(addresses)):
                    found[kind].append(asked(connection, draw.choice(addresses[kind])))

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(walk, range(clients)))
    return found


def first_visit(address: str) -> int:
    """Bytes of the first page with all that it loads: style sheets, scripts, fonts."""
    with closing(http.client.HTTPConnection(address)) as connection:
        waiting, seen, size = ["/"], {"/"}, 0
        while waiting:
            connection.request("GET", waiting.pop(), headers={"Accept-Encoding": "identity"})
            text = connection.getresponse().read().decode("utf-8", "replace")
            for each in re.findall(r'(?:href|src|url\()[="\(]*(/?[\w./-]+\.(?:css|js|svg|woff2)[?\w=]*)', text):
                target = urlsplit(each if each.startswith("/") else f"/assets/{each}").geturl()
                waiting += [target] if target not in seen else []
                seen.add(target)
        for each in seen:
            size += asked(connection, each).size
    return size


def busy(pid: int) -> float:
    """Seconds of the processor that a process has used (Linux: the clock that clock_getcpuclockid(3) names)."""
    return time.clock_gettime(~pid << 3 | 2)


if __name__ == "__main__":
    main()
