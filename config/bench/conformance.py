"""What assessing against the standards costs: one agreement beyond its save, all of them, and the matrix."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement
from assurance.actions.conformance import BATCH, reassess, reassess_locked
from assurance.models import ConformanceEntry
from config.bench.measure import Browser, Figure, rise, timed
from people.models import User

FIRST, AGAIN = "Assess every agreement, the first time", "Re-assess every agreement"
UNCHANGED, ONE = "Re-assess every agreement, nothing differs", "Assess one agreement"


def conformance(user: User) -> Iterator[Figure]:
    """All first, so that the page finds every run."""
    keys = list(Agreement.objects.order_by("pk").values_list("pk", flat=True))
    yield _every(FIRST, keys, user, "runs, items of the plan and schedules written")
    ConformanceEntry.objects.all().delete()  # so that each differs from what is known of it
    yield _every(AGAIN, keys, user, "runs written")
    yield _every(UNCHANGED, keys, user, "runs written, as on most days")
    yield _one(keys[len(keys) // 2], user)
    yield Browser(user).page("Conformance matrix, first page", reverse("conformance_matrix"))


def _every(name: str, keys: Sequence[int], user: User, what: str) -> Figure:
    """Every agreement assessed once, with what is written and its commit."""
    written: list[int] = []

    def assess() -> None:
        written.append(reassess_locked(agreements=keys, on=timezone.localdate(), by=user))

    asked: list[str] = []
    with connection.execute_wrapper(partial(_noting, asked)):
        took, megabytes = rise(assess)
    each = len(asked) / -(-len(keys) // BATCH)
    note = f"{written[0]:,} {what}; {each:.1f} queries a batch of {BATCH}; memory rose by {megabytes:.0f} MB"
    return Figure(name, took, queries=len(asked), note=note)


def _one(key: int, user: User) -> Figure:
    """One agreement assessed, and its run written, beyond the save that changed it; with a commit of its own."""
    assess = partial(reassess, agreements=[key], on=timezone.localdate(), by=user)
    differs = ConformanceEntry.objects.filter(pk=key).delete
    differs()
    asked: list[str] = []
    with connection.execute_wrapper(partial(_noting, asked)):
        assess()
    return Figure(ONE, timed(assess, before=differs), queries=len(asked), note="with its commit")


def _noting(asked: list[str], execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
    """Note the beginning of each statement: whole ones would be the memory that is measured."""
    asked.append(str(sql)[:20])
    return execute(sql, *rest)
