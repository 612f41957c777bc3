"""How long the search page of a large library takes, by kind of question. Run: python -m tests.bench.search LIBRARY [ROUNDS] [CLIENTS].

The desk runs in a process of its own on one core. The first figure is the processor time that a page costs it, which other programs on the
machine hardly distort; the others are what the clients wait, asking without pause, all at once.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

import httpx2

QUESTIONS = {
    "one word": ("داعش", "السعودية", "الموصل", "النفط"),
    "several words": ("مقتل جنود الموصل", "وزير الخارجية الأميركي", "سعر برميل النفط"),
    "a phrase": ('"الأمم المتحدة"', '"مجلس الأمن"'),
    "a question": ("ما هو عدد القتلى في التفجير الانتحاري في مسجد الكويت", "متى توقفت المفاوضات النووية في فيينا"),
    "fields": ("act:deny", 'speaker:"وزير الخارجية" act:deny', "kind:air-strike country:SY", "killed>=10", "actor:داعش place:الموصل"),
    "words and fields": ("الحوثيين country:YE", "الموصل killed>=5", "النفط since:2015-07-25"),
    "most of the library": ("since:2015-07-01", "act:say", "قال"),
}
_TICKS = os.sysconf("SC_CLK_TCK")


def main(library: str, rounds: int = 5, clients: int = 8) -> None:
    """Serve the desk of a library and ask."""
    command = [sys.executable, "-m", "riwaya.cli", "serve", "--library", library, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        os.sched_setaffinity(server.pid, {min(os.sched_getaffinity(0))})
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        with httpx2.Client(base_url=found[0], timeout=120) as client, ThreadPoolExecutor(clients) as pool:
            for kind, questions in QUESTIONS.items():
                for question in questions:
                    client.get("/search", params={"q": question})
                before = _busy(server.pid)
                waits = sorted(pool.map(lambda question: _wait(client, question), questions * max(rounds, -(-20 // len(questions)))))
                cost = 1000 * (_busy(server.pid) - before) / len(waits)
                most = quantiles(waits, n=20)[-1]
                print(
                    f"{kind:20} {cost:6.1f} ms of the processor; {clients} clients wait {median(waits):.0f} ms, 95 % at most {most:.0f}",
                    flush=True,
                )
    finally:
        server.terminate()
        server.wait()


def _wait(client: httpx2.Client, question: str) -> float:
    began = time.perf_counter()
    assert client.get("/search", params={"q": question}).status_code == 200
    return 1000 * (time.perf_counter() - began)


def _busy(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
