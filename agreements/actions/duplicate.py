"""Duplicate an agreement as a draft, and copy rows from one version of the terms to another."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.timezone import localdate

from agreements.actions.agreement import make, note_status
from agreements.actions.changes import finish
from agreements.choices import Origin, Status
from agreements.errors import NotYours
from agreements.models import Agreement, Party, Terms
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action

Row = TypeVar("Row", bound=Model)

# What belongs to a version of the terms itself, not to what it says.
OF_THE_VERSION = {
    "id",
    "agreement",
    "number",
    "state",
    "based_on",
    "base_seen",
    "variation_kind",
    "variation_why",
    "in_force_from",
    "material_changes",
    "weakened",
    "provisions_approved",
}
NO_EVIDENCE = {"evidence": None, "evidence_page": "", "evidence_on": None}
NOT_COPIED = {"signed_on", "starts_on", "ends_on", "notice_on", "maori_engaged_on"}


@action
def duplicate_agreement(*, agreement: Agreement, title: str, by: User, now: datetime) -> Agreement:
    """A new draft with the terms and rows of another: nothing that happened (dates, signatures) is copied."""
    check_may(by, Permission.CREATE_AGREEMENTS)
    if agreement.agency_id != by.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    own = {name: getattr(agreement, name) for name in ("kind", "owner", "manager", "senior_owner", "classification")}
    copied = plain_fields(agreement.terms_now, NOT_COPIED)
    copy = make(own | {"title": title, "copied_from": agreement}, copied, Origin.NEW, Status.DRAFT, by, now)
    copy_rows(agreement.terms_now, copy.terms_now)
    note_status(copy, "create", localdate(now), by, now, why=f"Duplicated from {agreement.reference}")
    finish(copy, by, localdate(now))
    return copy


def top_down(parties: Iterable[Party]) -> Iterator[Party]:
    """Each party after the one it stands under, whichever was entered first."""
    waiting = sorted(parties, key=lambda party: party.pk)
    done: set[int | None] = {None}
    while ready := [party for party in waiting if party.parent_id in done]:
        yield from ready
        done |= {party.pk for party in ready}
        waiting = [party for party in waiting if party not in ready]


def plain_fields(terms: Terms, left_out: set[str]) -> dict[str, Any]:
    """What the terms say, by field, without what belongs to this version of them alone."""
    skipped = OF_THE_VERSION | left_out
    return {f.name: getattr(terms, f.name) for f in Terms._meta.concrete_fields if f.name not in skipped}


def copy_rows(source: Terms, target: Terms, *, varied: bool = False) -> None:
    """Copy parties (with their tree), flows, information, bases, provisions and responsibilities to other terms.

    ``varied`` means terms of the same agreement: these keep when parties acknowledged their responsibilities, and the
    evidence of provisions, which another agreement does not hold.
    """
    target.parties.all().delete()
    parties: dict[int, Party] = {}
    for party in top_down(source.parties.all()):
        copy = _copied(party, terms=target, parent=parties[party.parent_id] if party.parent_id else None)
        copy.acknowledged_on = party.acknowledged_on if varied else None
        copy.save()
        parties[party.pk] = copy
    for flow in source.flows.prefetch_related("information"):
        new_flow = _copied(flow, terms=target, sender=parties[flow.sender_id], receiver=parties[flow.receiver_id])
        new_flow.save()
        for item in flow.information.all():
            _copied(item, flow=new_flow).save()
    for basis in source.legal_bases.all():
        _copied(basis, terms=target).save()
    for row in source.provisions.all():
        _copied(row, terms=target, **{} if varied else NO_EVIDENCE).save()
    for duty in source.responsibilities.all():
        _copied(duty, terms=target, party=parties[duty.party_id]).save()


def _copied(row: Row, **changes: Any) -> Row:
    skipped = {"id", *changes}
    fields = row._meta.concrete_fields
    values = {field.attname: getattr(row, field.attname) for field in fields if field.name not in skipped}
    return type(row)(**values, **changes)
