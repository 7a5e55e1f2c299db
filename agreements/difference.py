"""What a variation changes: two versions of the terms side by side, field by field and row by row.

Pure; no queries where the terms were fetched by TermsQuerySet.whole().
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Field, Model

from agreements.choices import Answer, Duty
from agreements.digest import digest
from agreements.models import Flow, Information, Party, Provision, Terms
from agreements.provisions import BY_CODE
from agreements.questions import QUESTIONS
from agreements.sections import IN_VARIATION, Section
from records.words import number, nz_date

Values = dict[str, str]


@dataclass(frozen=True)
class Changed:
    """One answer that differs; an empty text is no answer."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed or changed, and what it said or says."""

    how: str
    title: str
    fields: list[Changed]


@dataclass(frozen=True)
class SectionChange:
    """What differs in one section."""

    section: Section
    fields: list[Changed]
    rows: list[RowChange] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    title: str
    values: Values


def difference(old: Terms, new: Terms) -> list[SectionChange]:
    """The sections in which the two differ, in the order of the page."""
    before, after = _rows(old, _evidence), _rows(new, _evidence)
    found = [
        SectionChange(
            section,
            [change for name in section.terms_fields if (change := _field(old, new, name))],
            [change for kind in section.rows for change in _changes(before[kind], after[kind])],
        )
        for section in IN_VARIATION
    ]
    return [change for change in found if change.fields or change.rows]


def fingerprint(terms: Terms) -> str:
    """A digest of everything that the terms say: another one means that somebody changed them."""
    said = {name: _shown(terms, name) for section in IN_VARIATION for name in section.terms_fields}
    found = _rows(terms, _evidence_key)
    rows = {kind: sorted((key, sorted(row.values.items())) for key, row in of.items()) for kind, of in found.items()}
    return digest(said | rows)


def _field(old: Terms, new: Terms, name: str) -> Changed | None:
    before, after = _shown(old, name), _shown(new, name)
    return Changed(QUESTIONS[name].label.removesuffix(" (optional)"), before, after) if before != after else None


def _changes(old: Mapping[str, _Row], new: Mapping[str, _Row]) -> list[RowChange]:
    gone = [RowChange("removed", row.title, _words(row.values, {})) for key, row in old.items() if key not in new]
    come = [RowChange("added", row.title, _words({}, row.values)) for key, row in new.items() if key not in old]
    kept = [(row, new[key]) for key, row in old.items() if key in new and row.values != new[key].values]
    return [*come, *(RowChange("changed", now.title, _words(was.values, now.values)) for was, now in kept), *gone]


def _words(old: Values, new: Values) -> list[Changed]:
    labels = dict.fromkeys([*new, *old])
    return [
        Changed(label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def _shown(record: Model, name: str) -> str:
    """An answer as a person reads it."""
    value: Any = getattr(record, name)
    display = getattr(record, f"get_{name}_display", None)
    if value in (None, ""):
        return ""
    if display:
        return str(display())
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    return nz_date(value) if isinstance(value, date) else str(value)


def _rows(terms: Terms, evidence: Callable[[Provision], str]) -> dict[str, dict[str, _Row]]:
    """Every row by kind and by what makes it the same row in both versions; ``evidence`` says where one can be read."""
    parties = {party.pk: party for party in terms.parties.all()}
    flows = list(terms.flows.all())
    between = {flow.pk: _between(flow, parties) for flow in flows}
    carried = [item for flow in flows for item in flow.information.all()]
    return {
        "party": _keyed(parties.values(), lambda party: _place(party, parties), _party),
        "flow": _keyed(
            flows,
            lambda flow: between[flow.pk],
            lambda flow: _row(flow, between[flow.pk], "method control frequency volume"),
        ),
        "information": _keyed(
            carried, lambda item: f"{between[item.flow_id]}: {item.name}", lambda item: _carried(item, between)
        ),
        "legal_basis": _keyed(
            terms.legal_bases.all(),
            lambda basis: str(basis.provision),
            lambda basis: _row(basis, str(basis.provision), "note"),
        ),
        "responsibility": _duties(terms, parties),
        "provision": _provisions(terms, evidence),
    }


def _keyed(rows: Iterable[Any], key: Callable[[Any], str], said: Callable[[Any], _Row]) -> dict[str, _Row]:
    """Rows by their key; a second one with the same key is told apart by its place."""
    found: dict[str, _Row] = {}
    seen: dict[str, int] = defaultdict(int)
    for row in sorted(rows, key=lambda one: one.pk):
        name = key(row)
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = said(row)
    return found


def _row(record: Model, title: str, names: str) -> _Row:
    return _Row(title, {_label(record, name): _shown(record, name) for name in names.split()})


def _label(record: Model, name: str) -> str:
    column = record._meta.get_field(name)
    label = str(column.verbose_name) if isinstance(column, Field) else name
    return label[:1].upper() + label[1:]


def _place(party: Party, parties: Mapping[int, Party]) -> str:
    """The organisation, and those it stands under."""
    above = f" under {_place(parties[party.parent_id], parties)}" if party.parent_id else ""
    return f"{party.organisation.name}{above}"


def _party(party: Party) -> _Row:
    names = "role acts_as starts_on contact contact_email breach_contact acknowledged_on"
    return _row(party, party.organisation.name, names)


def _between(flow: Flow, parties: Mapping[int, Party]) -> str:
    return f"From {parties[flow.sender_id].organisation.name} to {parties[flow.receiver_id].organisation.name}"


def _carried(item: Information, between: Mapping[int, str]) -> _Row:
    said = _row(item, item.name, "category identifiability sensitivity about_whom children health maori")
    return _Row(item.name, {"Flow": between[item.flow_id]} | said.values)


def _duties(terms: Terms, parties: Mapping[int, Party]) -> dict[str, _Row]:
    held: dict[str, list[str]] = defaultdict(list)
    for row in terms.responsibilities.all():
        who = f" ({row.person_named})" if row.person_named else ""
        held[row.duty].append(f"{parties[row.party_id].organisation.name}{who}")
    return {duty.value: _Row(str(duty.label), {"Accountable": "; ".join(sorted(held[duty.value]))}) for duty in Duty}


def _provisions(terms: Terms, evidence: Callable[[Provision], str]) -> dict[str, _Row]:
    """Every code, answered or not, so that an answer given for the first time is a change and no new provision."""
    rows = {row.code: row for row in terms.provisions.all()}
    unknown = {"In the document": str(Answer.UNKNOWN.label), "Where": "", "Why not": ""}
    found = {}
    for code, kind in BY_CODE.items():
        row = rows.get(code)
        found[code] = _Row(f"{code} {kind.title}", _said(row, evidence(row)) if row else dict(unknown))
    return found


def _said(row: Provision, evidence: str) -> Values:
    """What a provision says. Evidence is left out where there is none, as in fingerprints of before it was kept."""
    said = {"In the document": row.get_answer_display(), "Where": row.where, "Why not": row.why_absent}
    return said | ({"Evidence": evidence} if evidence else {})


def _evidence(row: Provision) -> str:
    """In words. What is privileged goes by its number: whoever reads the difference may not read its title."""
    document = row.evidence
    if document is None:
        return ""
    return _pointed(f"Privileged document {document.pk}" if document.is_privileged else f"“{document}”", row)


def _evidence_key(row: Provision) -> str:
    """By the key of the document, so that a new title for it is no change of the terms."""
    return _pointed(str(row.evidence_id), row) if row.evidence_id else ""


def _pointed(document: str, row: Provision) -> str:
    page = f"page {row.evidence_page}" if row.evidence_page else ""
    return ", ".join(part for part in (document, page, nz_date(row.evidence_on)) if part)
