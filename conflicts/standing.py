"""How agreements stand with conflicts today: one query for any number of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from agreements.models import AgreementContract, Assessment, Terms
from agreements.models.terms import THAT_STAND
from conflicts import about_rows
from conflicts.about import ConflictsFact, ConversationFact, SubcontractorFact
from conflicts.about_read import conflicts_of, conversations_of, subcontracts_of
from conflicts.choices import Stage
from conflicts.clearance import Clearance, clearance, in_time, stages_lacking
from conflicts.conversation_thresholds import stages_needed
from records.days import day_or_none
from records.made_once import Statement, statement

PLAIN = ("agreement_id", "signed_on", "starts_on", "outside_state_services", "personal_information", "based_on_id")


@dataclass(frozen=True)
class Standing:
    """What is known of one agreement on a day: the facts, what was asked, and how it comes out."""

    conversations: tuple[ConversationFact, ...]
    subcontracts: tuple[SubcontractorFact, ...]
    conflicts: ConflictsFact
    needed: tuple[Stage, ...]
    lacking: tuple[Stage, ...]
    clear: Clearance


def clearances(agreements: Iterable[int], on: date) -> dict[int, Clearance]:
    """Cleared, a plan in force or a gap, by the key of the agreement."""
    return {key: one.clear for key, one in standings(agreements, on).items()}


def standings(agreements: Iterable[int], on: date) -> dict[int, Standing]:
    """The same with everything it follows from; of the terms that stand. One query."""
    return {row["agreement_id"]: _standing(row, on) for row in _statement().rows(agreements)}


@cache
def _statement() -> Statement:
    rows = Terms.objects.order_by().annotate(**_more(), **about_rows.lists())
    return statement(rows, THAT_STAND, *PLAIN, *_more(), *about_rows.lists())


def _more() -> Mapping[str, Any]:
    served = AgreementContract.objects.filter(agreement=OuterRef("agreement_id")).order_by()
    risks = Assessment.objects.filter(agreement=OuterRef("agreement_id"), kind="risk", status="final")
    return {
        "values_of": ArraySubquery(served.values("contract__value_band")),
        "risk": Subquery(risks.order_by("-done_on", "-pk").values("residual")[:1]),
    }


def _standing(row: Mapping[str, Any], on: date) -> Standing:
    conversations, below = conversations_of(row), subcontracts_of(row)
    said = conflicts_of(row, conversations, day_or_none(row["starts_on"]))
    values, risk = row["values_of"], row["risk"] or "unknown"
    lacking = stages_lacking(in_time(conversations, day_or_none(row["signed_on"])), values, risk)
    if row["based_on_id"] is not None and conversations:
        lacking = []  # of a variation the standards ask, which know what it changes
    asked = row["outside_state_services"] != "no" and row["personal_information"] != "no"
    found = clearance(conversations, below, said, lacking, on, asked=asked)
    return Standing(conversations, below, said, stages_needed(values, risk), tuple(lacking if asked else ()), found)
