"""The case of a declaration as a document: issued once for each state, kept, and served to those who may read it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from agreements.pdf.render import to_pdf
from conflicts.in_advance import in_advance, work_begins_on
from conflicts.models import Declaration, DeclaredInterest, ManagementPlan
from conflicts.plan_options import BY_NAME as OPTIONS
from people.models import User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import nz_date, nz_datetime, nz_range

KIND = "case of conflicts of interest"
ENDORSEMENT = "STAFF"  # the endorsement of the classification system for what is about staff (domain.md 9.5)
Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    title: str
    facts: Facts


@dataclass(frozen=True)
class CaseSheet:
    """Everything that the document is made from."""

    code: str
    declarant: str
    agency: str
    marking: str
    standing: str
    sections: list[Section]


def issue_case(*, declaration: Declaration, by: User, now: datetime) -> IssuedFile:
    """Issue the case as it stands, or give the kept issue if nothing changed since."""
    made_of = case_sheet(declaration, now)
    return issue(
        kind=KIND,
        subject=f"declaration {declaration.code}",
        state=digest(asdict(made_of)),
        render=lambda head: to_pdf(html(made_of, head, now)),
        by=by,
        at=now,
    )


def case_sheet(declaration: Declaration, now: datetime) -> CaseSheet:
    """The case as it stands at that moment. Seven queries."""
    plans = list(declaration.plans.select_related("approved_by__person", "monitored_by").order_by("-pk"))
    sections = [
        Section("The declaration", _declaration(declaration)),
        *(Section(f"Declared: {row.named_as}", _declared(row)) for row in declaration.declared.order_by("pk")),
        *_decisions(declaration),
        *(Section(_title(plan), _plan(plan)) for plan in plans),
        *_breaches(declaration),
        Section("What happened", _steps(declaration)),
    ]
    if plans:
        says = in_advance(declaration, plans, localdate(now)).value
        begins = nz_date(work_begins_on(declaration)) or "Not recorded"
        sections.insert(1, Section("In advance?", [("What the dates say", says), ("The work begins", begins)]))
    return CaseSheet(
        code=declaration.code,
        declarant=str(declaration.declarant),
        agency=declaration.agency.name,
        marking=f"{declaration.agency.marking} {ENDORSEMENT}".strip(),
        standing=declaration.get_status_display(),
        sections=[Section(one.title, _said(one.facts)) for one in sections],
    )


def _said(facts: Facts) -> Facts:
    return [(term, value) for term, value in facts if value]


def _declaration(one: Declaration) -> Facts:
    return [
        ("In which capacity", one.get_capacity_display()), ("Why then", one.get_occasion_display()),
        ("About", one.about), ("Declared on", nz_date(one.submitted_on)),
        ("Decides", str(one.decider or "Nobody in the register")),
        ("Approves the plan", str(one.approver or "Nobody in the register")),
        ("From which document", f"{one.document}, {nz_date(one.document_on)}" if one.document else ""),
    ]  # fmt: skip


def _declared(row: DeclaredInterest) -> Facts:
    dated = nz_range(row.starts_on, row.ends_on) if row.starts_on or row.ends_on else ""
    return [
        ("Kind", row.of_kind.title), ("In their words", row.says), ("Who is connected", row.connected),
        ("How it could touch the work", row.touches), ("They think it is", row.get_declared_as_display()),
        ("Since and until", dated),
    ]  # fmt: skip


def _decisions(declaration: Declaration) -> list[Section]:
    rows = declaration.decisions.select_related("declared", "by__person").order_by("-pk")
    return [
        Section(
            f"Decision of {nz_date(row.on)}" + (f": {row.declared.named_as}" if row.declared else ""),
            [
                ("Decision", row.get_outcome_display()), ("Type", row.get_type_display() if row.type else ""),
                ("What an outsider would think", row.outsider), ("Why", row.reasons),
                ("By", f"{row.decided_by} in {row.document}, recorded by {row.by}" if row.decided_by else str(row.by)),
            ],
        )
        for row in rows
    ]  # fmt: skip


def _title(plan: ManagementPlan) -> str:
    if plan.ended_on:
        return f"Management plan, ended on {nz_date(plan.ended_on)}"
    return "Management plan" if plan.approved_on else "Management plan, not approved"


def _plan(plan: ManagementPlan) -> Facts:
    approved = f"{nz_date(plan.approved_on)}, by {plan.approved_by}" if plan.approved_on else ""
    facts = [
        ("What could go wrong", plan.risk),
        ("What is done about it", "\n".join(OPTIONS[one].title for one in plan.options)),
        ("Why these", plan.why_these), ("Who is told", plan.told), ("Information kept from them", plan.restricted),
        ("Who sees that it is kept", str(plan.monitored_by or "")), ("Looked at again", nz_date(plan.review_on)),
        ("Ends when", plan.ends_when), ("Approved", approved), ("On condition", plan.conditions),
        ("Acknowledged", nz_date(plan.acknowledged_at)),
    ]  # fmt: skip
    for step in plan.steps.select_related("owner", "done_by__person").order_by("pk"):
        done = f"Done on {nz_date(step.done_on)}, {step.done_by}: {step.note}" if step.done_on else "Not done yet"
        facts.append(("Step", f"{step.what}\n{step.owner}, by {nz_date(step.due_on) or 'no day'}\n{done}"))
    reviews = plan.reviews.select_related("by__person").order_by("pk")
    return facts + [
        (f"Review of {nz_date(one.on)}", f"{one.get_finding_display()}: {one.note}\n{one.by}") for one in reviews
    ]


def _breaches(declaration: Declaration) -> list[Section]:
    rows = declaration.breaches.select_related("by__person").order_by("pk")
    return [
        Section(f"Not kept, {nz_date(row.on)}", [("What happened", row.what), ("What was done", row.action)])
        for row in rows
    ]  # fmt: skip


def _steps(declaration: Declaration) -> Facts:
    rows = declaration.steps.select_related("by__person").order_by("pk")
    return [(nz_datetime(row.at), f"{row.said}, {row.by}" + (f"\n{row.why}" if row.why else "")) for row in rows]


def html(made_of: CaseSheet, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    context = {
        "sheet": made_of, "head": head, "marking": made_of.marking, "author": made_of.agency, "watermark": "",
        "issued": f"Issued {nz_datetime(now)}, at {point}",
    }  # fmt: skip
    return render_to_string("conflicts/pdf/case.html", context)
