"""Who reads a declaration, and what for: every page that shows one to somebody else goes through here (domain.md 9.5).

The declarant sees each opening with a name and a purpose; so do those who tried and may not.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, QuerySet

from conflicts.actions.opening import note_opening, note_taken_along
from conflicts.choices import BEING_WRITTEN, Occasion
from conflicts.models import Declaration, Opening
from people.models import Person, User

log = logging.getLogger(__name__)
TAKEN_ALONG = "Took along a list of who declared and how it stands"
FILLING_IN = "Filling it in for the declarant"
KEEPING = "Sees that the plan is kept; opened the plan alone"
READ = (
    "by", "by__person__name", "by__person__agency__name", "by__email", "purpose", "refused",
    "declaration__code", "declaration__occasion",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Somebody who opened a declaration, or tried: how often, when first and last, and what for."""

    name: str
    agency: str
    purpose: str
    refused: bool
    times: int
    first: datetime
    last: datetime
    code: str
    occasion: str


def is_their_own(declaration: Declaration, user: User) -> bool:
    """Whether the user declares here, or recorded it for somebody who never signs in: their reading is not logged."""
    own = declaration.person_id is not None and declaration.person_id == user.person_id
    return own or (declaration.recorded_by_id is not None and declaration.recorded_by_id == user.pk)


def purpose_of(declaration: Declaration, user: User) -> str:
    """What the user said once that they open this declaration for; empty while they have not said it."""
    if declaration.status in BEING_WRITTEN and declaration.filled_in_by_id == user.person_id:
        return FILLING_IN
    noted = declaration.openings.filter(by=user, refused=False).exclude(purpose__in=["", TAKEN_ALONG])
    said = noted.order_by("-at").first()
    return said.purpose if said else ""


def opened(declaration: Declaration, user: User, purpose: str, now: datetime) -> None:
    """Note that the user reads it now, for that purpose; nothing for the declarant's own reading."""
    if not is_their_own(declaration, user):
        note_opening(declaration=declaration, by=user, now=now, purpose=purpose)


def taken_along(declarations: "QuerySet[Declaration]", user: User, now: datetime) -> None:
    """Note for each declarant that a list with their declaration leaves the register, and log it."""
    others = declarations.exclude(person=user.person_id).exclude(recorded_by=user)
    keys = sorted(set(others.order_by().values_list("pk", flat=True)))
    count = note_taken_along(declarations=keys, by=user, now=now, purpose=TAKEN_ALONG)
    log.warning("List taken along by %s: %s declarations of others", user.pk, count)


def refused(code: str, user: User, now: datetime) -> None:
    """Note and log that the user asked for a declaration which they may not read, or which does not exist."""
    found = Declaration.objects.filter(code=code).first()
    if found:
        note_opening(declaration=found, by=user, now=now, refused=True)
    log.warning("Declaration refused: %s asked for %s", user.pk, found.pk if found else "one that does not exist")


def readers_of(declaration: Declaration) -> list[Reader]:
    """Everybody who opened it or tried, the latest first; one query."""
    return _readers(Opening.objects.filter(declaration=declaration))


def readers_of_theirs(user: User, most: int) -> list[Reader]:
    """The same over everything that the user declared, with the declaration; the latest ``most``, in one query."""
    return _readers(Opening.objects.filter(declaration__person=user.person_id), most)


def _readers(openings: "QuerySet[Opening]", most: int | None = None) -> list[Reader]:
    told = openings.order_by().values(*READ)
    counted = told.annotate(times=Count("pk"), first=Min("at"), last=Max("at")).order_by("-last")[:most]
    return [
        Reader(
            row["by__person__name"] or row["by__email"], row["by__person__agency__name"] or "", row["purpose"],
            row["refused"], row["times"], row["first"], row["last"],
            row["declaration__code"], str(Occasion(row["declaration__occasion"]).label),
        )
        for row in counted
    ]  # fmt: skip


def usual_purposes(declaration: Declaration, user: User) -> list[str]:
    """What this person most likely opens it for, by what they have to do with it; the likeliest first."""
    found = []
    if _is(user, declaration.decider):
        found.append("I decide on it")
    if _is(user, declaration.approver):
        found.append("I approve its plan")
    if declaration.for_organisation:
        found.append("I manage the contract or agreement it is about")
    return found or ["I advise those who decide on it", "A check of how declarations are dealt with"]


def _is(user: User, person: Person | None) -> bool:
    return person is not None and person.pk == user.person_id
