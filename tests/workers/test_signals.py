"""Work that is not broken off half done."""

import signal
import threading

import pytest

from riwaya.workers.signals import uninterrupted


def test_a_signal_acts_when_the_work_is_done() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all of it"]
    with pytest.raises(KeyboardInterrupt):  # and again as ever
        signal.raise_signal(signal.SIGINT)


def test_other_threads_are_let_alone() -> None:
    done: list[bool] = []

    def work() -> None:
        with uninterrupted():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
