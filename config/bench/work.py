"""Fill the benchmark's database with invented assurance work: activities, findings and actions, with their steps."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from agreements.models import Agreement
from assurance.actions.run_outcome import keep_outcomes
from assurance.models import (
    Action,
    ActionState,
    Activity,
    ActivityEvidence,
    ActivityKind,
    ActivityOutcome,
    ConformanceRun,
    Finding,
    FindingStep,
    Origin,
    Severity,
    StepKind,
)
from config.demo.people import Cast
from people.models import User
from records import bulk
from records.acting import acting
from records.backfill import backfill

CHUNK, SEED = 1_000, 20261123
BACK = 700  # days over which the work is spread


@dataclass
class Work:
    """So much work about the agreements that are there, a chunk a transaction."""

    cast: Cast
    by: User
    now: datetime
    activities: int = 20_000
    findings: int = 10_000
    actions: int = 15_000
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - figures, not secrets
    agreements: Sequence[int] = ()
    found: list[Finding] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.activities:,} activities, {self.findings:,} findings, {self.actions:,} actions"

    @property
    def today(self) -> date:
        """The day of the measurement."""
        return self.now.date()

    def fill(self) -> None:
        """What was known a year ago, then activities, findings, and actions about them."""
        self.agreements = list(Agreement.objects.order_by("pk").values_list("pk", flat=True))
        start = self.now - timedelta(days=500)
        with backfill(by=self.by, why="Benchmark", start=start, end=self.now) as door:
            for number, rows in enumerate(self._chunks()):
                moment = start + timedelta(minutes=number)
                with transaction.atomic(), acting(by=self.by, reason="Benchmark"), door.at(moment):
                    rows()

    def _chunks(self) -> Iterator[Callable[[], Any]]:
        runs = list(ConformanceRun.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(runs), CHUNK // 2):
            yield partial(self._year_before, runs[start : start + CHUNK // 2])
        for make, many in ((self._looked, self.activities), (self._found, self.findings), (self._acted, self.actions)):
            for start in range(0, many, CHUNK):
                yield partial(make, range(start, min(start + CHUNK, many)))

    def _year_before(self, keys: Sequence[int]) -> None:
        """The same assessment, as it was made and recorded 400 days ago: last year's figures have something to read."""
        rows = list(ConformanceRun.objects.filter(pk__in=keys).order_by("pk"))
        for one in rows:
            one.pk, one.on, one.at = None, self.today - timedelta(days=400), self.now - timedelta(days=400)
        keep_outcomes(bulk.create(rows))

    def _looked(self, places: range) -> None:
        rows = [self._activity(place) for place in places]
        bulk.create(rows)
        shown = [one for one in rows if one.done_on]
        note = "File 7, page 2"
        bulk.create([ActivityEvidence(activity=one, evidence_note=note, by=self.by, at=self._at(one)) for one in shown])

    def _activity(self, place: int) -> Activity:
        """Three of four are done; of the others some are late."""
        due = self.today + timedelta(days=self.dice.randint(-BACK, -30) if place % 4 else self.dice.randint(-20, 300))
        made = Activity(
            agreement_id=self.agreements[place % len(self.agreements)], kind=self.dice.choice(ActivityKind.values),
            due_on=due, responsible=self._anyone(), planned_by=self.by, planned_at=self.now - timedelta(days=BACK),
        )  # fmt: skip
        if place % 4:
            made.done_on, made.done_by, made.done_at = due, self.by, self.now - timedelta(days=(self.today - due).days)
            made.outcome, made.summary = self.dice.choice(ActivityOutcome.values), "Ten records followed to their end."
        return made

    def _at(self, one: Activity | Finding) -> datetime:
        return (one.done_at if isinstance(one, Activity) else one.opened_at) or self.now

    def _found(self, places: range) -> None:
        rows = [self._finding(place) for place in places]
        self.found += bulk.create(rows)
        bulk.create([_step(one, StepKind.OPENED, one.opened_on, self.by, self._at(one)) for one in rows])
        closed = [one for one in rows if one.closed_on]
        bulk.create([_step(one, StepKind.CLOSED, one.closed_on, self.by, one.closed_at or self.now) for one in closed])

    def _finding(self, place: int) -> Finding:
        """Four of five are closed."""
        days = self.dice.randint(60, BACK)
        made = Finding(
            agency=self.cast.agencies["MCW"], agreement_id=self.dice.choice(self.agreements),
            severity=self.dice.choice(Severity.values), title=f"Finding {place}", detail="Logs are not kept.",
            origin=Origin.ACTIVITY, requirement="ISS-10", opened_on=self.today - timedelta(days=days),
            opened_by=self.by, opened_at=self.now - timedelta(days=days),
        )  # fmt: skip
        if place % 5:
            made.closed_on, made.closed_by = self.today - timedelta(days=days - 50), self.by
            made.closed_at, made.closed_why = self.now - timedelta(days=days - 50), "It was put right."
        return made

    def _acted(self, places: range) -> None:
        rows = [self._action(place) for place in places]
        bulk.create(rows)
        about = [(one, one.finding) for one in rows]
        bulk.create([_step(of, StepKind.ADDED, of.opened_on, self.by, self._at(of), one) for one, of in about])

    def _action(self, place: int) -> Action:
        """About closed findings verified; about open ones to be done, or to be verified."""
        finding = self.found[place % len(self.found)]
        due = finding.opened_on + timedelta(days=45) if finding.closed_on else self._soon()
        made = Action(finding=finding, what="Keep them for a year", owner=self._anyone(), due_on=due)
        if finding.closed_on or place % 2:
            made.state, made.done_on, made.done_by = ActionState.DONE, min(due, self.today), self.cast.users["tom"]
            made.done_note, made.evidence_note = "They are kept", "Setting seen"
        if finding.closed_on:
            made.state, made.verified_on, made.verified_by = ActionState.VERIFIED, made.done_on, self._auditor()
            made.verified_note = "Saw the setting"
        return made

    def _soon(self) -> date:
        return self.today + timedelta(days=self.dice.randint(-30, 200))

    def _anyone(self) -> Any:
        """Somebody other than whoever verifies."""
        return self.cast.people[self.dice.choice(("ngaire", "hinemoa", "sina", "tom", "losa", "mereana"))]

    def _auditor(self) -> User:
        return self.cast.users["arjun"]


def _step(
    finding: Finding, kind: str, on: date | None, by: User, at: datetime, action: Action | None = None
) -> FindingStep:
    due = action.due_on if action else None
    return FindingStep(finding=finding, action=action, kind=kind, on=on or at.date(), by=by, at=at, due_on=due)
