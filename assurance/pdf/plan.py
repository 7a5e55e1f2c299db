"""The plan for existing arrangements as a document: issued once for each state, kept, and served again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from agreements.pdf.render import to_pdf
from agreements.pdf.shorten import MOST_ROWS, cap
from agreements.pdf.tables import Group, Row, Table
from assurance.actions.plan_item import mandatory_of
from assurance.extensions.in_lists import entry_of
from assurance.lists.plan import in_plan, progress
from assurance.models import PlanItem, PlanState, RiskTier
from people.models import Agency, User
from people.progress import Tell, quiet
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import nz_date, nz_datetime

KIND = "plan for existing arrangements"
ALL_OF_THEM = "The plan as a sheet, Excel or CSV, has every one in the same order, with all the reasons."
REASONS = 3  # of each item; the register holds the rest


@dataclass(frozen=True)
class PlanSheet:
    """Everything that the document is made from."""

    agency: str
    marking: str
    as_at: str
    total: int
    interim: int
    undated: int
    progress: Table
    tiers: list[tuple[str, Table]]


def subject_of(agency: Agency) -> str:
    """What issues of the plan are about."""
    return f"plan of {agency.code}"


def to_lay_out(user: User) -> int:
    """How many rows of its tables an issue would lay out: they are what takes time. One query."""
    tiers = in_plan(user).order_by().values("tier").annotate(many=Count("pk")).values_list("many", flat=True)
    return sum(min(many, MOST_ROWS) for many in tiers)


def issue_plan(*, by: User, now: datetime, tell: Tell = quiet) -> IssuedFile:
    """Issue the plan as it stands, or give the kept issue if nothing changed since."""
    tell(1, None)
    made_of = plan_sheet(by, localdate(now))
    tell(2, None)
    return issue(
        kind=KIND,
        subject=subject_of(by.agency),
        state=digest(asdict(made_of)),
        render=lambda head: to_pdf(html(made_of, head, now)),
        by=by,
        at=now,
    )


def issued_plans(agency: Agency) -> "QuerySet[IssuedFile]":
    """Every issue of the agency's plan, newest first."""
    return IssuedFile.objects.about(subject_of(agency)).select_related("by__person")


def plan_sheet(user: User, on: date) -> PlanSheet:
    """The plan of the user's agency as it stands on a day. Two queries."""
    rows = list(in_plan(user).select_related("agreement__conformance", "owner").order_by("-score", "pk"))
    return PlanSheet(
        agency=user.agency.name,
        marking=user.agency.marking,
        as_at=nz_date(on),
        total=len(rows),
        interim=sum(row.cohort == "interim" for row in rows),
        undated=sum(row.cohort == "unknown" for row in rows),
        progress=_progress(user, on),
        tiers=[(str(tier.label), _tier(rows, tier, on)) for tier in RiskTier if any(row.tier == tier for row in rows)],
    )


def _progress(user: User, on: date) -> Table:
    tiers = progress(in_plan(user), on)
    heads = [("Risk tier", ""), *((label, "w-2") for label, _, _ in tiers[0].numbers)]
    return Table(heads, [Group([Row([tier.label, *(str(n) for _, n, _ in tier.numbers)]) for tier in tiers])])


def _tier(rows: list[PlanItem], tier: RiskTier, on: date) -> Table:
    mine = [row for row in rows if row.tier == tier]
    shown, note = cap((_row(row, on) for row in mine), len(mine), "arrangements of this tier")
    heads = [("Arrangement", ""), ("Why it stands there", "w-6"), ("What has to be done", "w-4"), ("State", "w-3")]
    return Table(heads, [Group(shown)], f"{note} {ALL_OF_THEM}" if note else "")


def _row(item: PlanItem, on: date) -> Row:
    more = len(item.reasons) - REASONS
    why = [says for _, says in item.reasons[:REASONS]] + ([f"and {more} more"] if more > 0 else [])
    cohort = {"interim": "signed between letter and Standard", "unknown": "day of signing not recorded"}
    mark = f" ({cohort[item.cohort]})" if item.cohort in cohort else ""
    name = f"{item.agreement.title}\n{item.agreement.reference}{mark}"
    return Row([name, f"{item.score} points: {'; '.join(why)}", item.action or "Not recorded", _state(item, on)])


def _state(item: PlanItem, on: date) -> str:
    if item.state == PlanState.DONE:
        return f"Done on {nz_date(item.done_on)}{_although(len(mandatory_of(entry_of(item.agreement), on)))}"
    target = f"By {nz_date(item.target)}" if item.target else "No quarter yet"
    late = "\nOverdue" if item.is_overdue(on) else ""
    return f"{item.get_state_display()}\n{target}{late}\n{item.owner or 'Nobody owns it yet'}"


def _although(left: int) -> str:
    """Done is what a person said of the work; the standards may still ask for more."""
    return f"\nalthough {left} requirement{' is' if left == 1 else 's are'} still open" if left else ""


def html(made_of: PlanSheet, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    return render_to_string(
        "assurance/pdf/plan.html",
        {
            "sheet": made_of,
            "head": head,
            "marking": made_of.marking,
            "issued": f"Issued {nz_datetime(now)}, at {point}",
            "author": made_of.agency,
            "watermark": "",
        },
    )
