"""Fill the benchmark's database with invented staff, what they declared and what stands, in bulk and with history."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from agreements.models import Organisation
from agreements.normalise import normalise
from config.demo.people import Cast
from conflicts.choices import Capacity, DeclarationStatus, Occasion, Said, Standing
from conflicts.models import CONTENT, Declaration, DeclarationStep, DeclaredInterest, Interest
from people.models import Agency, Person, Placement, Unit, User
from records import bulk
from records.acting import acting
from records.backfill import backfill

STAFF, DECLARATIONS, INTERESTS = 20_000, 50_000, 80_000
RARE = 50  # one interest in so many is about a party of the register
UNITS, TEAM, CHUNK, SEED = 200, 15, 2_000, 20260801
FIRST = ("Ana", "Hemi", "Mere", "Tom", "Sina", "Wiremu", "Priya", "David", "Moana", "Jess", "Aroha", "Lin", "Omar")
LAST = ("Ngata", "Walker", "Faleolo", "Mehta", "Paki", "Brandt", "Lim", "Holloway", "Grieve", "Nair", "Heke", "Reid")
NAMED = (
    "Kererū", "Harakeke", "Rangitoto", "Southern", "Aotea", "Hauraki", "Manuka", "Pounamu", "Tūī", "Westland",
    "Cardinal", "Beacon", "Summit", "Coastal", "Anchor", "Lighthouse", "Meridian", "Phoenix", "Bridge", "Compass",
)  # fmt: skip
KINDS_OF_BODY = (
    "Trust",
    "Consulting Limited",
    "Holdings Limited",
    "Marae Committee",
    "Sports Club",
    "Foundation",
    "Ltd",
)
TRADES = ("Health", "Housing", "Data", "Legal", "Transport", "Training", "Advisory", "Care", "Energy", "Youth", "Media")


Rows = Callable[[], object]  # writes one chunk


@dataclass
class Staff:
    """Makes the people of one agency, a chunk a transaction, and what each of them declared."""

    cast: Cast
    by: User
    now: datetime
    bodies: Sequence[Organisation]
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - figures, not secrets
    people: list[Person] = field(default_factory=list)
    submitted: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.submitted = self.now - timedelta(days=90)

    @property
    def agency(self) -> Agency:
        """Whose they are."""
        return self.cast.agencies["MCW"]

    def fill(self) -> None:
        """People first, then two or three declarations each, and what they declared."""
        start = self.now - timedelta(days=400)
        with backfill(by=self.by, why="Benchmark", start=start, end=self.now) as door:
            for number, part in enumerate((self._units, self._people, self._declared)):
                for rows in part():
                    moment = start + timedelta(days=number)
                    with transaction.atomic(), acting(by=self.by, reason="Benchmark"), door.at(moment):
                        rows()

    def _units(self) -> Iterator[Rows]:
        yield lambda: bulk.create([Unit(agency=self.agency, name=f"Unit {at:03}") for at in range(UNITS)])

    def _people(self) -> Iterator[Rows]:
        for start in range(0, STAFF, CHUNK):
            yield partial(self._some_people, start)

    def _some_people(self, start: int) -> None:
        units = list(Unit.objects.filter(agency=self.agency).order_by("pk"))
        made = [self._person(start + at) for at in range(CHUNK)]
        self.people += bulk.create(made)
        bulk.create([self._placement(start + at, person, units) for at, person in enumerate(made)])

    def _person(self, at: int) -> Person:
        name = f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}-{at}"
        return Person(agency=self.agency, name=name, email=f"staff{at}@mcw.example.nz")

    def _placement(self, at: int, person: Person, units: Sequence[Unit]) -> Placement:
        """Everybody works under the person a fifteenth of the way down the list."""
        manager = self.people[at // TEAM] if at else None
        unit = units[at // TEAM % len(units)]
        return Placement(person=person, unit=unit, manager=manager, starts_on=self.submitted.date(), position="Adviser")

    def _declared(self) -> Iterator[Rows]:
        for start in range(0, DECLARATIONS, CHUNK):
            yield partial(self._some_declarations, start)

    def _some_declarations(self, start: int) -> None:
        made = [self._declaration(start + at) for at in range(CHUNK)]
        bulk.create(made)
        many = INTERESTS // (DECLARATIONS // CHUNK)
        interests = [self._interest(made[at % CHUNK]) for at in range(many)]
        bulk.create(interests)
        bulk.create([_said_of(one, made[at % CHUNK]) for at, one in enumerate(interests)])
        for at, one in enumerate(made):
            one.status, one.said, one.route = self._status(at), Said.INTERESTS, "staff"
            one.submitted_at, one.submitted_on = self.submitted, self.submitted.date() - timedelta(days=at % 300)
        bulk.update(made, ["status", "said", "route", "submitted_at", "submitted_on"])
        bulk.create([_step(one, self.by, self.submitted) for one in made])

    def _declaration(self, at: int) -> Declaration:
        person, manager = self.people[at % STAFF], self.people[at % STAFF // TEAM]
        return Declaration(
            agency=self.agency, person=person, capacity=Capacity.STAFF, occasion=Occasion.ANNUAL,
            decider=manager if manager != person else None, started_by=self.by, started_at=self.submitted,
        )  # fmt: skip

    def _status(self, at: int) -> str:
        return DeclarationStatus.NO_CONFLICT if at % 10 else DeclarationStatus.SUBMITTED

    def _interest(self, declaration: Declaration) -> Interest:
        if not self.dice.randrange(RARE):
            name = self.dice.choice(self.bodies).name
            return self._named(declaration, name)
        words = (self.dice.choice(NAMED), self.dice.choice(NAMED), self.dice.choice(TRADES))
        return self._named(declaration, f"{' '.join(words)} {self.dice.choice(KINDS_OF_BODY)}")

    def _named(self, declaration: Declaration, name: str) -> Interest:
        return Interest(
            agency=self.agency, person=declaration.person, kind="family", named_as=name, normalised=normalise(name)
        )


def _said_of(interest: Interest, declaration: Declaration) -> DeclaredInterest:
    row = DeclaredInterest(declaration=declaration, interest=interest, standing=Standing.NEW)
    for name in CONTENT:
        setattr(row, name, getattr(interest, name))
    return row


def _step(declaration: Declaration, by: User, at: datetime) -> DeclarationStep:
    return DeclarationStep(
        declaration=declaration, step="submit", source="draft", target="submitted", by=by, at=at, on=at.date()
    )
