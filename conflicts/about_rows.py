"""What conflicts of interest know about agreements, as columns that any query of terms can ask for.

Each way from a declaration to an agreement is a list of its own, so that each has an index. Nothing that somebody
declared is read: only days, how a declaration stands, and whether reasons were given.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from agreements.models import AgreementContract, Party, Subcontractor
from conflicts.choices import DeclarationStatus
from conflicts.in_advance import BEGINS, foreseeable
from conflicts.models import Conversation, Decision, Declaration, ManagementPlan, PlanReview

BODY = {"organisation": "organisation_id", "name": "organisation__name", "starts_on": "starts_on"}


def lists() -> Mapping[str, Any]:
    """The columns of a query of Terms, each found by the agreement of its row."""
    agreement = OuterRef("agreement_id")
    return {
        "found_conversations": _conversations(agreement=agreement),
        "found_contract_conversations": _conversations(contract__in=_serving(2)),
        "found_declared": _declared(agreement=agreement),
        "found_contract_declared": _declared(contract__in=_serving(2)),
        "found_below_declared": _declared(subcontractor__in=_below(3).order_by().values("pk")),
        "found_subcontractors": _array(_below(2), **BODY, ends_on="ends_on"),
        "found_below": _array(_in_terms(), **BODY, ends_on=Value(None, output_field=DateField())),
    }


def _serving(levels: int) -> "QuerySet[Any, Any]":
    """The contracts that serve the agreement of the row so many queries further out."""
    outside = OuterRef("agreement_id")
    for _ in range(levels - 1):
        outside = OuterRef(outside)
    return AgreementContract.objects.filter(agreement=outside).order_by().values("contract")


def _below(levels: int) -> "QuerySet[Any, Any]":
    """The subcontractors of those contracts, at every depth."""
    return Subcontractor.objects.filter(contract__in=_serving(levels))


def _in_terms() -> "QuerySet[Any, Any]":
    """The parties of the terms that another party engages."""
    return Party.objects.filter(terms=OuterRef("pk"), parent__isnull=False)


def _array(rows: "QuerySet[Any]", **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.order_by().values(json=JSONObject(**columns)))


def _conversations(**about: Any) -> ArraySubquery:
    """Conversations that no later row corrects."""
    rows = Conversation.objects.filter(**about, person=None)
    return _array(rows.filter(~Exists(Conversation.objects.filter(corrects=OuterRef("pk")))), stage="stage", on="on")


def _declared(**about: Any) -> ArraySubquery:
    """Whatever was submitted and not withdrawn."""
    rows = Declaration.objects.filter(**about, submitted_at__isnull=False).exclude(status=DeclarationStatus.WITHDRAWN)
    return _array(
        rows.annotate(begins=Coalesce(BEGINS, Value(date.max))),
        id="pk",
        foreseeable=foreseeable("begins"),
        status="status",
        organisation=Coalesce("supplier_id", "subcontractor__organisation_id"),
        submitted_on="submitted_on",
        below="subcontractor_id",
        below_starts_on="subcontractor__starts_on",
        begins_on="begins_on",
        contract="contract_id",
        contract_starts_on="contract__starts_on",
        decided_on=_of(Decision, "declaration", Max("on")),
        unreasoned=Exists(Decision.objects.filter(declaration=OuterRef("pk"), reasons="")),
        approved_on=_of(ManagementPlan, "declaration", Min("approved_on")),
        reviewed_on=_of(PlanReview, "plan__declaration", Max("on")),
    )


def _of(model: Any, path: str, what: Any) -> Subquery:
    rows = model.objects.filter(**{path: OuterRef("pk")}).order_by().annotate(of=F(path)).values("of")
    return Subquery(rows.annotate(found=what).values("found"))
