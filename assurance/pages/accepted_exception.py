"""Exceptions on the pages: which steps one could open, who may accept it, and every one there has been."""

from datetime import date

from agreements.models import Agreement
from agreements.policies.variation import open_variation
from assurance.editions import Requirement
from assurance.left import ahead_of, gate_of
from assurance.models import AcceptedException
from people.models import Delegation, Power, User

VARYING = ("vary_submit", "vary_sign")


def gates_ahead(agreement: Agreement, asked: Requirement, on: date, *, varied: bool) -> list[str]:
    """The steps that the requirement stops and that are still to come; those of a variation where one is under way."""
    ahead = {gate_of(step) for step in ahead_of(agreement, on)} | set(VARYING if varied else ())
    return [gate for gate in asked.gates if gate in ahead]


def at_hand(agreement: Agreement, gate: str) -> Agreement:
    """The agreement with the terms that the step is about."""
    return agreement.with_terms(open_variation(agreement)) if gate in VARYING else agreement


def exceptions_of(agreement: Agreement, on: date) -> list[tuple[AcceptedException, str]]:
    """Every exception there has been, newest first, each with how it stands in words. One query."""
    rows = AcceptedException.objects.filter(agreement=agreement).order_by("-pk")
    return [(row, standing(row, on)) for row in rows.select_related("by__person", "withdrawn_by__person")]


def standing(row: AcceptedException, on: date) -> str:
    """Holds, withdrawn or ended."""
    if row.withdrawn_on:
        return "Withdrawn"
    return "Ended" if row.ends_on < on else "Holds"


def who_may_accept(user: User, on: date) -> list[str]:
    """The names of those of the agency who hold the delegation. One query."""
    rows = Delegation.objects.visible_to(user).on(on).filter(power=Power.ACCEPT_EXCEPTION)
    return sorted(set(rows.values_list("holder__name", flat=True)))
