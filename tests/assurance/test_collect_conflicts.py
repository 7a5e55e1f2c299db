"""What conflicts add to the facts: by every way from a declaration to an agreement, at once, without content."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions.contract import link_agreement
from agreements.actions.status import perform
from agreements.actions.subcontractor import add_subcontractor
from agreements.choices import Status
from agreements.errors import NotReady
from agreements.models import Agreement, Contract, Subcontractor
from assurance.collect import collect
from assurance.facts import AgreementFacts
from assurance.models import ConformanceEntry
from assurance.outcome import Outcome
from assurance.read_facts import as_json
from conflicts.about import ConversationFact, SubcontractorFact
from conflicts.actions.conversation import record_conversation
from conflicts.actions.declaration import declare_interest, start_declaration, submit_declaration
from conflicts.choices import Capacity, ConversationOutcome, Stage
from conflicts.models import Conversation, Declaration
from tests.agreements_at import agreement_at, answer, contract_of, make_signable, organisation
from tests.cast import NOW, TODAY, Cast
from tests.declaring import INTEREST

pytestmark = pytest.mark.django_db
PAPER = {"spoken_by": "DEMO Speaker", "document": "Form 4", "document_on": date(2026, 6, 1)}
SAID = INTEREST | {"named_as": "DEMO Hidden Holdings"}
CLOUD = "DEMO Cloud Limited"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """A draft that goes outside the State services."""
    made = agreement_at(Status.DRAFT, cast)
    told = {"personal_information": "yes", "outside_state_services": "yes", "public_service": "yes"}
    return answer(made, "scope", cast.privacy_officer, **told)


@pytest.fixture
def contract(cast: Cast, agreement: Agreement) -> Contract:
    """A contract that serves it, managed by the contract manager and carried out by a subcontractor."""
    made = contract_of(cast, manager=cast.contract_manager.who)
    link_agreement(contract=made, agreement=agreement, by=cast.privacy_officer, now=NOW)
    values = {"organisation": organisation(CLOUD), "parent": None, "starts_on": date(2026, 8, 1)}
    add_subcontractor(contract=made, values=values, by=cast.privacy_officer)
    return made


def facts_of(agreement: Agreement) -> AgreementFacts:
    """What is collected of the terms that stand."""
    return next(iter(collect([Agreement.objects.get(pk=agreement.pk).terms_now.pk])))


def outcome(agreement: Agreement, name: str) -> Outcome:
    """What the newest run says."""
    return ConformanceEntry.objects.get(agreement=agreement).outcome_of(name)


def of_subcontractor(below: Subcontractor, cast: Cast) -> Declaration:
    """What it declared, recorded by the contract manager and submitted."""
    by = cast.contract_manager
    values = {"capacity": Capacity.SUBCONTRACTOR, "occasion": "new_agreement", "subcontractor": below} | PAPER
    draft = start_declaration(values=values, supplier=below.organisation, by=by, now=NOW)
    declare_interest(declaration=draft, values=SAID, by=by)
    return submit_declaration(declaration=draft, by=by, now=NOW)


def converse(cast: Cast, **values: object) -> Conversation:
    """A conversation of today about an agreement or a contract."""
    told = {
        "stage": Stage.BEFORE_SIGNING,
        "on": TODAY,
        "with_whom": "Both of us",
        "outcome": ConversationOutcome.NOTHING,
    }
    about = {name: values.pop(name) for name in ("agreement", "contract", "corrects") if name in values}
    return record_conversation(values=told | values, by=cast.contract_manager, now=NOW, **about)  # type: ignore[arg-type]


def test_a_declaration_of_a_subcontractor_counts_for_what_its_contract_serves(
    agreement: Agreement, contract: Contract, cast: Cast
) -> None:
    declared = of_subcontractor(contract.subcontractors.get(), cast)
    facts = facts_of(agreement)
    below = SubcontractorFact(organisation(CLOUD).pk, CLOUD, date(2026, 8, 1), None, TODAY)
    assert facts.subcontracts == (below,)
    assert (facts.conflicts.declared, facts.conflicts.waiting, facts.conflicts.reviewed_on) == (1, 1, TODAY)
    assert outcome(agreement, "F9") == Outcome.NOT_MET  # in the same action
    kept = json.dumps(as_json(facts), default=str)
    for word in ("Hidden", "sister", "DEMO Speaker", "Form 4", declared.code):
        assert word not in kept


def test_a_subcontractor_recorded_later_is_missed_at_once(agreement: Agreement, contract: Contract, cast: Cast) -> None:
    of_subcontractor(contract.subcontractors.get(), cast)
    before = ConformanceEntry.objects.get(agreement=agreement).run_id
    values = {"organisation": organisation("DEMO Deeper Limited"), "parent": contract.subcontractors.get()}
    add_subcontractor(contract=contract, values=values | {"starts_on": TODAY}, by=cast.privacy_officer)
    assert ConformanceEntry.objects.get(agreement=agreement).run_id != before
    names = {one.name: one.declared_on for one in facts_of(agreement).subcontracts}
    assert names == {CLOUD: TODAY, "DEMO Deeper Limited": None}


def test_conversations_of_the_agreement_and_of_its_contract_count_and_a_correction_takes_the_place(
    agreement: Agreement, contract: Contract, cast: Cast
) -> None:
    converse(cast, contract=contract, stage=Stage.EVALUATION)
    wrong = converse(cast, agreement=agreement, on=date(2026, 6, 1))
    converse(cast, corrects=wrong, on=date(2026, 6, 3))
    found = (ConversationFact("before_signing", date(2026, 6, 3)), ConversationFact("evaluation", TODAY))
    assert facts_of(agreement).conversations == found


def test_nothing_is_signed_without_the_conversation_and_it_opens_the_gate_at_once(cast: Cast) -> None:
    made = agreement_at(Status.DRAFT, cast)
    by = cast.privacy_officer
    told = {"personal_information": "yes", "outside_state_services": "yes", "public_service": "yes"}
    make_signable(answer(made, "scope", by, **told), by, cast.chief_executive)
    said = Conversation.objects.get(agreement=made)
    later = converse(cast, corrects=said, stage=Stage.PLANNING, on=said.on)
    for step, who in (("submit", by), ("approve", cast.approver)):
        made = perform(agreement=made, step=step, by=who, now=NOW, reason="As agreed")
    with pytest.raises(NotReady) as refused:
        perform(agreement=made, step="sign", by=by, now=NOW, reason="As agreed")
    assert "L2.4" in str(refused.value.reasons)
    converse(cast, corrects=later, on=said.on)
    assert perform(agreement=made, step="sign", by=by, now=NOW, reason="As agreed").status == Status.SIGNED


def test_however_much_was_declared_the_facts_take_the_same_one_query(
    agreement: Agreement, contract: Contract, cast: Cast
) -> None:
    with CaptureQueriesContext(connection) as one:
        facts_of(agreement)
    of_subcontractor(contract.subcontractors.get(), cast)
    with CaptureQueriesContext(connection) as more:
        facts_of(agreement)
    assert len(one) == len(more)
