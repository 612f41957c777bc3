"""Collecting many pages from several hosts at once: pages a second, memory, and that no host sees more than its limit."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.collect.fetch import Limits, Web
from riwaya.collect.polite import Fetcher, Manners, Wanted

HOSTS = 10
DELAY_SECONDS = 0.02
SERVER = """
import sys, threading, time
sys.path.insert(0, {project!r})
from contextlib import ExitStack
from tests.collect.site import site

with ExitStack() as stack:
    sites = [stack.enter_context(site()) for _ in range({hosts})]
    print(*(each.address for each in sites), flush=True)
    sys.stdin.readline()
    for each in sites:
        print(each.most_at_once, *(f"{{at:.4f}}" for at, _ in each.asked), flush=True)
"""


def collected(pages: int, tmp_path: Path) -> None:
    """Fetch so many pages from servers in another process, store them, and print and check what was measured."""
    program = SERVER.format(project=str(Path(__file__).parents[2]), hosts=HOSTS)
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as servers:
        assert servers.stdin
        assert servers.stdout
        homes = servers.stdout.readline().split()
        wanted = [Wanted(address=f"{homes[number % HOSTS]}/page{number}") for number in range(pages)]
        manners = Manners(delay_seconds=DELAY_SECONDS, hosts_at_once=HOSTS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Library.create(tmp_path / "library") as library, Web(loopback=True) as web:
            library.intake.fetcher = Fetcher(web, Limits(bytes=100_000, seconds=30), manners)
            began, worked = time.monotonic(), time.process_time()
            done = library.collect([each.address for each in wanted])
            seconds, busy = time.monotonic() - began, time.process_time() - worked
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        servers.stdin.write("\n")
        servers.stdin.flush()
        seen = [line.split() for line in servers.stdout]
    speed = f"{pages / seconds:.0f} pages/s, {pages / busy:.0f} a processor second"
    print(f"\n{pages} pages from {HOSTS} hosts, fetched and stored: {speed}, memory grew by {grown:.0f} MB")
    assert (done.new, done.failures) == (pages, ())
    for most_at_once, *times in seen:
        print(
            f"  a host saw {len(times)} requests, {most_at_once} at once, {len(times) / (float(times[-1]) - float(times[0])):.1f} a second"
        )
        assert int(most_at_once) == 1
        assert len(times) / (float(times[-1]) - float(times[0])) < 1.1 / DELAY_SECONDS
    assert grown < 150


def test_a_few_hundred_pages_are_collected_and_no_host_sees_more_than_its_limit(tmp_path: Path) -> None:
    collected(300, tmp_path)


@pytest.mark.long
def test_five_thousand_pages_are_collected_and_no_host_sees_more_than_its_limit(tmp_path: Path) -> None:
    collected(5000, tmp_path)
