"""What takes longer than somebody waits (people/long_work.py): a long plan as PDF, the figures of a statement."""

from datetime import datetime

from django.urls import reverse

from agreements.errors import NotNow
from assurance.actions.briefing import take_figures
from assurance.models import Statement
from assurance.pdf.plan import issue_plan
from assurance.policies.statement import check_may_draft
from assurance.statement.ledger_state import ledger_state
from people.actions.work import ask_work
from people.long_work import Kind, Outcome
from people.models import User, Work
from people.progress import Tell
from people.roles import Permission
from records.actions.issue import digest

PRINTED = 60  # rows: 50 took 1.5 s, 150 took 4.6 s on two busy processors; they say more than those of a summary
VERIFIED = (
    20_000  # rows of history: verifying a thousand takes about 50 ms (docs/performance.md), and figures come after
)


def ask_plan(*, by: User, now: datetime) -> Work:
    """Let the worker issue the plan of the person's agency."""
    return ask_work(kind="plan", about="Plan for existing arrangements", given={}, total=None, by=by, now=now)


def _plan(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    issued = issue_plan(by=by, now=now, tell=tell)
    return Outcome(url=reverse("plan_copy", args=[issued.pk]))


PLAN = Kind(
    "Plan as PDF", Permission.EXPORT_AGREEMENTS, _plan, ("Gathering the arrangements", "Laying out the pages"),
    nothing="Nothing was issued.", ready="Download the PDF",
)  # fmt: skip


def figures_of(statement: Statement) -> Work | None:
    """The work that takes its figures now, or waits to; one query."""
    key = digest(_about(statement))
    return Work.objects.open().filter(kind="figures", key=key).select_related("asked_by__person").first()


def ask_figures(statement: Statement, *, by: User, now: datetime) -> Work:
    """Let the worker take the figures. Raises NotPermitted, NotYours, NotNow (somebody else has asked already)."""
    check_may_draft(statement, by)
    there = figures_of(statement)
    if there and there.asked_by_id != by.pk:
        raise NotNow(f"{there.asked_by} has asked for its figures already: they are being taken")
    about = f"Figures of {statement.code}"
    return ask_work(kind="figures", about=about, given=_about(statement), total=None, by=by, now=now)


def _about(statement: Statement) -> dict[str, str]:
    return {"statement": statement.code}


def _figures(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    """The history is verified before anything is written: a transaction's own rows are in no link yet."""
    statement = Statement.objects.visible_to(by).get(code=given["statement"])
    check_may_draft(statement, by)
    ledger = ledger_state()
    take_figures(statement=statement, ledger=ledger, by=by, now=now, tell=tell)
    return Outcome(url=statement.get_absolute_url())


FIGURES = Kind(
    "Figures of a written assurance", Permission.DRAFT_STATEMENTS, _figures,
    ("Verifying the history of the register", "Counting every figure", "Keeping figures, lists and exceptions"),
    nothing="No figure was kept; those taken before stand.", ready="Open the statement",
)  # fmt: skip
