"""Collect the facts that checks look at: one query for any number of agreements (design.md section 6)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import JSONObject

from agreements.choices import Kind, TermsState
from agreements.models import (
    AccessHolder,
    Advice,
    Agreement,
    AgreementContract,
    Assessment,
    Exercise,
    Flow,
    Information,
    LegalBasis,
    Oversight,
    Party,
    Pause,
    Provision,
    Responsibility,
    Review,
    StatusChange,
    Terms,
)
from agreements.models.agreement import ONCE_SIGNED
from agreements.models.terms import THAT_STAND
from assurance.facts import AgreementFacts
from assurance.models import Activity, Approval, Attestation, Cycle, PlanItem
from assurance.models.plan_item import PlanState
from assurance.read_facts import facts_from
from conflicts import about_rows
from records.made_once import Statement, statement

TEXTS = (
    "exclusion_reference", "purpose", "permitted_uses", "safeguards", "notice_where", "notice_exception_why",
    "overseas_countries", "maori_engaged", "maori_outcome", "maori_governance",
)  # fmt: skip
PLAIN = (
    "personal_information", "outside_state_services", "public_service", "exclusion", "binding", "open_ended",
    "overseas", "overseas_ground", "maori_data", "indirect_collection", "notice_exception", "at_end", "notice_on",
    "maori_engaged_on", "signed_on", "starts_on", "ends_on", "breach_hours", "cycle_months",
    "people_affected",
)  # fmt: skip
OF_AGREEMENT = (
    "reference", "kind", "status", "service_contract", "review_due_on", "procurement_ref", "current_terms_id",
)  # fmt: skip
NEWEST = tuple(f"agreement__conformance__run__{name}" for name in ("facts", "results", "editions"))
Said = tuple[dict[str, Any], dict[str, list[str]], list[str]]
Planned = dict[str, Any]
OF_PLAN = ("cohort", "score", "tier", "reasons", "left_on")
PLANNED = tuple(f"agreement__plan_item__{name}" for name in ("id", *OF_PLAN))
OF_TERMS = ("id", "agreement_id", "state", "based_on_id", "based_on__signed_on")
ITEM = ("owner", "target")
SUBMITTED, APPROVED = ("submit", "vary_submit"), ("approve", "vary_approve")
PEOPLE = ("owner", "manager", "senior_owner", "technical_adviser")


def collect(terms: Iterable[int]) -> Iterator[AgreementFacts]:
    """The facts of these versions of terms, in no order; one query."""
    return (facts_from(row) for row in _rows("agreements_terms.id = ANY(%s)", terms))


def collect_current(agreements: Iterable[int]) -> Iterator[tuple[AgreementFacts, Said | None, Planned | None]]:
    """The facts of agreements with the terms that stand, with what the newest run and the plan say; one query."""
    rows = _rows(THAT_STAND, agreements, *NEWEST, *PLANNED)
    return ((facts_from(row), _said_before(row), _planned(row)) for row in rows)


def _said_before(row: Mapping[str, Any]) -> Said | None:
    facts, results, editions = (row[f"of_{name}"] for name in NEWEST)
    return None if facts is None else (facts, results, editions)


def _planned(row: Mapping[str, Any]) -> Planned | None:
    """What the plan says of it now; None where it never stood there."""
    said = {name: row[f"of_agreement__plan_item__{name}"] for name in OF_PLAN}
    return None if row["of_agreement__plan_item__id"] is None else said


def _rows(where: str, keys: Iterable[int], *more: str) -> Iterable[dict[str, Any]]:
    return _statement(where, more).rows(keys)


@cache
def _statement(where: str, more: tuple[str, ...]) -> Statement:
    paths = (*OF_TERMS, *PLAIN, *_around(), *more)
    written = {f"has_{name}": Case(When(**{name: ""}, then=Value(False)), default=Value(True)) for name in TEXTS}
    rows: QuerySet[Any, Any] = Terms.objects.order_by().annotate(
        **{f"of_{path}": F(path) for path in paths}, **written, **_lists()
    )
    return statement(rows, where, *(f"of_{path}" for path in paths), *written, *_lists())


def _around() -> list[str]:
    said = [f"agreement__{name}" for name in OF_AGREEMENT]
    left = [f"agreement__{role}__left_on" for role in PEOPLE] + [f"agreement__{role}_id" for role in PEOPLE]
    return [*said, *left, "agreement__search_entry__missing"]


def _array(rows: "QuerySet[Any]", **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.order_by().values(json=JSONObject(**columns)))


def _of_terms(model: type[Model]) -> "QuerySet[Any]":
    return QuerySet(model).filter(terms=OuterRef("pk"))


def _of_agreement(model: type[Model]) -> "QuerySet[Any]":
    return QuerySet(model).filter(agreement=OuterRef("agreement_id"))


def _lists() -> Mapping[str, Any]:
    return {
        "found_parties": _array(_of_terms(Party), **_party()),
        "found_flows": _flows(),
        "found_laws": ArraySubquery(_of_terms(LegalBasis).order_by().values("provision__basis_kind")),
        "found_answers": _array(_of_terms(Provision), code="code", answer="answer", used_on=_used()),
        "found_duties": _array(_of_terms(Responsibility).filter(ends_on=None), duty="duty", party="party_id"),
        "found_assessed": _array(_of_agreement(Assessment), **_assessment()),
        "found_advised": _array(_of_agreement(Advice), kind="kind", given_on="given_on"),
        "found_contracts": _contracts(),
        "found_reviewed_on": _newest(Review, "done_on"),
        "found_overseen_on": _newest(Oversight, "on"),
        "found_holders": Subquery(
            _of_agreement(AccessHolder).order_by().values("agreement").annotate(n=Count("pk")).values("n")
        ),
        "found_attested": _attested(),
        "found_amendment": _amendment(),
        "found_approvals": _array(_of_agreement(Approval), **_approval()),
        "found_varied": _changes(),
        "found_plan": _array(_of_agreement(PlanItem).filter(left_on=None), **_item()),
        "found_activities": _array(_of_agreement(Activity).filter(done_on=None, cancelled_on=None), **_activity()),
        "found_done": _last_done(),
        "found_cycles": _cycles(),
        **about_rows.lists(),
    }


def _activity() -> dict[str, Any]:
    return {name: name for name in ("kind", "due_on", "scheduled", "months")}


def _last_done() -> ArraySubquery:
    """The newest of each kind, without what it was scheduled for."""
    newest = _of_agreement(Activity).filter(done_on__isnull=False).order_by("kind", "-done_on", "-pk").distinct("kind")
    return ArraySubquery(newest.values(json=JSONObject(kind="kind", done_on="done_on", outcome="outcome")))


def _cycles() -> ArraySubquery:
    """The newest of each kind, of the agreement itself and of its agency by risk."""
    own = Q(agreement=OuterRef("agreement_id")) | Q(agreement=None, agency=OuterRef("agreement__agency"))
    newest: QuerySet[Cycle, Cycle] = (
        QuerySet(Cycle).filter(own).order_by("kind", "risk", "-pk").distinct("kind", "risk")
    )
    return ArraySubquery(newest.values(json=JSONObject(kind="kind", risk="risk", months="months")))


def _item() -> dict[str, Any]:
    """Whether an item of the plan has an owner and a target; what is done needs neither any more."""
    done = When(state=PlanState.DONE, then=Value(True))
    return {name: Case(done, When(**{name: None}, then=Value(False)), default=Value(True)) for name in ITEM}


def _party() -> dict[str, Any]:
    elsewhere = (
        Agreement.objects.filter(
            status__in=ONCE_SIGNED[:2], current_terms__parties__organisation=OuterRef("organisation")
        )
        .exclude(pk=OuterRef("terms__agreement"))
        .order_by()
    )
    paused = Pause.objects.open().filter(
        organisation=OuterRef("organisation"), agency=OuterRef("terms__agreement__agency")
    )
    outside = Case(
        When(organisation__state_services="yes", then=Value("no")),
        When(organisation__state_services="no", then=Value("yes")),
        default=Value("unknown"),
    )
    return {
        "id": "pk",
        "organisation": "organisation_id",
        "name": "organisation__name",
        "role": "role",
        "outside": outside,
        "kind": "organisation__kind",
        "acts_as": "acts_as",
        "parent": "parent_id",
        "starts_on": "starts_on",
        "breach_contact": _filled("breach_contact"),
        "acknowledged_on": "acknowledged_on",
        "elsewhere": Exists(elsewhere),
        "paused": Exists(paused),
    }


def _filled(name: str) -> Case:
    return Case(When(**{name: ""}, then=Value(False)), default=Value(True))


def _flows() -> ArraySubquery:
    carried = Information.objects.filter(flow=OuterRef("pk"))
    names = ("sensitivity", "identifiability", "children", "health", "maori")
    return _array(
        _of_terms(Flow),
        control="control",
        volume="volume",
        information=_array(carried, **{name: name for name in names}),
    )


def _used() -> Subquery:
    uses = Exercise.objects.filter(agreement=OuterRef("terms__agreement"), code=OuterRef("code"))
    return Subquery(uses.order_by("-on").values("on")[:1])


def _assessment() -> dict[str, Any]:
    names = ("kind", "status", "done_on", "again_on", "residual", "lba_required", "records_seen", "people_seen")
    accepted = Q(approver__isnull=False) & ~Q(approver=F("author"))
    return {name: name for name in names} | {"accepted": Case(When(accepted, then=Value(True)), default=Value(False))}


def _changes() -> ArraySubquery:
    """Terms up to these that changed something material or weakened a provision (agreements/material.py)."""
    steps = StatusChange.objects.filter(terms=OuterRef("pk")).order_by("-pk")
    rows = (
        Terms.objects.filter(agreement=OuterRef("agreement_id"), number__lte=OuterRef("number"))
        .exclude(state=TermsState.WITHDRAWN)
        .exclude(material_changes=[], weakened=[])
    )
    return _array(
        rows,
        what="material_changes",
        weakened="weakened",
        on=Subquery(steps.filter(step="vary_start").values("on")[:1]),
        authorised=Subquery(steps.filter(step__in=(*SUBMITTED, *APPROVED)).values(said=_why_approved())[:1]),
    )


def _why_approved() -> Case:
    """The reason of an approval; none where they were submitted again since."""
    return Case(When(step__in=APPROVED, then=F("why")), default=Value("", output_field=TextField()))


def _contracts() -> ArraySubquery:
    logged = Oversight.objects.filter(contract=OuterRef("contract")).order_by().values("contract")
    return _array(
        _of_agreement(AgreementContract),
        stage="contract__stage",
        template="contract__template",
        terms_considered="contract__gmc_considered",
        value_band="contract__value_band",
        overseen_on=Subquery(logged.annotate(last=Max("on")).values("last")),
    )


def _newest(model: type[Model], day: str) -> Subquery:
    return Subquery(_of_agreement(model).order_by().values("agreement").annotate(last=Max(day)).values("last"))


def _attested() -> ArraySubquery:
    newest = _of_agreement(Attestation).order_by("requirement", "-pk").distinct("requirement")
    rows = newest.values(
        json=JSONObject(requirement="requirement", value="value", on="on", why="why", shown_on="evidence_on")
    )
    return ArraySubquery(rows)


def _amendment() -> Case:
    """Of the variation of an AISA: by an Order, as a listed exception, or by none of the two yet (section 157)."""
    return Case(
        When(~Q(agreement__kind=Kind.AISA) | Q(based_on=None), then=Value("")),
        When(amendment__order__gt="", then=Value("order")),
        When(amendment__exception__gt="", then=Value("exception")),
        default=Value("none"),
    )


def _approval() -> dict[str, Any]:
    names = ("order", "address", "notice_days", "notice_ground")
    return {name: name for name in names} | {"lead": "lead__name"}
