"""Write an assessment as a draft, make it final, and let go of a draft. What is final never changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from agreements.actions.changes import changing, check_and_save
from agreements.actions.evidence import check_evidence
from agreements.digest import digest
from agreements.models import EVIDENCE_FIELDS, Agreement, Assessment, AssessmentStatus
from agreements.policies.agreement import check_may_edit
from agreements.policies.assessment import check_may_change, check_may_make_final
from agreements.policies.variation import open_variation
from agreements.stale import stale
from people.models import User
from records.acting import action

FIELDS = (
    *("answers", "conclusion", "inherent", "residual", "lba_required", "lba_why", "done_on", "again_on", "triggers"),
    *EVIDENCE_FIELDS,
)


def assessment_values(assessment: Assessment) -> dict[str, Any]:
    """What an assessment says, by field."""
    return {name: getattr(assessment, name) for name in FIELDS}


@action
def start_assessment(
    *, agreement: Agreement, kind: str, values: Mapping[str, Any], by: User, now: datetime
) -> Assessment:
    """Begin a draft; an agreement has one draft of a kind. Raises ValidationError, NotYours, NotNow, NotPermitted."""
    with changing(agreement, by) as locked:
        check_may_edit(locked, by)
        assessment = Assessment(agreement=locked, kind=kind, author=by, writers=[by.pk], created_at=now)
        _fill(assessment, values, by)
    return assessment


@action
def change_assessment(
    *, assessment: Assessment, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Assessment:
    """Change a draft. Raises Stale when it changed since ``seen``, else as start_assessment()."""
    with changing(assessment.agreement, by):
        locked = _lock(assessment)
        check_may_change(locked, by)
        now = assessment_values(locked)
        if digest(now) != seen:
            raise stale(locked, now, values)
        locked.writers = sorted({*locked.writers, by.pk})
        _fill(locked, values, by)
    return locked


@action
def make_final(*, assessment: Assessment, by: User, now: datetime, on: date, reason: str = "") -> Assessment:
    """Make a draft final; where its kind asks for it, that is accepting the risk (``reason``: on what conditions).

    Raises NotReady with what is missing, NotNow, NotYours (who wrote it), NotPermitted (no delegation on that day).
    """
    with changing(assessment.agreement, by, on):
        locked = _lock(assessment)
        check_may_make_final(locked, by, on)
        locked.status, locked.approver = AssessmentStatus.FINAL, by
        locked.final_at, locked.final_why = now, " ".join(reason.split())
        locked.records_seen, locked.people_seen = _size(locked.agreement)
        check_and_save(locked)
    return locked


@action
def discard_draft(*, assessment: Assessment, by: User, reason: str = "") -> None:
    """Take a draft out; its history keeps what it said. Raises NotNow where it is final, NotYours, NotPermitted."""
    with changing(assessment.agreement, by):
        locked = _lock(assessment)
        check_may_change(locked, by)
        locked.delete()


def _size(agreement: Agreement) -> tuple[int | None, int | None]:
    """Records and people a year by the terms at hand: those of the variation under way, else those that stand."""
    terms = open_variation(agreement) or agreement.with_terms(None).terms_now
    return terms.flows.aggregate(records=Sum("volume"))["records"], terms.people_affected


def _lock(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agreement").get(pk=assessment.pk)


def _fill(assessment: Assessment, values: Mapping[str, Any], by: User) -> None:
    before = assessment.evidence_id
    for name, value in values.items():
        setattr(assessment, name, value)
    if assessment.evidence_id != before:
        check_evidence(assessment.evidence, assessment.agreement, by)
    check_and_save(assessment)
