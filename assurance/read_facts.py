"""From one row of the database, and from the JSON that runs keep, to AgreementFacts and back."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from agreements.choices import TermsState
from assurance.facts import (
    ActivityFact,
    AdviceFact,
    AgreementFacts,
    ApprovalFact,
    AssessmentFact,
    AttestedFact,
    ChangeFact,
    ContractFact,
    FlowFact,
    InformationFact,
    PartyFact,
    ProvisionFact,
)
from conflicts.about_read import conflicts_of, conversations_of, subcontracts_of
from records.days import day, day_or_none

T = TypeVar("T")
AGREED_BEFORE = {TermsState.RECORDING.value, TermsState.RECORDED.value}
PEOPLE = ("owner", "manager", "senior_owner", "technical_adviser")


def facts_from(row: Mapping[str, Any]) -> AgreementFacts:
    """The facts of one row of collect.py."""
    days: frozenset[str] = _day_names(AgreementFacts)
    plain: dict[str, Any] = {
        name: day(row[f"of_{name}"]) if name in days else row[f"of_{name}"]
        for name in _names(AgreementFacts)
        if name not in OWN and row.get(f"of_{name}") is not None
    }
    return AgreementFacts(
        agreement=row["of_agreement_id"],
        terms=row["of_id"],
        reference=row["of_agreement__reference"],
        kind=row["of_agreement__kind"],
        status=row["of_agreement__status"],
        terms_state=row["of_state"],
        existing=row["of_state"] in AGREED_BEFORE,
        service_contract=row["of_agreement__service_contract"],
        review_due_on=day_or_none(row["of_agreement__review_due_on"]),
        access_holders=row["found_holders"] or 0,
        written=_written(row),
        missing=_missing(row),
        people=_people(row),
        parties=_many(PartyFact, row["found_parties"]),
        flows=tuple(_flow(one) for one in row["found_flows"]),
        legal_bases=tuple(sorted(row["found_laws"])),
        provisions={one["code"]: _made(ProvisionFact, one) for one in row["found_answers"]},
        responsibilities=_duties(row["found_duties"]),
        assessments=_many(AssessmentFact, row["found_assessed"]),
        advice=_many(AdviceFact, row["found_advised"]),
        contracts=_many(ContractFact, row["found_contracts"]),
        attested={one["requirement"]: _made(AttestedFact, one) for one in row["found_attested"]},
        changes=tuple(_change(one) for one in sorted(row["found_varied"], key=str)),
        reviewed_on=day_or_none(row["found_reviewed_on"]),
        overseen_on=day_or_none(row["found_overseen_on"]),
        **_plan(row),
        approval=_approval(row),
        **_assured(row),
        **_about_conflicts(row),
        **plain,
    )


OWN = {
    "agreement", "terms", "reference", "kind", "status", "terms_state", "existing", "service_contract", "review_due_on",
    "access_holders", "written", "missing", "people", "parties", "flows", "legal_bases", "provisions",
    "responsibilities", "assessments", "advice", "contracts", "attested", "approval", "changes", "reviewed_on",
    "overseen_on", "planned", "plan_owner", "plan_target",
    "activities", "own_cycles", "agency_cycles",
    "varies", "varied_from", "conversations", "subcontracts", "conflicts",
}  # fmt: skip


def _plan(row: Mapping[str, Any]) -> dict[str, Any]:
    items = row["found_plan"]
    owner, target = (any(item[name] for item in items) for name in ("owner", "target"))
    return {"planned": bool(items), "plan_owner": owner, "plan_target": target}


def _assured(row: Mapping[str, Any]) -> dict[str, Any]:
    cycles = [one for one in row["found_cycles"] if one["months"] is not None]
    return {
        "activities": _many(ActivityFact, [*row["found_activities"], *row["found_done"]]),
        "own_cycles": {one["kind"]: one["months"] for one in cycles if not one["risk"]},
        "agency_cycles": {f"{one['kind']}.{one['risk']}": one["months"] for one in cycles if one["risk"]},
    }


def _about_conflicts(row: Mapping[str, Any]) -> dict[str, Any]:
    conversations = conversations_of(row)
    said = conflicts_of(row, conversations, day_or_none(row["of_starts_on"]))
    varied = {"varies": row["of_based_on_id"] is not None, "varied_from": day_or_none(row["of_based_on__signed_on"])}
    return varied | {"conversations": conversations, "subcontracts": subcontracts_of(row), "conflicts": said}


def _written(row: Mapping[str, Any]) -> frozenset[str]:
    said = {name.removeprefix("has_") for name, value in row.items() if name.startswith("has_") and value}
    return frozenset(said | ({"procurement_ref"} if row["of_agreement__procurement_ref"] else set()))


def _missing(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Of the terms that stand; a variation is shown as complete, since its sections were copied."""
    stands = row["of_agreement__current_terms_id"] == row["of_id"]
    return tuple(sorted(row["of_agreement__search_entry__missing"] or ())) if stands else ()


def _people(row: Mapping[str, Any]) -> dict[str, bool]:
    named = [role for role in PEOPLE if row[f"of_agreement__{role}_id"]]
    return {role: row[f"of_agreement__{role}__left_on"] is None for role in named}


def _flow(one: Mapping[str, Any]) -> FlowFact:
    return FlowFact(one["control"], one["volume"], _many(InformationFact, one["information"]))


def _change(one: Mapping[str, Any]) -> ChangeFact:
    return ChangeFact(", ".join(one["what"]), day_or_none(one["on"]), bool(one["weakened"]), bool(one["authorised"]))


def _approval(row: Mapping[str, Any]) -> ApprovalFact | None:
    """An amendment is known even where nothing else of the approval is recorded."""
    found = next(iter(_many(ApprovalFact, row["found_approvals"])), None)
    amended = row["found_amendment"]
    return replace(found or ApprovalFact(), amendment=amended) if amended else found


def _duties(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, ...]]:
    held: dict[str, list[int]] = defaultdict(list)
    for one in rows:
        held[one["duty"]].append(one["party"])
    return {duty: tuple(sorted(parties)) for duty, parties in sorted(held.items())}


def _many(kind: type[T], rows: Iterable[Mapping[str, Any]]) -> tuple[T, ...]:
    """Rows in a steady order, so that equal facts are equal texts."""
    return tuple(_made(kind, one) for one in sorted(rows, key=str))


def _made(kind: type[T], one: Mapping[str, Any]) -> T:
    columns = cast(Hashable, kind)
    days = _day_names(columns)
    values = {name: one[name] for name in _names(columns) if name in one and one[name] is not None}
    for name in days & values.keys():
        values[name] = day(values[name])
    return kind(**values)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cast(Any, kind)))


@cache
def _day_names(kind: Hashable) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(cast(Any, kind)).items() if hint in (date, date | None))


def as_json(facts: AgreementFacts) -> dict[str, Any]:
    """What a run keeps: plain values, days as 2025-07-01, nothing that is at its default, at any depth."""
    return cast(dict[str, Any], _plain(facts))


@cache
def _defaults(kind: Hashable) -> tuple[tuple[str, Any], ...]:
    """The names of a kind of fact with their defaults."""
    return tuple((one.name, _default(one)) for one in fields(cast(Any, kind)))


def _default(one: Any) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    named = _defaults(cast(Hashable, type(value)))
    return {name: _plain(said) for name, default in named if (said := getattr(value, name)) != default}
