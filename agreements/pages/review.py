"""Reviews by month: what is late, what comes; and what one agreement's reviews and provisions came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet
from django.http import QueryDict

from agreements.choices import Status
from agreements.filters import mine
from agreements.models import Agreement, Exercise, Review
from agreements.pages.evidence import Pointer, pointed
from agreements.sheets import Cell
from people.labels import role_label
from people.models import User
from people.roles import Role
from records.filters import Option, OptionFilter
from records.lists import Address, ListSpec, Plain, Sort
from records.words import distance

SOON, LATER = 30, 90  # days ahead
HEADINGS = (
    "Reference",
    "Agreement",
    "Next review",
    "How far",
    "Owner",
    "Contract manager",
    "Last review",
    "Its outcome",
)


@dataclass(frozen=True)
class Month:
    """The reviews of one month; of those that are late or have no day, one group each."""

    title: str
    rows: list[Agreement]


@dataclass(frozen=True)
class Found:
    """What an address finds."""

    address: Address
    rows: "QuerySet[Agreement]"
    count: int


def find(user: User, on: date, data: QueryDict) -> Found:
    """The signed agreements that an address asks for, by the day of their next review."""
    address = Address(_spec(user, on), data)
    rows = Agreement.objects.visible_to(user).filter(status=Status.SIGNED)
    if address.problems:
        return Found(address, rows.none(), 0)
    rows = rows.filter(address.condition())
    shown = rows.select_related("owner", "manager").order_by(*address.order())
    return Found(address, shown, rows.count())


def months(rows: Iterable[Agreement], on: date) -> list[Month]:
    """Rows in the order of their days, in groups."""
    return [Month(title, list(group)) for title, group in groupby(rows, lambda row: _title(row.review_due_on, on))]


def sheet_rows(rows: "QuerySet[Agreement]", on: date) -> Iterable[list[Cell]]:
    """One line an agreement, in the order of HEADINGS."""
    for one in rows.prefetch_related("reviews").iterator(chunk_size=250):
        last = max(one.reviews.all(), key=lambda review: (review.done_on, review.pk), default=None)
        day = one.review_due_on
        far, outcome = distance(day, on) if day else "", last.get_outcome_display() if last else ""
        people = (str(one.owner or ""), str(one.manager or ""))
        yield [one.reference, one.title, day, far, *people, last.done_on if last else None, outcome]


def reviews_of(agreement: Agreement, user: User) -> list[tuple[Review, Pointer | None]]:
    """The reviews of one agreement, the newest first."""
    return pointed(agreement.reviews.select_related("by__person").order_by("-done_on", "-pk"), user)


def uses_of(agreement: Agreement, user: User) -> list[tuple[Exercise, Pointer | None]]:
    """When provisions of one agreement were used, the newest first."""
    return pointed(agreement.exercises.select_related("by__person").order_by("-on", "-pk"), user)


def _title(day: date | None, on: date) -> str:
    if day is None:
        return "No day is recorded"
    return "Late" if day < on else f"{day:%B %Y}"


def _spec(user: User, on: date) -> ListSpec:
    soon, later = on + timedelta(days=SOON), on + timedelta(days=LATER)
    when = (
        Option("late", "Late", Q(review_due_on__lt=on)),
        Option("soon", f"Within {SOON} days", Q(review_due_on__gte=on, review_due_on__lte=soon)),
        Option("later", f"Within {LATER} days", Q(review_due_on__gt=soon, review_due_on__lte=later)),
        Option("after", "After that", Q(review_due_on__gt=later)),
        Option("none", "No day is recorded", Q(review_due_on=None)),
    )
    owner = role_label(user.agency, Role.BUSINESS_OWNER, "Owner")
    return ListSpec(
        filters=(
            OptionFilter("when", "Next review", options=when),
            OptionFilter("whose", "Whose", options=(Option("me", "Mine to look after", mine(user)),)),
        ),
        sorts=(
            Sort("due", "Next review", ("review_due_on",)),
            Sort("title", "Agreement", (Plain("title"),), filled=True),
            Sort("owner", owner, (Plain("owner__name"),)),
        ),
        default="due",
    )
