"""The collector killed at random moments, the power cut in effect: nothing acknowledged is lost, nothing stored twice, verify holds."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.preserve.manifest import Manifest, line_of
from riwaya.preserve.verify import verify
from riwaya.records import Capture
from tests.collect.site import Answer, Site, site
from tests.preserve.power import WATCHED, cut_after_the_last_fsync, cut_the_write_ahead_log, synced
from tests.test_intake import OUTLET

COLLECT = (
    WATCHED
    + """
import sys
from riwaya.cli import app
app(["collect", "--library", sys.argv[1]])
"""
)
SITES = 4


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Site]]:
    monkeypatch.setenv("RIWAYA_LOOPBACK", "1")
    monkeypatch.setenv("RIWAYA_DELAY_SECONDS", "0")
    with ExitStack() as stack:
        yield [stack.enter_context(site()) for _ in range(SITES)]


def made(folder: Path, sites: list[Site], pages: int) -> list[str]:
    """A library with an outlet for each site, whose sitemap names so many pages; the addresses of all of them."""
    addresses: list[str] = []
    with Library.create(folder):
        (folder / "outlets").mkdir()
    for number, each in enumerate(sites):
        (folder / "outlets" / f"outlet-{number}.toml").write_text(OUTLET.format(home=each.address), encoding="utf-8")
        here = [f"{each.address}/page{page}" for page in range(pages)]
        each.answers["/feed"] = Answer(("<urlset>" + "".join(f"<url><loc>{one}</loc></url>" for one in here) + "</urlset>").encode())
        each.answers |= {f"/page{page}": slowly for page in range(pages)}
        addresses += here
    return addresses


def slowly() -> Answer:
    """A page from a server that takes its time: what is killed is still under way then."""
    time.sleep(0.02)
    return Answer()


def killed(folder: Path, chance: random.Random) -> list[str]:
    """What `riwaya collect` said of its fsyncs until it was killed, a moment after a number of them."""
    with subprocess.Popen([sys.executable, "-c", COLLECT, folder], stdout=subprocess.PIPE, text=True) as collector:
        assert collector.stdout
        lines = [collector.stdout.readline() for _ in range(chance.randint(1, 30))]
        time.sleep(chance.random() * 0.05)
        collector.kill()
        lines += collector.stdout.readlines()
    assert collector.returncode == -9, "it had ended before it was killed"
    return lines


def noted(folder: Path, size: int) -> set[str]:
    """The captures in the first bytes of the manifest: all that the collector can have acknowledged, for it does so after their fsync."""
    raw_lines = (folder / "manifest.jsonl").read_bytes()[:size].split(b"\n")[:-1]
    return {identity for raw in raw_lines if (line := line_of(raw)) for identity in line.captures}


def killed_again_and_again(folder: Path, sites: list[Site], times: int, pages: int) -> None:
    chance = random.Random(times)
    addresses = made(folder, sites, pages)
    captures = folder / "captures"
    acknowledged: set[str] = set()
    for _ in range(times):
        sizes = {path.name: path.stat().st_size for path in captures.iterdir() if path.is_file()}
        sizes |= synced(killed(folder, chance))
        acknowledged |= noted(captures, sizes.get("manifest.jsonl", 0))
        cut_after_the_last_fsync(captures, sizes, chance)
        cut_the_write_ahead_log(folder / "library.sqlite", chance)
        assert {each.kind for each in verify(captures).differences} <= {"no manifest"}  # before anything is mended, too
        with Library.open(folder) as opened:
            known = {each.id for each in opened.keeping.custody.archive.captures() if isinstance(each, Capture)}
            assert acknowledged <= known
            assert opened.counts().captures == len(known)
            assert opened.keeping.verify().differences == ()
    asked = sum(len(each.paths()) for each in sites)
    with Library.open(folder) as opened:
        before = opened.counts().captures
        done = opened.collect_outlets()
        assert (done.new, done.failures) == (len(addresses) - before, ())
        kept = [each for each in opened.keeping.custody.archive.captures() if isinstance(each, Capture)]
        assert Counter(each.address for each in kept) == Counter(addresses)
        assert [identity for line in Manifest(captures).lines() for identity in line.captures] == [each.id for each in kept]
        assert opened.keeping.verify().differences == ()
    print(f"\nkilled {times} times: {len(acknowledged)} acknowledged captures, {before} kept, {asked} requests until then")


def test_a_collector_killed_at_a_few_moments_loses_nothing(tmp_path: Path, sites: list[Site]) -> None:
    killed_again_and_again(tmp_path / "library", sites, 3, 200)


@pytest.mark.long
def test_a_collector_killed_at_50_moments_loses_nothing(tmp_path: Path, sites: list[Site]) -> None:
    killed_again_and_again(tmp_path / "library", sites, 50, 1500)
