"""Work in several processes: in order, in a window, and in spite of processes that die."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.workers.local import in_processes


def square(number: int) -> int:
    return number * number


def square_or_die(number: int) -> int:
    if number in (7, 30):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def process_of(_: int) -> int:
    return os.getpid()


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


def lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    assert list(in_processes(square, range(60), jobs=jobs, lost=lost)) == [number * number for number in range(60)]


def test_the_work_is_done_elsewhere_unless_one_job_is_asked_for() -> None:
    assert os.getpid() not in set(in_processes(process_of, range(4), jobs=2, lost=lost))
    assert set(in_processes(process_of, range(4), jobs=1, lost=lost)) == {os.getpid()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_a_few_ahead(jobs: int) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    results = in_processes(square, items(), jobs=jobs, lost=lost)
    for _ in range(5):
        next(results)
    results.close()
    assert 5 <= taken <= 25


def test_a_process_that_dies_costs_its_item_and_no_other() -> None:
    results = list(in_processes(square_or_die, range(40), jobs=2, lost=lost))
    assert results == [-number if number in (7, 30) else number * number for number in range(40)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_function_raises_is_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="no 3"):
        list(in_processes(refuse, [3], jobs=jobs, lost=lost))


def test_a_program_in_which_no_process_can_start_is_told_so(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("from riwaya.workers.local import in_processes\nprint(list(in_processes(abs, [1, 2], jobs=2, lost=abs)))\n")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "BrokenProcessPool" in done.stderr


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
        import os, time
        from riwaya.workers.local import in_processes

        def work(number):
            print(os.getpid(), flush=True)
            time.sleep(60)

        if __name__ == "__main__":
            list(in_processes(work, range(2), jobs=2, lost=print))
        """)
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        workers = [int(running.stdout.readline()) for _ in range(2)]
        running.kill()
    deadline = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
