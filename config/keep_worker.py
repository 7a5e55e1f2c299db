"""Keeps a worker beside the web server of ``make run``: one that dies is started again, after growing pauses.

A process of its own that imports the standard library only: it must outlive whatever kills a worker. In production the
service manager does the same (docs/how-to/run-in-production.md).
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST, LONGEST = 1.0, 60.0  # seconds until another starts; twice as long each time
WELL = 60.0  # seconds after which a worker counts as having worked: the pauses begin anew
LOOK = 0.5  # seconds between two looks
FAREWELL = 30.0  # seconds that a worker has to end the job in hand


def keep(parent: int, stop: threading.Event) -> None:
    """Until told to stop, or until the process that started this one is gone. The worker then ends first."""
    pause = FIRST
    while not stop.is_set() and os.getppid() == parent:
        began = time.monotonic()
        code = work(parent, stop)
        if code is None:
            return
        pause = FIRST if time.monotonic() - began > WELL else pause
        sys.stderr.write(f"The worker died ({code}). Another starts in {pause:.0f} s; nothing is lost meanwhile.\n")
        stop.wait(pause)
        pause = min(2 * pause, LONGEST)


def work(parent: int, stop: threading.Event) -> int | None:
    """Run one worker. How it ended, if it ended by itself."""
    command = [sys.executable, str(ROOT / "manage.py"), "work", "--with-parent", str(os.getpid())]
    worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    while not stop.wait(LOOK) and os.getppid() == parent:
        if worker.poll() is not None:
            return worker.returncode
    end(worker, told=stop.is_set())
    return None


def end(worker: "subprocess.Popen[bytes]", *, told: bool) -> None:
    """Let it end the job in hand. Ctrl-C told it already (``told``): a second signal would break the job off."""
    if not told:
        worker.terminate()
    try:
        worker.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def main(parent: int) -> None:
    """Keep a worker for the process ``parent``."""
    stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())  # everyone at the terminal gets Ctrl-C, the worker too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the worker sees that its parent is gone, and ends
    keep(parent, stop)


if __name__ == "__main__":
    main(int(sys.argv[1]))
