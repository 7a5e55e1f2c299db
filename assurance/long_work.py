"""What of the plan takes longer than somebody waits: its document, where it has many rows (people/long_work.py)."""

from datetime import datetime

from django.urls import reverse

from assurance.pdf.plan import issue_plan
from people.actions.work import ask_work
from people.long_work import Kind, Outcome
from people.models import User, Work
from people.progress import Tell
from people.roles import Permission

PRINTED = 60  # rows: 50 took 1.5 s, 150 took 4.6 s on two busy processors; they say more than those of a summary


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
