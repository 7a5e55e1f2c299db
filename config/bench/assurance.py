"""What assurance costs: home, the figures today and a year ago, and the written assurance from taken to verified."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assurance.actions.answering import answer_group, answer_rows
from assurance.actions.briefing import take_figures
from assurance.actions.signing import sign_statement
from assurance.actions.statement import draft_statement
from assurance.figures.base import figures as figures_of
from assurance.models import Statement
from assurance.pages.home import asked_all_day
from assurance.pages.verify_copy import judge
from assurance.pdf.statement import issue_files, issue_paper, issued
from assurance.statement.content import is_untouched
from assurance.statement.groups import group_states
from assurance.statement.ledger_state import LedgerState
from config.bench.measure import RUNS, Browser, Figure, Timing, rise, timed
from config.demo.people import Cast
from people.models import Agency
from records.ledger import head

Aim = tuple[int, float]  # queries, milliseconds
HOMES = {"Home, privacy officer": "hinemoa", "Home, chief executive": "mereana"}
AIMS: dict[str, Aim] = {
    **dict.fromkeys(HOMES, (12, 80.0)),
    "Figures today": (10_000, 3_000.0),
    "Figures a year ago": (10_000, 5_000.0),
    "Figures taken and kept": (10_000, 10_000.0),
    "Statement signed and frozen": (10_000, 10_000.0),
    "PDF of a statement, first time": (10_000, 2_000.0),
    "PDF, annex and data of what was signed": (10_000, 10_000.0),
    "PDF of a statement, asked for again": (10_000, 100.0),
    "Frozen rows compared with the signature": (10_000, 1_000.0),
    "A copy verified": (10_000, 100.0),
}
MOST_MEMORY = 400  # megabytes that the figures may take


def figures(cast: Cast, runs: int = RUNS) -> Iterator[Figure]:
    """Pages and figures first, on what was filled; then one statement is drafted, answered and signed."""
    for name, short in HOMES.items():
        yield _home(name, Browser(cast.users[short]), runs)
    agency, today = cast.agencies["MCW"], timezone.localdate()
    yield _figures("Figures today", agency, today)
    yield _figures("Figures a year ago", agency, today - timedelta(days=365))
    yield from _written(cast, today, runs)


def _home(name: str, browser: Browser, runs: int) -> Figure:
    """As somebody sees it who comes back to it, and beside it what it takes the first time on a day."""
    page = browser.page(name, reverse("home"), runs)
    asked_all_day.cache_clear()
    first = _once(name, lambda: browser.get(reverse("home")))
    return replace(page, note=f"{first.timing.ms:.0f} ms the first time on a day")


def _figures(name: str, agency: Agency, day: date) -> Figure:
    """The first run is the one that counts: nobody takes them twice in a row. Its memory beside it."""
    with CaptureQueriesContext(connection) as asked:
        figures_of(agency, day)
    took, megabytes = rise(lambda: figures_of(agency, day))
    note = f"memory rose by {megabytes:.0f} MB, of at most {MOST_MEMORY}"
    return Figure(name, took, queries=len(asked), note=note)


def _written(cast: Cast, today: date, runs: int) -> Iterator[Figure]:
    officer, now = cast.users["hinemoa"], timezone.now()
    statement, ledger = _drafted(cast, today, now), LedgerState(ok=True, says="Measured.", head=head())
    yield _once("Figures taken and kept", lambda: take_figures(statement=statement, ledger=ledger, by=officer, now=now))
    yield _once(
        "PDF of a statement, first time",
        lambda: issue_paper(_now(statement), "statement", by=officer, now=now),
    )
    rows = _answered(cast, statement, now)
    chief = cast.users["mereana"]
    signed = _once(
        "Statement signed and frozen", lambda: sign_statement(statement=statement, ledger=ledger, by=chief, now=now)
    )
    yield Figure(signed.name, signed.timing, signed.queries, note=f"{rows:,} exceptions answered before")
    yield _once("PDF, annex and data of what was signed", lambda: issue_files(_now(statement), by=chief, now=now))
    browser = Browser(officer)
    again = reverse("statement_file", args=[statement.code, "pdf"])
    yield browser.page("PDF of a statement, asked for again", again, runs)
    frozen = _now(statement)
    yield Figure("Frozen rows compared with the signature", timed(lambda: _holds(frozen), runs))
    kept = issued(frozen, "pdf")
    content = kept.file.read() if kept else b""
    yield Figure("A copy verified", timed(lambda: judge(content, officer), runs), note=f"{len(content) / 1e6:.1f} MB")


def _drafted(cast: Cast, today: date, now: datetime) -> Statement:
    values = {
        "day": today, "period_from": today - timedelta(days=364), "period_to": today, "addressee": "Commissioner",
        "covering": "We protect what we share.", "implemented": "partly", "implemented_why": "It is under way.",
        "deputy": cast.people["ngaire"], "signatory": cast.people["mereana"],
    }  # fmt: skip
    return draft_statement(values=values, by=cast.users["hinemoa"], now=now)


def _answered(cast: Cast, statement: Statement, now: datetime) -> int:
    """Every group, by the deputy and whoever signs; how many rows."""
    deputy, chief, many = cast.users["ngaire"], cast.users["mereana"], 0
    by_when = now.date() + timedelta(days=90)
    for state in group_states(statement.briefings.latest("pk")):
        rows = [one.row.pk for one in state.rows]
        many += answer_rows(group=state.group, rows=rows, what="Varied", by_when=by_when, by=deputy, now=now)
        answer_group(group=state.group, decision="accepted", why="It is under way", by=chief, now=now)
    return many


def _now(statement: Statement) -> Statement:
    return Statement.objects.select_related("agency", "signing__briefing").get(pk=statement.pk)


def _holds(statement: Statement) -> None:
    if not is_untouched(statement):
        raise RuntimeError("What was signed no longer stands")


def _once(name: str, call: Callable[[], Any]) -> Figure:
    """What is done once is measured once, cold."""
    with CaptureQueriesContext(connection) as asked:
        start, busy = time.perf_counter(), time.process_time()
        call()
        waited, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    return Figure(name, Timing(waited, waited, worked), queries=len(asked))
