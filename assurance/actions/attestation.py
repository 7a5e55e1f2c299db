"""Answer what no check can answer, of one agreement or of the agency. Each answer stays; the newest counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save
from agreements.actions.evidence import check_evidence
from agreements.errors import NotNow
from agreements.models import Agreement
from agreements.policies.agreement import check_may_edit
from assurance.editions import Requirement, current
from assurance.models import Attestation
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.errors import Refused
from records.locks import hold

FIELDS = ("value", "why", "evidence", "evidence_page", "evidence_on")


class AnsweredMeanwhile(Refused):
    """Somebody answered after this person opened the form; nothing was saved and nothing typed is lost."""

    def __init__(self, answer: Attestation) -> None:
        super().__init__(f"{answer.by} answered this after you opened it: {answer.get_value_display().lower()}")
        self.answer = answer


@action
def attest(
    *, agreement: Agreement, requirement: str, values: Mapping[str, Any], seen: int, by: User, now: datetime
) -> Attestation:
    """Answer a requirement of one agreement. ``seen`` is the key of the newest answer that the person saw, or 0.

    Raises NotPermitted, NotYours, NotNow, AnsweredMeanwhile, ValidationError.
    """
    with changing(agreement, by, localdate(now)) as locked:
        check_may_edit(locked, by)
        edition = _edition(requirement, "agreement", now)
        _check_seen(newest_answer(by, requirement, locked), seen)
        check_evidence(values.get("evidence"), locked, by)
        return _save(Attestation(agreement=locked, requirement=requirement, edition=edition), values, by, now)


@action
def attest_for_agency(
    *, requirement: str, values: Mapping[str, Any], seen: int, by: User, now: datetime
) -> Attestation:
    """Answer a requirement of the agency as a whole, with its evidence in words.

    Raises NotPermitted, NotNow, AnsweredMeanwhile, ValidationError.
    """
    check_may(by, Permission.ATTEST_FOR_AGENCY)
    hold(f"attest {by.agency.pk} {requirement}")
    edition = _edition(requirement, "agency", now)
    _check_seen(newest_answer(by, requirement, None), seen)
    said = {name: values[name] for name in ("value", "why")}
    return _save(Attestation(requirement=requirement, edition=edition), said, by, now)


def newest_answer(user: User, requirement: str, agreement: Agreement | None) -> Attestation | None:
    """The answer that counts, of an agreement or of the user's agency."""
    rows = Attestation.objects.visible_to(user).filter(requirement=requirement, agreement=agreement)
    return rows.select_related("by__person", "evidence").order_by("-pk").first()


def find_attested(requirement: str, about: str, now: datetime) -> Requirement | None:
    """A requirement in force that a person answers, of an agreement or of the agency."""
    return next((asked for _, asked in _attested(about, now) if asked.id == requirement), None)


def _attested(about: str, now: datetime) -> list[tuple[str, Requirement]]:
    on = localdate(now)
    every = [(standard.key, asked) for standard in current(on) for asked in standard.requirements]
    return [(key, asked) for key, asked in every if asked.attested and asked.about == about]


def _edition(requirement: str, about: str, now: datetime) -> str:
    found = next((key for key, asked in _attested(about, now) if asked.id == requirement), None)
    if found is None:
        raise NotNow("No standard in force asks a person to answer this: it is found from what is recorded")
    return found


def _check_seen(newest: Attestation | None, seen: int) -> None:
    if newest is not None and newest.pk != seen:
        raise AnsweredMeanwhile(newest)


def _save(made: Attestation, values: Mapping[str, Any], by: User, now: datetime) -> Attestation:
    for name in FIELDS:
        if name in values:
            setattr(made, name, values[name])
    made.agency, made.by, made.on, made.at = by.agency, by, localdate(now), now
    check_and_save(made)
    return made
