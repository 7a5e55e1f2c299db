"""What suppliers, and somebody who does not sign in, declared, as recorded; the deepest tier has said nothing yet."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.models import Contract
from config.demo.calendar import Clock
from config.demo.teller import Stage
from conflicts.actions.decision import Verdict, decide
from conflicts.actions.declaration import declare_interest, say, start_declaration, submit_declaration
from conflicts.choices import Capacity, Occasion, Outcome, Said
from conflicts.models import Declaration

NUMBER = "CW-0412"
OTHER_CLIENT = {
    "kind": "business",
    "named_as": "Tui Family Counselling",
    "says": "We keep their case system too. Different people work on the two.",
    "touches": "Somebody could think that we see families of both.",
    "declared_as": "perceived",
}

CANDIDATE = {
    "kind": "political",
    "named_as": "Kōwhai Flats local board",
    "says": "I stand as a candidate. Meetings are in my own time.",
    "declared_as": "none",
}


@dataclass(frozen=True)
class Told:
    """What one of them declared: who spoke, in which document, so many days ago, and what."""

    days: int
    spoken_by: str
    document: str
    interests: list[dict[str, str]] = field(default_factory=list)
    decided: str = ""


SUPPLIER = Told(
    -282, "Rāwiri Hohepa, chair", "DEMO: signed form with the contract", decided="Nothing touches this work."
)
FIRST_TIER = Told(-271, "Ms A. Reddy, company secretary", "DEMO: letter of the subcontractor", [OTHER_CLIENT])


def tell_suppliers(stage: Stage) -> None:
    """The supplier declared nothing, its subcontractor one interest; who works for that one is a gap."""
    contract = Contract.objects.get(reference=NUMBER, agency=stage.cast.agencies["MCW"])
    _declared(stage, contract, SUPPLIER)
    _declared(stage, contract, FIRST_TIER, tier=1)
    _candidate(stage)


def _candidate(stage: Stage) -> None:
    """A contractor stands for a local board and said so early, on paper. Ordinary, and waiting for a decision."""
    clock, by = Clock(stage.now, "candidate"), stage.cast.users["hinemoa"]
    moment = clock.on(-5)
    values: dict[str, Any] = {
        "capacity": Capacity.CONTRACTOR,
        "occasion": Occasion.ELECTION,
        "spoken_by": "Priya Nair herself",
    }
    values |= {"document": "DEMO: note to the privacy officer", "document_on": localdate(moment)}
    with stage.door.at(moment):
        draft = start_declaration(values=values, person=stage.cast.people["priya"], by=by, now=moment)
        declare_interest(declaration=draft, values=CANDIDATE, by=by)
        submit_declaration(declaration=draft, by=by, now=moment)


def _declared(stage: Stage, contract: Contract, told: Told, tier: int = 0) -> None:
    row = contract.subcontractors.get(parent=None) if tier else None
    clock, by = Clock(stage.now, told.document), stage.cast.users["sina"]
    moment = clock.on(told.days)
    values = {
        "capacity": Capacity.SUBCONTRACTOR if row else Capacity.SUPPLIER,
        "occasion": Occasion.NEW_AGREEMENT,
        "contract": contract,
        "subcontractor": row,
        "document": told.document,
        "document_on": localdate(moment) - timedelta(days=1),
        "spoken_by": told.spoken_by,
    }
    body = row.organisation if row else contract.supplier
    with stage.door.at(moment):
        draft = start_declaration(values=values, supplier=body, by=by, now=moment)
        for one in told.interests:
            declare_interest(declaration=draft, values=one, by=by)
        if not told.interests:
            say(declaration=draft, said=Said.NIL, by=by)
        submit_declaration(declaration=draft, by=by, now=moment)
    if told.decided:
        _decided(stage, clock, draft, told.decided)


def _decided(stage: Stage, clock: Clock, draft: Declaration, why: str) -> None:
    moment = clock.on(-280)
    with stage.door.at(moment):
        decide(declaration=draft, verdicts=[Verdict(Outcome.NONE, why)], by=stage.cast.users["sina"], now=moment)
