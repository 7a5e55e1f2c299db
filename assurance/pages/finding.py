"""What the page of a finding shows of its actions: each with where its evidence is and what this person may do."""

from dataclasses import dataclass
from datetime import date

from agreements.pages.evidence import Pointer, pointed
from assurance.models import Action, Finding
from assurance.policies.work import check_may_change, check_may_drop, check_may_take, check_may_verify
from people.models import User
from records.refusals import why_not


@dataclass(frozen=True)
class Shown:
    """An action, where its evidence is, and why this person may not take each step."""

    action: Action
    pointer: Pointer | None
    late: bool
    do: str
    verify: str
    move: str
    drop: str


def actions_of(finding: Finding, user: User, on: date) -> list[Shown]:
    """The actions in the order in which they were given."""
    rows = finding.actions.select_related("owner", "done_by__person", "verified_by__person").order_by("pk")
    return [_shown(one, pointer, finding, user, on) for one, pointer in pointed(rows, user)]


def _shown(one: Action, pointer: Pointer | None, finding: Finding, user: User, on: date) -> Shown:
    one.finding = finding
    checks = (check_may_take, check_may_verify, check_may_change, check_may_drop)
    return Shown(one, pointer, one.is_late(on), *(why_not(check, one, user) for check in checks))
