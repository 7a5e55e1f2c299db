"""What assessing against the standards costs: one agreement beyond its save, all of them, and the matrix."""

import time
import tracemalloc
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement
from assurance.actions.conformance import BATCH, reassess, reassess_locked
from assurance.models import ConformanceEntry
from config.bench.measure import Browser, Figure, Timing, timed
from people.models import User


def conformance(user: User) -> Iterator[Figure]:
    """All first, so that the page finds every run."""
    yield all_of_them(user)
    yield one_of_them(user)
    yield Browser(user).page("Conformance matrix, first page", reverse("conformance_matrix"))


def all_of_them(user: User) -> Figure:
    """Every agreement assessed and written for the first time; then once more for the peak of memory, which is slow."""
    keys, on = list(Agreement.objects.values_list("pk", flat=True)), timezone.localdate()
    start, busy = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        written = reassess_locked(agreements=keys, on=on, by=user)
    waited, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    batches = -(-len(keys) // BATCH)
    tracemalloc.start()
    reassess_locked(agreements=keys, on=on, by=user)
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    note = f"{written:,} runs written; {len(asked) / batches:.1f} queries a batch of {BATCH}; peak {peak:.0f} MB"
    return Figure("Assess every agreement", Timing(waited, waited, worked), queries=len(asked), note=note)


def one_of_them(user: User) -> Figure:
    """One agreement assessed and written, beyond the save that changed it."""
    key = Agreement.objects.order_by("pk").values_list("pk", flat=True)[Agreement.objects.count() // 2]

    def assess() -> None:
        ConformanceEntry.objects.filter(pk=key).delete()
        reassess(agreements=[key], on=timezone.localdate(), by=user)

    with CaptureQueriesContext(connection) as asked:
        assess()
    note = "with the savepoint's two, and one that makes it necessary"
    return Figure("Assess one agreement", timed(assess), queries=len(asked), note=note)
