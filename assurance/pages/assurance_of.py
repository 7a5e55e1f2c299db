"""The assurance of one agreement: what comes round and when, what was done last, what it found; and the cycles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from agreements.models import Agreement, Rating
from assurance.collect import collect
from assurance.facts import AgreementFacts
from assurance.models import ActionState, Activity, ActivityKind, Cycle, Finding, ProviderRequest, Severity
from assurance.models.action import UNFINISHED
from assurance.schedule import default_cycles, months_of, residual
from people.models import Agency


@dataclass(frozen=True)
class Kind:
    """One kind of one agreement; ``months`` 0 where none comes round, ``own`` where the agreement has its own cycle."""

    value: str
    label: str
    months: int
    own: Cycle | None
    open: Activity | None
    last: Activity | None


@dataclass(frozen=True)
class Shown:
    """What the page shows. ``rating`` is the risk that remains, in words; ``waiting`` whom nobody has answered for."""

    kinds: list[Kind]
    planned: list[Activity]
    findings: list[Finding]
    waiting: list[ProviderRequest]
    rating: str

    @property
    def open_findings(self) -> list[Finding]:
        """The worst first; each with ``unfinished``, how many of its actions are, and ``late``, how many of those."""
        worst = list(Severity.values)
        return sorted((one for one in self.findings if one.is_open), key=lambda one: worst.index(one.severity))

    @property
    def closed_findings(self) -> list[Finding]:
        """Those closed last first."""
        return [one for one in self.findings if not one.is_open]

    @property
    def is_never_assured(self) -> bool:
        """Whether nothing was ever done."""
        return not any(kind.last for kind in self.kinds)


def assurance_of(agreement: Agreement, on: date) -> Shown:
    """Five queries."""
    facts = next(iter(collect([agreement.terms_now.pk])))
    people = ("responsible", "agreement__manager", "agreement__owner")
    rows = Activity.objects.filter(agreement=agreement, cancelled_on=None).select_related(*people)
    activities = list(rows.order_by("due_on", "pk"))
    own = {
        one.kind: one for one in Cycle.objects.filter(agreement=agreement).select_related("by__person").order_by("pk")
    }
    kinds = [_kind(kind, facts, activities, own) for kind in ActivityKind]
    open_ = [one for one in activities if one.is_open and not one.scheduled]
    shown = [kind for kind in kinds if kind.months or kind.open or kind.last or kind.own]
    waiting = ProviderRequest.objects.waiting().filter(asked__agreement=agreement).select_related("organisation")
    return Shown(
        shown, open_, _findings(agreement, on), list(waiting.order_by("due_on", "pk")), Rating(residual(facts)).label
    )


def _findings(agreement: Agreement, on: date) -> list[Finding]:
    still, late = Q(actions__state__in=UNFINISHED), Q(actions__state=ActionState.OPEN, actions__due_on__lt=on)
    rows = Finding.objects.filter(agreement=agreement).order_by("-closed_on", "-pk")
    return list(rows.annotate(unfinished=Count("actions", still), late=Count("actions", late)))


def _kind(kind: ActivityKind, facts: AgreementFacts, activities: list[Activity], own: Mapping[str, Cycle]) -> Kind:
    of_kind = [one for one in activities if one.kind == kind]
    open_ = next((one for one in of_kind if one.scheduled and one.is_open), None)
    last = max((one for one in of_kind if one.done_on), key=lambda one: (one.done_on or date.min, one.pk), default=None)
    said = own.get(kind)
    months = months_of(facts, kind) if facts.in_use else 0
    return Kind(kind.value, str(kind.label), months, said if said and said.months is not None else None, open_, last)


@dataclass(frozen=True)
class Cell:
    """The months of a kind and a risk; ``said`` where the agency changed them."""

    risk: str
    label: str
    months: int
    said: Cycle | None


def cycles_of(agency: Agency) -> list[tuple[ActivityKind, list[Cell]]]:
    """How often each kind comes round, by the risk that remains. One query."""
    rows = Cycle.objects.filter(agency=agency, agreement=None).select_related("by__person").order_by("pk")
    said: dict[Any, Cycle] = {(one.kind, one.risk): one for one in rows}
    return [(kind, [_cell(kind, risk, said.get((kind, risk))) for risk in Rating]) for kind in ActivityKind]


def _cell(kind: str, risk: Rating, said: Cycle | None) -> Cell:
    held = said if said and said.months is not None else None
    months = held.months if held else default_cycles().of(kind, risk)
    return Cell(risk.value, str(risk.label), months or 0, held)
