"""From checked rows to unsaved records, with their keys already taken, so that each is written once. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.choices import Origin, PartyRole, Status, TermsState
from agreements.imports.row import Body, Checked, Draft
from agreements.models import (
    AccessHolder,
    Agreement,
    Author,
    Flow,
    ImportBatch,
    Information,
    LegalBasis,
    Organisation,
    Party,
    Provision,
    Responsibility,
    StatusChange,
    Terms,
)
from people.models import User

OF_AGREEMENT = frozenset(f.name for f in Agreement._meta.concrete_fields if f.name not in {"id", "current_terms"})


@dataclass
class Built:
    """Records in the order in which they are written."""

    agreements: list[Agreement] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    subcontractors: list[Party] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    information: list[Information] = field(default_factory=list)
    legal_bases: list[LegalBasis] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    access_holders: list[AccessHolder] = field(default_factory=list)
    status_changes: list[StatusChange] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """What all rows of one import have in common."""

    batch: ImportBatch
    by: User
    now: datetime
    own: Organisation | None
    bodies: Mapping[Body, Organisation]


def build(rows: Sequence[Checked], setting: Setting, references: Sequence[str], keys: Iterator[int]) -> Built:
    """Records for every row. ``keys`` gives keys for the terms, which agreement and terms need of one another."""
    built = Built()
    for row, reference in zip(rows, references, strict=True):
        agreement, terms = _agreement(row.draft, setting, reference, next(keys))
        built.agreements.append(agreement)
        built.terms.append(terms)
        built.status_changes.append(_status(row.draft, agreement, terms, setting))
        built.authors.append(Author(terms=terms, user=setting.by, first_on=localdate(setting.now)))
        parties = _parties(row.draft, terms, setting)
        built.parties += parties.values()
        subcontractors = _subcontractors(row.draft, terms, parties, setting)
        built.subcontractors += subcontractors
        _flows(built, row.draft, terms, parties)
        built.legal_bases += [LegalBasis(terms=terms, provision_id=key) for key in row.draft.legal_bases]
        built.provisions += [Provision(terms=terms, code=code, **said) for code, said in row.draft.provisions.items()]
        taking_part = parties | {party.organisation_id: party for party in subcontractors}
        built.responsibilities += _responsibilities(row.draft, terms, taking_part, setting)
        built.access_holders += [
            AccessHolder(agreement=agreement, organisation=setting.bodies[body], described_as=who)
            for body, who in dict.fromkeys(row.draft.access)
        ]
    return built


def _responsibilities(
    draft: Draft, terms: Terms, parties: Mapping[int, Party], setting: Setting
) -> list[Responsibility]:
    """Two names of one party may have been read as one duty twice: once is enough."""
    found: dict[tuple[str, int], Responsibility] = {}
    for (duty, body), who in draft.duties.items():
        key = setting.bodies[body].pk
        if key in parties:
            made = Responsibility(terms=terms, duty=duty, party=parties[key], person_named=who)
            found.setdefault((duty, key), made)
    return list(found.values())


def _agreement(draft: Draft, setting: Setting, reference: str, key: int) -> tuple[Agreement, Terms]:
    own = {name: value for name, value in draft.values.items() if name in OF_AGREEMENT}
    agreement = Agreement(
        agency=setting.by.agency,
        reference=reference,
        origin=Origin.IMPORTED,
        status=draft.status,
        batch=setting.batch,
        created_by=setting.by,
        created_at=setting.now,
        current_terms_id=key,
        **own,
    )
    state = TermsState.DRAFT if draft.status == Status.DRAFT else TermsState.RECORDING
    values: dict[str, Any] = {name: value for name, value in draft.values.items() if name not in OF_AGREEMENT}
    return agreement, Terms(pk=key, agreement=agreement, number=1, state=state, **values)


def _status(draft: Draft, agreement: Agreement, terms: Terms, setting: Setting) -> StatusChange:
    """The step that says how it came in, true from the day the sheet gives."""
    today = localdate(setting.now)
    ended = draft.ended_on or terms.ends_on
    since = terms.signed_on or terms.starts_on
    if draft.status == Status.ENDED:
        since = ended if ended and ended <= today else None
    return StatusChange(
        agreement=agreement,
        terms=terms,
        step="create" if draft.status == Status.DRAFT else "record",
        target=draft.status,
        by=setting.by,
        at=setting.now,
        on=since or today,
        why=f"Imported from {setting.batch.file_name}",
    )


def _parties(draft: Draft, terms: Terms, setting: Setting) -> dict[int, Party]:
    """Parties by the key of their organisation; the agency itself leads."""
    roles = {setting.own.pk: str(PartyRole.LEAD)} if setting.own else {}
    for body, role in draft.parties.items():
        roles.setdefault(setting.bodies[body].pk, role)
    return {key: Party(terms=terms, organisation_id=key, role=role) for key, role in roles.items()}


def _subcontractors(draft: Draft, terms: Terms, parties: Mapping[int, Party], setting: Setting) -> list[Party]:
    keys = dict.fromkeys(setting.bodies[body].pk for body in draft.subcontractors)
    keyed = {setting.bodies[body].pk for body in draft.parties}
    above = next((party for key, party in parties.items() if key in keyed), None)
    return [
        Party(terms=terms, organisation_id=key, role=PartyRole.SUBCONTRACTOR, parent=above)
        for key in keys
        if above and key not in parties
    ]


def _flows(built: Built, draft: Draft, terms: Terms, parties: Mapping[int, Party]) -> None:
    for sender in draft.senders:
        for receiver in draft.receivers:
            ends = [parties.get(key) for key in (sender, receiver) if isinstance(key, int)]
            if len(ends) == 2 and ends[0] and ends[1] and ends[0] is not ends[1]:
                flow = Flow(terms=terms, sender=ends[0], receiver=ends[1], **draft.flow)
                built.flows.append(flow)
                built.information += [Information(flow=flow, name=name, **draft.item) for name in draft.information]


def settle_bodies(draft: Draft, bodies: Mapping[Body, Organisation]) -> None:
    """Put the keys of added organisations where the sheet had only their names."""
    draft.senders = [bodies[body].pk for body in draft.senders]
    draft.receivers = [bodies[body].pk for body in draft.receivers]
