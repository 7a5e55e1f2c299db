"""Assessments by real actions: begun, written, made final or accepted."""

from datetime import date
from typing import Any

from agreements.actions.assessment import make_final, start_assessment
from agreements.assessment_kinds import BY_NAME
from agreements.models import Agreement, Assessment
from people.models import User
from tests.cast import NOW, TODAY


def whole(kind: str, **said: Any) -> dict[str, Any]:
    """Everything that a kind asks, answered."""
    of_kind = BY_NAME[kind]
    answers = {one.name: "yes" if one.asks == "yes_no" else "Looked at" for one in of_kind.questions}
    values: dict[str, Any] = {"answers": answers, "conclusion": "It may go ahead", "done_on": date(2025, 12, 1)}
    if of_kind.rated:
        values |= {"inherent": "high", "residual": "medium"}
    if of_kind.binding:
        values |= {"lba_required": "no", "lba_why": "Nothing leaves our systems"}
    return values | said


def drafted(agreement: Agreement, kind: str, by: User, **said: Any) -> Assessment:
    """A draft that says everything it must."""
    return start_assessment(agreement=agreement, kind=kind, values=whole(kind, **said), by=by, now=NOW)


def final(agreement: Agreement, kind: str, by: User, approver: User, **said: Any) -> Assessment:
    """A final one: a risk is accepted by somebody else."""
    draft = drafted(agreement, kind, by, **said)
    return make_final(assessment=draft, by=approver if draft.of_kind.accepted else by, now=NOW, on=TODAY)
