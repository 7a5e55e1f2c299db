"""A worker that dies is started again; one that is told to end stays ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import keep_worker

PATIENCE = 30  # seconds
# Stands in for manage.py: says which process it is, and works until it is told to stop.
WORKER = """
import os, sys, time
open(sys.argv[0] + ".said", "a").write(f"{os.getpid()}\\n")
time.sleep(120)
"""
# Stands in for the web server: starts the keeper as `serve` does, and waits.
SERVER = """
import subprocess, sys, os
from pathlib import Path
from config import keep_worker
code = f"from pathlib import Path; from config import keep_worker; keep_worker.ROOT = Path({sys.argv[1]!r}); "
code += f"keep_worker.FIRST = 0.2; keep_worker.main({os.getpid()})"
keeper = subprocess.Popen([sys.executable, "-c", code])
sys.exit(keeper.wait())
"""


def wait_until(true: Callable[[], Any]) -> None:
    """Until it is so; fails when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def workers(root: Path) -> list[int]:
    """The numbers of the workers that were started, in order."""
    said = root / "manage.py.said"
    return [int(line) for line in said.read_text().splitlines()] if said.exists() else []


def lives(pid: int) -> bool:
    """Whether the process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the stand-in for manage.py is."""
    (tmp_path / "manage.py").write_text(WORKER)
    return tmp_path


@pytest.fixture
def server(root: Path) -> "subprocess.Popen[str]":
    """A server with its keeper and one worker, in a process group of their own, as at a terminal."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVER, str(root)], cwd=keep_worker.ROOT, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def test_a_killed_worker_is_started_again_and_ctrl_c_ends_everything(
    root: Path, server: "subprocess.Popen[str]"
) -> None:
    wait_until(lambda: len(workers(root)) == 1)
    os.kill(workers(root)[0], signal.SIGKILL)
    wait_until(lambda: len(workers(root)) == 2)
    os.killpg(server.pid, signal.SIGINT)
    _, said = server.communicate(timeout=PATIENCE)
    assert "The worker died (-9). Another starts in 0 s" in said
    wait_until(lambda: not any(map(lives, workers(root))))
    time.sleep(1)
    assert len(workers(root)) == 2, "Ctrl-C starts nothing"


def test_when_the_server_is_killed_the_worker_ends_too(root: Path, server: "subprocess.Popen[str]") -> None:
    wait_until(lambda: len(workers(root)) == 1)
    server.kill()
    server.communicate(timeout=PATIENCE)
    wait_until(lambda: not lives(workers(root)[0]))
    assert len(workers(root)) == 1


def test_pauses_grow_to_a_minute_and_begin_anew_after_a_worker_that_worked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lived = iter([0.0, 0, 0, 0, 0, 0, 0, 0, keep_worker.WELL + 1, 0])
    clock = [0.0]
    waits: list[float] = []
    stop = threading.Event()

    def one(parent: int, stop: threading.Event) -> int | None:
        length = next(lived, None)
        clock[0] += length or 0
        return None if length is None else -9

    monkeypatch.setattr(keep_worker, "work", one)
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    monkeypatch.setattr(stop, "wait", waits.append)
    keep_worker.keep(os.getppid(), stop)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 1, 2]
    assert "The worker died (-9). Another starts in 60 s; nothing is lost meanwhile." in capsys.readouterr().err


def test_one_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_worker, "FAREWELL", 0.2)
    stubborn = subprocess.Popen(["sleep", "60"])
    keep_worker.end(stubborn, told=True)
    assert stubborn.returncode == -signal.SIGKILL
