"""What the register knows beside each element: numbers of today, each with the list behind it. A few queries in all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from agreements.models import Agreement
from agreements.models.agreement import IN_USE
from assurance.agency_facts import policies_of
from assurance.models import AutomatedDecision, ConformanceEntry, PlanItem, PlanState, PrivacyBreach
from people.models import Agency

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Fact:
    """Something that the register says: what is counted, the numbers in words, and the list behind them."""

    label: str
    says: str
    url: str
    near: bool = False

    @property
    def named(self) -> str:
        """What is counted, and where it is not the very thing that is rated, that it is not."""
        return f"{self.label} (near it, not the thing itself)" if self.near else self.label


@dataclass(frozen=True)
class Known:
    """Everything the facts are made from, collected at once."""

    running: int
    owned: int
    plan: Mapping[str, int]
    entries: list[ConformanceEntry]
    policies: Mapping[str, tuple[int, int]]
    breaches: int
    automated: int
    automated_late: int


def collect(agency: Agency, on: date) -> Known:
    """What the register knows of an agency on a day; the same number of queries however much there is."""
    running = Agreement.objects.filter(agency=agency, status__in=IN_USE)
    counts = running.aggregate(every=Count("pk"), owned=Count("pk", filter=~Q(owner=None)))
    items = PlanItem.objects.filter(agreement__agency=agency).filter(Q(left_on=None) | Q(state=PlanState.DONE))
    automated = AutomatedDecision.objects.in_use().filter(agreement__agency=agency)
    late = automated.aggregate(every=Count("pk"), late=Count("pk", filter=Q(next_review__lt=on)))
    since = PrivacyBreach.objects.filter(agency=agency, recorded_at__date__gt=on - A_YEAR)
    return Known(
        running=counts["every"],
        owned=counts["owned"],
        plan=dict(items.order_by().values_list("state").annotate(n=Count("pk"))),
        entries=list(ConformanceEntry.objects.filter(agreement__in=running)),
        policies=policies_of(agency, on),
        breaches=since.count(),
        automated=late["every"],
        automated_late=late["late"],
    )


def _agreements(known: Known) -> Fact:
    return Fact("Agreements that run", f"{known.running:,}", _running())


def _owners(known: Known) -> Fact:
    return Fact("Agreements with an owner", _of(known.owned, known.running), _running("&sort=owner"))


def _running(more: str = "") -> str:
    """The list of the agreements that are counted."""
    return f"{reverse('agreements:register')}?{'&'.join(f'status={one}' for one in IN_USE)}{more}"


def _plan(known: Known) -> Fact:
    done, every = known.plan.get(PlanState.DONE, 0), sum(known.plan.values())
    return Fact("Existing arrangements dealt with in the plan", _of(done, every), reverse("plan"))


def _policies(known: Known) -> Fact:
    every = sum(many for many, _ in known.policies.values())
    late = sum(late for _, late in known.policies.values())
    return Fact("Policies that are current", _of(every - late, every), reverse("policies"))


def _breaches(known: Known) -> Fact:
    return Fact("Privacy breaches and near misses recorded in the last year", f"{known.breaches:,}", "")


def _automated(known: Known) -> Fact:
    said = f"{known.automated:,}; {known.automated_late:,} late to be reviewed"
    return Fact("Automated decisions on record", said, reverse("automated_decisions"))


def _exceptions(known: Known) -> Fact:
    critical = sum(one.critical for one in known.entries)
    return Fact(
        "Agreements with something critical open", _of(critical, len(known.entries)), reverse("conformance_matrix")
    )


def _met(label: str, *requirements: str) -> Callable[[Known], Fact]:
    """How many of those that are asked meet all of these requirements; unknown is said apart."""

    def fact(known: Known) -> Fact:
        asked = [one for one in known.entries if _asked(one, requirements)]
        met = sum(not _in(one.not_met, requirements) and not _in(one.unknown, requirements) for one in asked)
        unknown = sum(_in(one.unknown, requirements) for one in asked)
        said = f"{_of(met, len(asked))}{f'; {unknown:,} unknown' if unknown else ''}"
        return Fact(label, said, reverse("conformance_matrix"))

    return fact


def _asked(entry: ConformanceEntry, requirements: tuple[str, ...]) -> bool:
    return any(_in(column, requirements) for column in (entry.met, entry.not_met, entry.unknown))


def _in(column: list[str], requirements: tuple[str, ...]) -> bool:
    return any(one in column for one in requirements)


def _of(number: int, every: int) -> str:
    return f"{number:,} of {every:,}" if every else "None is recorded"


FACTS: Mapping[str, Callable[[Known], Fact]] = {
    "agreements": _agreements,
    "owners": _owners,
    "plan": _plan,
    "policies": _policies,
    "breaches": _breaches,
    "automated": _automated,
    "exceptions": _exceptions,
    "maori": _met("Agreements that meet what is asked about Māori data", "ISS-18"),
    "risk": _met("Agreements whose risk was assessed first", "ISS-06"),
    "pia": _met("Agreements with due diligence before sharing", "ISS-05"),
    "purpose": _met("Agreements that say what they are for", "ISS-02"),
    "standard": _met("Agreements in which the safeguards that are asked for stand", "ISS-09"),
    "security": _met("Agreements that meet what is asked about breaches", "ISS-14"),
}
