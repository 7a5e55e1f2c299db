"""Every declaration that somebody may read, as a list: who, why, and where it stands, never what was declared."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict

from agreements.models import Organisation
from agreements.normalise import normalise
from agreements.sheets import Cell
from conflicts.choices import DECIDED, WAITING, Capacity, DeclarationStatus, Occasion, Said
from conflicts.models import Declaration, ManagementPlan
from conflicts.waiting import late_before
from people.models import Person, Placement, Unit, User
from records.filters import DateFilter, Option, OptionFilter, PickFilter, choice_filter
from records.forms import plain
from records.lists import COUNTED_TO, Address, ListSpec, Plain, Sort

if TYPE_CHECKING:
    from django.db.models import QuerySet

D = DeclarationStatus
HEADINGS = (
    "Declarant",
    "Unit",
    "Capacity",
    "Occasion",
    "Declared on",
    "Said",
    "State",
    "Decides",
    "Plan to be reviewed on",
)


def review_overdue(on: date) -> Exists:
    """Its plan in force was to be reviewed before that day."""
    plans = ManagementPlan.objects.filter(declaration=OuterRef("pk"), ended_on=None, approved_on__isnull=False)
    return Exists(plans.filter(review_on__lt=on))


LOOKS: dict[str, tuple[str, Q]] = {
    "waiting": ("Waiting for a decision", Q(status__in=WAITING)),
    "decided": ("Decided", Q(status__in=DECIDED)),
    "unmanageable": ("Cannot be managed", Q(status=D.UNMANAGEABLE)),
    "no_plan": ("Without an approved plan", Q(status__in=[D.MANAGEABLE, D.PLAN_DRAFTED])),
    "plan": ("Plan in force", Q(status__in=[D.PLAN_APPROVED, D.MONITORING])),
    "not_kept": ("Plan not kept", Q(status=D.NON_COMPLIANT)),
    "returned": ("Returned for more", Q(status=D.RETURNED)),
    "nil": ("Nothing to declare", Q(said=Said.NIL)),
    "over": ("Closed or withdrawn", Q(status__in=[D.CLOSED, D.WITHDRAWN])),
    "senior": ("Senior leaders", Q(person__senior=True)),
    "suppliers": ("Suppliers", Q(person=None)),
}


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list, read for a user on a day."""
    looks = [Option(name, label, condition) for name, (label, condition) in LOOKS.items()]
    late = Option("late", "Waiting too long", Q(status__in=WAITING, submitted_on__lt=late_before(on)))
    overdue = Option("overdue", "Plan’s review overdue", Q(review_overdue(on)))
    spec = ListSpec(
        filters=(
            OptionFilter("look", "Look at", (late, *looks, overdue)),
            choice_filter("why", "Occasion", Occasion.choices, column="occasion", counted=False),
            choice_filter("as", "Capacity", Capacity.choices, column="capacity", folded=True),
            PickFilter("unit", "Unit", _units(user), _in_unit(on), "Any unit"),
            DateFilter("from", "Declared from", lookup="submitted_on__gte"),
            DateFilter("until", "Declared until", lookup="submitted_on__lte"),
        ),
        sorts=(
            Sort("declared", "Declared on", ("submitted_on",), filled=True),
            Sort("name", "Declarant", (Plain("person__name"), Plain("supplier__name"))),
        ),
        default="-declared",
    )
    return Address(spec, data)


def matching(address: Address, user: User, on: date) -> "QuerySet[Declaration]":
    """What the address asks for of the submitted declarations that the user may read, in its order.

    With ``unit``, the name of where the declarant works on that day.
    """
    if address.problems:
        return Declaration.objects.none()
    rows = Declaration.objects.visible_to(user).filter(submitted_at__isnull=False)
    rows = rows.filter(_words(address.q, user), address.condition())
    placed = Placement.objects.on(on).filter(person=OuterRef("person")).order_by("-pk").values("unit__name")[:1]
    rows = rows.annotate(unit=Subquery(placed)).select_related("person", "supplier", "decider")
    return rows.order_by(*address.order())


def count(rows: "QuerySet[Declaration]") -> int:
    """How many there are, counted no further than a list turns pages. One query."""
    return rows.order_by().values("pk")[: COUNTED_TO + 1].count()  # without where each works


def sheet_rows(rows: "QuerySet[Declaration]") -> Iterator[list[Cell]]:
    """The rows under HEADINGS."""
    for row in rows.prefetch_related("plans").iterator(chunk_size=500):
        reviews = [plan.review_on for plan in row.plans.all() if plan.ended_on is None]
        yield [
            str(row.declarant), row.unit or "",  # type: ignore[attr-defined]  # annotated
            row.get_capacity_display(), row.get_occasion_display(), row.submitted_on,
            row.get_said_display(), row.get_status_display(), str(row.decider or ""), reviews[0] if reviews else None,
        ]  # fmt: skip


def _units(user: User) -> Callable[[], list[tuple[str, str]]]:
    @cache
    def rows() -> list[tuple[str, str]]:
        units = Unit.objects.visible_to(user).order_by(Plain("name"))
        return [(str(key), name) for key, name in units.values_list("pk", "name")]

    return rows


def _in_unit(on: date) -> Callable[[str], Q]:
    def narrow(value: str) -> Q:
        return Q(person__in=Placement.objects.on(on).filter(unit=int(value)).values("person"))

    return narrow


def _words(text: str, user: User) -> Q:
    """By who declares; macrons and capitals do not matter. What was named only pages/named.py looks for."""
    if not text:
        return Q()
    people = Person.objects.visible_to(user).alias(plain=Plain("name")).filter(plain__contains=plain(text))
    suppliers = Organisation.objects.filter(normalised__contains=normalise(text), declarations__agency=user.agency)
    # Keys, not subqueries: with those the database reads every declaration there is.
    persons, bodies = list(people.values_list("pk", flat=True)), list(suppliers.values_list("pk", flat=True).distinct())
    return Q(person__in=persons) | Q(supplier__in=bodies)
