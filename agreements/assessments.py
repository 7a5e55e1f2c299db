"""What assessments and advice add to an agreement: a panel, the residual risk, filters, a heading of the PDF."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact, LessThan
from django.urls import reverse

from agreements.assessment_kinds import BY_NAME
from agreements.columns import Column
from agreements.extensions import Extension, Panel, Part
from agreements.models import Agreement, Assessment, AssessmentStatus, Rating
from agreements.models.assessment import AssessmentQuerySet
from people.models import User
from records.filters import DateFilter, Filter, Option, OptionFilter
from records.words import nz_date


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """The list of assessments and advice."""
    address = reverse("agreements:assessments", args=[agreement.reference])
    return [Panel("assessments", "Assessments and advice", address)]


def summary(agreements: Sequence[Agreement], on: date) -> dict[int, dict[str, str]]:
    """The residual risk of each agreement by its newest final risk assessment; one query."""
    newest = Assessment.objects.filter(agreement__in=agreements, kind="risk").final()
    found = newest.order_by("agreement", "-done_on", "-pk").distinct("agreement").values_list("agreement", "residual")
    return {key: {"residual_risk": Rating(residual).label} for key, residual in found}


class AgainFilter(DateFilter):
    """Agreements whose newest final risk assessment names an earlier day for the next."""

    def condition(self, values: tuple[str, ...]) -> Q:
        """Those with such a day; without one they do not pass."""
        return Q(LessThan(Subquery(_risks().final().values("again_on")[:1]), Value(date.fromisoformat(values[0]))))


def filters(user: User, on: date) -> list[Filter]:
    """By where the risk assessment stands, by what remains of the risk, and by when it is to be done again."""
    return [
        OptionFilter("risk", "Risk assessment", options=_standings(), folded=True),
        OptionFilter("residual", "Residual risk", options=_residuals(), folded=True),
        AgainFilter("again_before", "Risk to be assessed again before"),
    ]


def _risks() -> AssessmentQuerySet:
    return Assessment.objects.filter(agreement=OuterRef("pk"), kind="risk")


def _standings() -> tuple[Option, ...]:
    final, drafted = Q(Exists(_risks().final())), Q(Exists(_risks().filter(status=AssessmentStatus.DRAFT)))
    return (
        Option("missing", "Missing", ~final & ~drafted),
        Option("draft", "Draft, none final", drafted & ~final),
        Option("final", "Final", final),
    )


def _residuals() -> tuple[Option, ...]:
    newest = Subquery(_risks().final().values("residual")[:1])
    return tuple(Option(value, label, Q(Exact(newest, Value(value)))) for value, label in Rating.choices)


def pdf_sections(agreement: Agreement, on: date) -> list[Part]:
    """Every assessment by kind, day, status and remaining risk; never what was advised."""
    rows = agreement.assessments.order_by("kind", "status", "-done_on", "-pk")
    order = list(BY_NAME)
    facts, seen = [], set()
    for row in sorted(rows, key=lambda one: order.index(one.kind)):
        facts.append((str(row), _in_short(row, superseded=row.is_final and row.kind in seen)))
        seen |= {row.kind} if row.is_final else set()
    return [Part("Assessments", facts, "" if facts else "None is recorded.")]


def _in_short(row: Assessment, *, superseded: bool) -> str:
    parts = ["Superseded" if superseded else row.get_status_display(), nz_date(row.done_on)]
    if row.of_kind.rated and row.residual != Rating.UNKNOWN:
        parts.append(f"remaining risk {row.get_residual_display().lower()}")
    if row.of_kind.accepted and row.is_final:
        parts.append(f"accepted by {row.approver}")
    return ", ".join(part for part in parts if part)


COLUMNS = (
    Column("residual_risk", "Residual risk", "What remains by the newest accepted risk assessment.", imported=False),
)
EXTENSION = Extension(
    "assessments",
    panels="agreements.assessments.panels",
    summary="agreements.assessments.summary",
    filters="agreements.assessments.filters",
    pdf_sections="agreements.assessments.pdf_sections",
    columns=COLUMNS,
)
