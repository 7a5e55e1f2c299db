"""Take one figure: median of several runs, queries, and the bare SQL behind it run alone."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User

RUNS = 9


@dataclass(frozen=True)
class Timing:
    """Milliseconds of several runs: the median, the fastest, and the median of this process's own processor time.

    Where other work crowds the machine the median says how long people wait, and the other two what it costs.
    """

    ms: float
    fastest: float
    cpu: float


@dataclass(frozen=True)
class Figure:
    """One thing measured. ``bare`` is the same SQL alone, or a named baseline."""

    name: str
    timing: Timing
    queries: int | None = None
    bare: Timing | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the bare SQL or the baseline, fastest run against fastest run."""
        return self.timing.fastest / self.bare.fastest if self.bare else None


def timed(call: Callable[[], Any], runs: int = RUNS, before: Callable[[], Any] = object) -> Timing:
    """Some runs after one that warms up; ``before`` makes each of them necessary and is not timed."""
    return interleaved(call, runs=runs, before=before)[0]


def interleaved(*calls: Callable[[], Any], runs: int = RUNS, before: Callable[[], Any] = object) -> list[Timing]:
    """Several things in turn, so that a busy moment of the machine strikes all alike; each warms up once."""
    for call in calls:
        before()
        call()
    waited: list[list[float]] = [[] for _ in calls]
    worked: list[list[float]] = [[] for _ in calls]
    for turn in range(runs * len(calls)):
        one = turn % len(calls)
        before()
        start, busy = time.perf_counter(), time.process_time()
        calls[one]()
        waited[one].append((time.perf_counter() - start) * 1000)
        worked[one].append((time.process_time() - busy) * 1000)
    pairs = zip(waited, worked, strict=True)
    return [Timing(statistics.median(wall), min(wall), statistics.median(own)) for wall, own in pairs]


class Browser:
    """Asks for pages as a signed-in person, through every middleware, without a network."""

    def __init__(self, user: User) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(user)

    def get(self, address: str) -> bytes:
        """The body; raises RuntimeError when it is not the page."""
        answered = self.client.get(address)
        if answered.status_code != 200:
            raise RuntimeError(f"{address} answered {answered.status_code}")
        return _body(answered)  # type: ignore[arg-type]

    def page(self, name: str, address: str, runs: int = RUNS) -> Figure:
        """Measure one address."""
        timing = timed(lambda: self.get(address), runs)
        with CaptureQueriesContext(connection) as captured:
            self.get(address)
        statements = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
        return Figure(name, timing, len(captured), bare_sql(statements, runs))

    def stream(self, name: str, address: str) -> Figure:
        """Measure a download once, and how far the process's memory rose above what it held before."""
        before = _forget_peak()
        start, busy = time.perf_counter(), time.process_time()
        size = self._length(address)
        waited, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
        peak = _memory("VmHWM")
        note = f"{size / 1e6:.1f} MB; memory rose by {(peak - before) / 1e6:.0f} MB to {peak / 1e6:.0f} MB at its peak"
        return Figure(name, Timing(waited, waited, worked), note=note)

    def _length(self, address: str) -> int:
        answered = self.client.get(address)
        if answered.status_code != 200:
            raise RuntimeError(f"{address} answered {answered.status_code}")
        return sum(map(len, answered)) if answered.streaming else len(answered.content)


def rise(call: Callable[[], Any]) -> tuple[Timing, float]:
    """One run, and by how many megabytes the process's memory rose above what it held before; Linux only."""
    before = _forget_peak()
    start, busy = time.perf_counter(), time.process_time()
    call()
    waited, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    return Timing(waited, waited, worked), (_memory("VmHWM") - before) / 1e6


def _memory(name: str) -> int:
    """Bytes that the process holds (VmRSS), or held at most since the peak was forgotten (VmHWM); Linux only."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def _forget_peak() -> int:
    """Let the peak begin anew at what the process holds now, which is returned in bytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _body(answered: HttpResponse) -> bytes:
    if answered.streaming:
        return b"".join(answered)
    return answered.content


def bare_sql(statements: list[str], runs: int = RUNS) -> Timing:
    """The same statements, sent alone and read to the end."""

    def run() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), ())
                cursor.fetchall()

    return timed(run, runs)
