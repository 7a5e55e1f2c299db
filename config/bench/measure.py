"""Take one figure: median of several runs, queries, and the bare SQL behind it run alone."""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
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


def timed(call: Callable[[], Any], runs: int = RUNS) -> Timing:
    """Some runs after one that warms up."""
    call()
    waited, worked = [], []
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        call()
        waited.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return Timing(statistics.median(waited), min(waited), statistics.median(worked))


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
        """Measure a download once for time and once for its peak of memory in Python."""
        size = len(self.get(address))
        timing = timed(lambda: self.get(address), runs=1)
        tracemalloc.start()
        answered = self.client.get(address)
        for _ in answered if answered.streaming else ():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return Figure(name, timing, note=f"{size / 1e6:.1f} MB, peak {peak / 1e6:.0f} MB of Python memory")


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
