"""Fill the benchmark's database with invented agreements, in bulk, with their history through the declared door."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from agreements.actions.search_entry import rebuild_search_entries
from agreements.choices import Answer, Category, Duty, Identifiability, Kind, Sensitivity, Status, TermsState
from agreements.models import (
    AccessHolder,
    Agreement,
    Flow,
    Information,
    LegalBasis,
    LegalProvision,
    Organisation,
    Party,
    Provision,
    Responsibility,
    StatusChange,
    Terms,
)
from agreements.provisions import PROVISIONS
from config.demo.people import Cast
from people.models import User
from records import bulk
from records.acting import acting
from records.backfill import backfill

WORDS = (
    "school",
    "housing",
    "health",
    "navigation",
    "wellbeing",
    "youth",
    "rides",
    "counselling",
    "survey",
    "matching",
)
PLACES = ("Northland", "Waikato", "Taranaki", "Wairarapa", "Marlborough", "Otago", "Southland", "Tasman")
CHUNK = 500
BODIES = 400
SEED = 20260701


@dataclass
class Rows:
    """One chunk of agreements and everything under them."""

    agreements: list[Agreement] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)


@dataclass
class Generator:
    """Makes agreements of one agency; ``whole`` ones carry 60 history rows each, lean ones 8."""

    cast: Cast
    by: User
    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - figures, not secrets
    bodies: Sequence[Organisation] = ()
    law: Sequence[LegalProvision] = ()
    made: int = 0

    def add_bodies(self) -> None:
        """The organisations that take part."""
        with acting(by=self.by, reason="Benchmark"), transaction.atomic():
            bodies = []
            for number in range(BODIES):
                body = Organisation(kind="ngo", state_services="no", demo=True)
                body.set_name(f"{PLACES[number % 8]} {WORDS[number % 10].capitalize()} Trust {number}")
                bodies.append(body)
            self.bodies = bulk.create(bodies)
        self.law = list(LegalProvision.objects.all()[:50])

    def add(self, many: int, *, whole: bool) -> None:
        """Add agreements, a chunk a transaction."""
        start = self.now - timedelta(days=800)
        with backfill(by=self.by, why="Benchmark", start=start, end=self.now) as door:
            for size in _chunks(many):
                with transaction.atomic(), acting(by=self.by, reason="Benchmark"):
                    with door.at(start + timedelta(minutes=self.made)):
                        rows = self._agreements(size)
                        self._below(rows.terms, whole=whole)
                    if whole:
                        with door.at(start + timedelta(minutes=self.made, days=30)):
                            self._change(rows)
                    rebuild_search_entries(row.pk for row in rows.agreements)

    def _agreements(self, size: int) -> Rows:
        made = [self._agreement(self.made + number) for number in range(size)]
        self.made += size
        bulk.create(made)
        terms = [self._terms(agreement) for agreement in made]
        bulk.create(terms)
        for agreement, own in zip(made, terms, strict=True):
            agreement.current_terms = own
        bulk.update(made, ["current_terms"])
        return Rows(made, terms)

    def _agreement(self, number: int) -> Agreement:
        people = list(self.cast.people.values())[:8]
        return Agreement(
            agency=self.cast.agencies["MCW"],
            reference=f"MCW-2020-{number + 1:04d}",
            title=f"{self.dice.choice(WORDS).capitalize()} {self.dice.choice(WORDS)}, {self.dice.choice(PLACES)}",
            kind=self.dice.choice(Kind.values),
            status=self.dice.choice([Status.DRAFT, Status.SIGNED, Status.SIGNED, Status.SIGNED, Status.ENDED]),
            owner=self.dice.choice(people),
            manager=self.dice.choice(people),
            review_due_on=self.now.date() + timedelta(days=self.dice.randint(-200, 600)),
            created_by=self.cast.users["hinemoa"],
            created_at=self.now - timedelta(days=700),
        )

    def _terms(self, agreement: Agreement) -> Terms:
        starts = date(2020, 1, 1) + timedelta(days=self.dice.randint(0, 2200))
        return Terms(
            agreement=agreement,
            state=TermsState.DRAFT if agreement.status == Status.DRAFT else TermsState.RECORDING,
            purpose=f"To help with {self.dice.choice(WORDS)} in {self.dice.choice(PLACES)}, " + "in plain words. " * 10,
            permitted_uses="To help, and nothing else. " * 5,
            safeguards="Encrypted, logged, taken away on leaving. " * 5,
            personal_information="yes",
            outside_state_services="yes",
            public_service=self.dice.choice(["yes"] * 9 + ["unknown"]),
            signed_on=None if agreement.status == Status.DRAFT else starts - timedelta(days=10),
            starts_on=starts,
            ends_on=starts + timedelta(days=self.dice.randint(200, 2500)),
        )

    def _below(self, terms: list[Terms], *, whole: bool) -> None:
        parties = self._parties(terms, 4 if whole else 2)
        flows = self._flows(parties, 3 if whole else 1)
        bulk.create([row for flow in flows for row in self._information(flow, 2 if whole else 1)])
        bulk.create([row for own in terms for row in self._steps(own, 4 if whole else 1)])
        if whole:
            bulk.create([row for own in terms for row in self._law(own)])
            bulk.create([self._provision(own, kind.code) for own in terms for kind in PROVISIONS])
            bulk.create([Responsibility(terms=rows[0].terms, duty=duty, party=rows[0])
                         for rows in parties for duty in Duty])  # fmt: skip
            bulk.create([AccessHolder(agreement=own.agreement, organisation=self.bodies[0], described_as="Case workers")
                         for own in terms])  # fmt: skip

    def _provision(self, terms: Terms, code: str) -> Provision:
        """One in twenty is missing, as many were never looked for."""
        answer = self.dice.choice([Answer.PRESENT] * 18 + [Answer.ABSENT, Answer.UNKNOWN])
        return Provision(terms=terms, code=code, answer=answer, clause="Clause 2" if answer == Answer.PRESENT else "")

    def _parties(self, terms: list[Terms], many: int) -> list[list[Party]]:
        grouped = [
            [Party(terms=own, organisation=body, role="receives") for body in self.dice.sample(self.bodies, many)]
            for own in terms
        ]
        bulk.create([party for group in grouped for party in group])
        return grouped

    def _flows(self, parties: list[list[Party]], many: int) -> Sequence[Flow]:
        return bulk.create(
            [
                Flow(terms=group[0].terms, sender=group[0], receiver=receiver, control="download", frequency="monthly")
                for group in parties
                for receiver in group[1 : many + 1]
            ]
        )

    def _information(self, flow: Flow, many: int) -> Iterator[Information]:
        for _ in range(many):
            yield Information(
                flow=flow,
                name=f"{self.dice.choice(WORDS).capitalize()} records",
                about_whom="Families",
                category=Category.ADMINISTRATIVE,
                identifiability=Identifiability.IDENTIFIED,
                sensitivity=self.dice.choice(Sensitivity.values),
            )

    def _law(self, terms: Terms) -> Iterator[LegalBasis]:
        for provision in self.dice.sample(self.law, 2):
            yield LegalBasis(terms=terms, provision=provision)

    def _steps(self, terms: Terms, many: int) -> Iterator[StatusChange]:
        agreement = terms.agreement
        for number, step in enumerate(["create", "submit", "approve", "sign"][:many]):
            yield StatusChange(
                agreement=agreement, terms=terms, step=step, target=agreement.status, by=agreement.created_by,
                at=self.now - timedelta(days=600 - number), on=date(2024, 1, 1),
            )  # fmt: skip

    def _change(self, rows: Rows) -> None:
        for number in range(2):
            for own in rows.terms:
                own.retention = f"Kept {number + 2} years"
            bulk.update(rows.terms, ["retention"])
        for agreement in rows.agreements:
            agreement.known_as = agreement.title.split(",")[0]
        bulk.update(rows.agreements, ["known_as"])


def _chunks(many: int) -> Iterator[int]:
    for start in range(0, many, CHUNK):
        yield min(CHUNK, many - start)
