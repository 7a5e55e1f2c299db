"""Draw agreements by chance, so that anybody can draw the same again, and keep what was seen of each."""

import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.actions.evidence import check_evidence
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from agreements.models.agreement import ONCE_SIGNED
from assurance.actions.finding import keep_finding
from assurance.models import Activity, AuditSample, Origin, PaperResult, Population, SampledAgreement, Severity
from people.models import Agency, User
from people.permissions import check_may
from people.roles import Permission
from records import bulk
from records.acting import action


@action
def draw_audit_sample(
    *, title: str, population: str, size: int, by: User, now: datetime, seed: str = ""
) -> AuditSample:  # fmt: skip
    """Draw so many agreements; without a ``seed`` one is made. Raises ValidationError, NotPermitted."""
    check_may(by, Permission.VERIFY_ACTIONS)
    frame = sorted(drawn_from(by.agency, population).values_list("pk", flat=True))
    if not 0 < size <= len(frame):
        raise refuse("size", f"Draw between 1 and {len(frame):,}: so many there are" if frame else "There are none")
    sample = AuditSample(
        agency=by.agency, title=title.strip(), population=population, frame=frame, size=size, by=by, at=now,
        seed=(seed.strip() or secrets.token_hex(8))[:32],
    )  # fmt: skip
    check_and_save(sample)
    bulk.create([SampledAgreement(sample=sample, agreement_id=key) for key in drawn(frame, sample.seed, size)])
    return sample


def drawn_from(agency: Agency, population: str) -> "QuerySet[Agreement]":
    """The agreements that a sample is drawn from now: signed, and neither ended nor closed out."""
    rows = Agreement.objects.filter(agency=agency, status__in=ONCE_SIGNED[:2])
    activities = Activity.objects.filter(agreement=OuterRef("pk"))
    if population == Population.ALL:
        return rows
    rows = rows.filter(Exists(activities.open().filter(scheduled=True)))
    return rows.exclude(Exists(activities.filter(done_on__isnull=False))) if population == Population.NEVER else rows


def drawn(frame: Sequence[int], seed: str, size: int) -> list[int]:
    """What the seed draws from these sorted keys, by Python's random.Random(seed).sample: the same every time."""
    return sorted(random.Random(seed).sample(list(frame), size))  # noqa: S311 - it is to be repeatable


@action
def write_paper(
    *, paper: SampledAgreement, result: str, note: str, severity: str, shown: Mapping[str, Any], by: User, now: datetime
) -> SampledAgreement:
    """Keep what was seen of one agreement, once and for good. What is not as it should be opens a finding.

    Raises ValidationError naming the field, NotNow, NotYours, NotPermitted.
    """
    check_may(by, Permission.VERIFY_ACTIONS)
    rows = SampledAgreement.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("sample", "agreement__agency").get(pk=paper.pk)
    check_may_write(locked, by)
    if result not in (PaperResult.SOUND, PaperResult.GAP):
        raise refuse("result", "Say whether it is as it should be")
    if not note.strip():
        raise refuse("note", "Say what was looked at and what was seen")
    _show(locked, shown, by)
    locked.result, locked.note = result, note.strip()
    locked.checked_by, locked.checked_on = by, localdate(now)
    if result == PaperResult.GAP:
        _open(locked, severity, by, now)
    check_and_save(locked)
    return locked


def check_may_write(paper: SampledAgreement, user: User) -> None:
    """Whoever verifies writes the paper of an agreement that is neither theirs nor written already."""
    if paper.sample.agency_id != user.agency.pk:
        raise NotYours("This sample belongs to another agency")
    check_may(user, Permission.VERIFY_ACTIONS)
    if paper.checked_on:
        raise NotNow("It is written: a working paper stands as it is")
    agreement = paper.agreement
    if user.person_id and user.person_id in {agreement.owner_id, agreement.manager_id, agreement.senior_owner_id}:
        raise NotYours("You own or manage this agreement: somebody else looks at it")


def _show(paper: SampledAgreement, shown: Mapping[str, Any], by: User) -> None:
    for name, value in shown.items():
        setattr(paper, name, value)
    check_evidence(paper.evidence, paper.agreement, by)
    if paper.evidence is None and not paper.evidence_note.strip():
        raise refuse("evidence", "It needs evidence: choose a document, or say in words where it is kept")


def _open(paper: SampledAgreement, severity: str, by: User, now: datetime) -> None:
    if severity not in Severity.values:
        raise refuse("severity", "It is not as it should be: choose a severity, so that a finding can be opened")
    values = {"title": f"{paper.sample.title}: not as it should be"[:200], "detail": paper.note, "severity": severity}
    paper.finding = keep_finding(values, by, now, agreement=paper.agreement, origin=Origin.SAMPLE)
