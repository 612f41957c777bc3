"""One process at a time, and none that is dead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from riwaya.errors import LibraryError
from riwaya.workers.lock import alone

HOLD = """
import sys, time
from pathlib import Path
from riwaya.workers.lock import alone
with alone(Path(sys.argv[1]), "at work"):
    print(flush=True)
    time.sleep(60)
"""


def test_who_comes_second_is_told_who_is_first(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with alone(file, "at work"), pytest.raises(LibraryError, match=f"Process {os.getpid()} is at work now"), alone(file, "at work"):
        pass
    with alone(file, "at work"):
        pass  # let go, it can be taken again


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, file], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(LibraryError, match=f"Process {holder.pid} is at work"), alone(file, "at work"):
            pass
        holder.kill()
    with alone(file, "at work"):
        assert file.read_text().strip() == str(os.getpid())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be written: No such file"), alone(tmp_path / "none" / "lock", "at work"):
        pass
