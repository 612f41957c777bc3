"""Work on this machine: one function over many items, in several processes, with the results in order."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_WINDOW = 8  # items on their way, for each process


def in_processes(
    function: Callable[[Item], Result], items: Iterable[Item], *, jobs: int, lost: Callable[[Item], Result]
) -> Generator[Result, None, None]:
    """`function(item)` for each item, in order, computed by `jobs` processes (1: by this one).

    Items are taken from their iterable only a few ahead of the results, so that memory stays flat. What the function raises is
    raised here. An item on which a process dies (killed by the system, a crash in C) gives `lost(item)`, and the rest goes on.
    The function must be importable by name, and a script must stand under `if __name__ == "__main__"`: without it, and wherever
    else no process can be started, this raises BrokenProcessPool. Closing the iterator stops the processes and leaves the rest undone.
    """
    if jobs <= 1:
        yield from map(function, items)
        return
    waiting = iter(items)
    under_way: deque[Item] = deque()  # when a process dies, one of these is why
    while True:
        yield from _one_by_one(function, under_way, lost)
        pool = _pool(jobs)
        pool.submit(int).result()  # where no process can start at all, no item is to blame
        futures: deque[Future[Result]] = deque()
        try:
            for item in waiting:
                under_way.append(item)
                futures.append(pool.submit(function, item))
                if len(futures) >= jobs * _WINDOW:
                    yield futures.popleft().result()
                    under_way.popleft()
            while futures:
                yield futures.popleft().result()
                under_way.popleft()
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(cancel_futures=True)
        return


def _one_by_one(function: Callable[[Item], Result], items: deque[Item], lost: Callable[[Item], Result]) -> Generator[Result, None, None]:
    """The results of a few items with one item at a time in one process, so that it is plain on which one it dies."""
    while items:
        with _pool(1) as pool:
            try:
                while items:
                    yield pool.submit(function, items[0]).result()
                    items.popleft()
            except BrokenProcessPool:
                yield lost(items.popleft())


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent, and ends when its parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
