"""What would change agreed terms, or a final assessment, past the actions is refused by the database itself."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agreements import agreed_terms
from agreements.actions.agreement import record_existing
from agreements.actions.assessment import discard_draft
from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.row import add_row, remove_row
from agreements.actions.status import perform
from agreements.choices import Status, TermsState
from agreements.lifecycle import STEPS
from agreements.models import Agreement, Assessment, Organisation, Party, Provision, Responsibility, Terms
from agreements.rows import KINDS
from agreements.variation_lifecycle import VARIATION_STEPS
from records.acting import acting
from tests.agreements_at import PATH, agreement_at, answer, law, make_signable, organisation, variation_at
from tests.assessed import drafted, final
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

VARIED = {
    "vary_review": TermsState.IN_REVIEW,
    "vary_approved": TermsState.APPROVED,
    "vary_signed": TermsState.SIGNED,
    "vary_withdrawn": TermsState.WITHDRAWN,
}
STANDING = ("in_review", "approved", "signed", "ended", "recorded", "withdrawn", "in_force", "past", *VARIED)
A_FLOW = "(SELECT id FROM agreements_flow WHERE terms_id = %s)"
A_PARTY = "(SELECT max(id) FROM agreements_party WHERE terms_id = %s)"

# Raw statements, as somebody with psql might try them; %s is the key of the terms.
STATEMENTS = {
    "what it is for": "UPDATE agreements_terms SET purpose = 'Anything' WHERE id = %s",
    "the last day": "UPDATE agreements_terms SET ends_on = '2040-01-01' WHERE id = %s",
    "the number": "UPDATE agreements_terms SET number = number + 9 WHERE id = %s",
    "the state and more": "UPDATE agreements_terms SET state = 'draft', purpose = 'Anything' WHERE id = %s",
    "the terms gone": "DELETE FROM agreements_terms WHERE id = %s",
    "a party gone": "DELETE FROM agreements_party WHERE terms_id = %s",
    "a party's contact": "UPDATE agreements_party SET contact = 'Somebody else' WHERE terms_id = %s",
    "another party": "INSERT INTO agreements_party (terms_id, organisation_id, role, acts_as, contact, contact_email,"
    " breach_contact) SELECT %s, max(id), 'receives', 'unknown', '', '', '' FROM agreements_organisation",
    "another body": "UPDATE agreements_party SET organisation_id = (SELECT id FROM agreements_organisation "
    f"WHERE name = 'Bystander Limited') WHERE id = {A_PARTY}",
    "how it moves": "UPDATE agreements_flow SET method = 'By post' WHERE terms_id = %s",
    "what is shared": f"UPDATE agreements_information SET name = 'Everything' WHERE flow_id IN {A_FLOW}",
    "less is shared": f"DELETE FROM agreements_information WHERE flow_id IN {A_FLOW}",
    "the law": "UPDATE agreements_legalbasis SET note = 'Whatever' WHERE terms_id = %s",
    "another provision": "INSERT INTO agreements_provision (terms_id, code, answer, clause, document, page, why_absent,"
    " evidence_page) VALUES (%s, 'C9', 'present', '', '', '', '', '')",
    "the evidence of a provision": "UPDATE agreements_provision SET evidence_page = '99' WHERE terms_id = %s",
    "a provision": "UPDATE agreements_provision SET answer = 'unknown' WHERE terms_id = %s",
    "who does what": "DELETE FROM agreements_responsibility WHERE terms_id = %s",
    "a row of a draft": "UPDATE agreements_provision SET terms_id = %s "
    "WHERE terms_id = (SELECT max(id) FROM agreements_terms WHERE state = 'draft')",
}
FORGED_MOVES = {
    "signed": ("draft", "recording", "in_force"),
    "recorded": ("draft", "approved"),
    "past": ("in_force", "draft"),
    "in_force": ("draft", "signed", "recording"),
    "vary_withdrawn": ("draft", "in_force"),
}


def terms_at(where: str, cast: Cast) -> Terms:
    """Terms with a row of every kind, led to where they stand by real actions."""
    if where == "recorded":
        agreement = record_existing(
            values={"title": "Night shelter feed", "kind": "letter"}, status="signed", by=cast.privacy_officer, now=NOW
        )
        fill(agreement, cast)
        return perform(agreement=agreement, step="complete_recording", by=cast.privacy_officer, now=NOW).terms_now
    agreement = agreement_at(Status.DRAFT, cast)
    fill(agreement, cast)
    varied = where in VARIED or where in ("in_force", "past")
    agreement = lead(Status.SIGNED if varied else Status(where), agreement, cast)
    if not varied:
        return agreement.terms_now
    at_hand = variation_at(VARIED.get(where, TermsState.IN_FORCE), cast, agreement).terms_now
    return Terms.objects.get(agreement=agreement, state=where) if where not in VARIED else at_hand


def fill(agreement: Agreement, cast: Cast) -> None:
    by, terms = cast.privacy_officer, agreement.terms_now
    sender, receiver = (
        add_row(
            agreement=agreement,
            kind=KINDS["party"],
            values={"organisation": organisation(name), "role": "receives"},
            by=by,
        )
        for name in ("Tūī Limited", "Kererū Limited")
    )
    flow = add_row(agreement=agreement, kind=KINDS["flow"], values={"sender": sender, "receiver": receiver}, by=by)
    add_row(agreement=agreement, kind=KINDS["information"], values={"flow": flow, "name": "Names"}, by=by)
    with acting(by=by), transaction.atomic():
        Provision(terms=terms, code="C1", answer="present").save()
        Responsibility(terms=terms, duty="lead", party_id=sender.pk).save()
    if agreement.status != Status.DRAFT:
        add_row(agreement=agreement, kind=KINDS["legal_basis"], values={"provision": law(by)}, by=by)


def lead(status: Status, agreement: Agreement, cast: Cast) -> Agreement:
    make_signable(agreement, cast.privacy_officer, cast.chief_executive)
    for step in PATH[status]:
        who = cast.approver if step == "approve" else cast.privacy_officer
        told: dict[str, Any] = {"disposal": "destroy", "disposal_note": "Certificate 7"} if step == "end" else {}
        agreement = perform(agreement=agreement, step=step, by=who, now=NOW, reason="As agreed", **told)
    return Agreement.objects.get(pk=agreement.pk)


def run(statement: str, *params: int | str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


@pytest.mark.parametrize("where", STANDING)
def test_terms_that_stand_cannot_be_changed_by_any_statement(cast: Cast, where: str) -> None:
    organisation("Bystander Limited")
    terms = terms_at(where, cast)
    draft = agreement_at(Status.DRAFT, cast, title="Another").terms_now
    with acting(by=cast.privacy_officer), transaction.atomic():
        Provision(terms=draft, code="C25", answer="present").save()
    for what, statement in STATEMENTS.items():
        with pytest.raises(IntegrityError, match=r"agreed terms|do not become"):
            run(statement, terms.pk)
            pytest.fail(f"{what} was not refused")
    assert Terms.objects.get(pk=terms.pk).purpose == terms.purpose
    assert terms.parties.exists()
    assert terms.provisions.get().answer == "present"


@pytest.mark.parametrize("where", FORGED_MOVES)
def test_terms_do_not_go_where_no_step_leads(cast: Cast, where: str) -> None:
    terms = terms_at(where, cast)
    for state in FORGED_MOVES[where]:
        with pytest.raises(IntegrityError, match="no step of their life leads there"):
            run("UPDATE agreements_terms SET state = %s WHERE id = %s", state, terms.pk)


def test_a_day_of_signing_is_written_once(cast: Cast) -> None:
    terms = terms_at("signed", cast)
    assert terms.signed_on is not None
    with pytest.raises(IntegrityError, match="agreed terms"):
        run("UPDATE agreements_terms SET signed_on = '2020-01-01' WHERE id = %s", terms.pk)


def test_an_approved_first_version_is_sent_back_and_edited_again(cast: Cast) -> None:
    terms = terms_at("approved", cast)
    back = perform(agreement=terms.agreement, step="send_back", by=cast.approver, now=NOW, reason="Say more")
    answer(back, "purpose", cast.privacy_officer, purpose="To help every child.")
    assert Terms.objects.get(pk=terms.pk).purpose == "To help every child."


def test_what_was_withdrawn_or_recorded_is_opened_and_edited_again(cast: Cast) -> None:
    terms = terms_at("withdrawn", cast)
    perform(agreement=terms.agreement, step="reopen", by=cast.privacy_officer, now=NOW, reason="It is needed")
    flow, *_ = terms.flows.all()
    remove_row(agreement=terms.agreement, kind=KINDS["flow"], pk=flow.pk, by=cast.privacy_officer)
    assert not terms.flows.exists()
    recorded = terms_at("recorded", cast)
    who = cast.privacy_officer
    perform(agreement=recorded.agreement, step="reopen_recording", by=who, now=NOW, reason="A clause was misread")
    answer(recorded.agreement, "purpose", who, purpose="What the letter says.")
    assert Terms.objects.get(pk=recorded.pk).purpose == "What the letter says."


def test_organisations_that_are_one_are_merged_in_terms_that_stand(cast: Cast) -> None:
    past = terms_at("past", cast)
    stays = organisation("Tūī Counselling Limited")
    merge_organisations(merged=organisation("Tūī Limited"), into=stays, by=cast.privacy_officer, reason="One body")
    assert Party.objects.filter(organisation=stays, terms__agreement=past.agreement).count() == 2
    # What was merged is no way round: the party of today's body is not put back, or to a third one.
    gone = Organisation.objects.get(name="Tūī Limited")
    with pytest.raises(IntegrityError, match="agreed terms"):
        run("UPDATE agreements_party SET organisation_id = %s WHERE organisation_id = %s", gone.pk, stays.pk)


def test_a_final_assessment_never_changes(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    done = final(agreement, "due_diligence", cast.privacy_officer, cast.chief_executive)
    for statement in (
        "UPDATE agreements_assessment SET conclusion = 'All is well' WHERE id = %s",
        "UPDATE agreements_assessment SET status = 'draft', final_at = NULL, approver_id = NULL WHERE id = %s",
        "UPDATE agreements_assessment SET evidence_page = '' WHERE id = %s",
        "DELETE FROM agreements_assessment WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match="A final assessment never changes: a newer one supersedes it"):
            run(statement, done.pk)
    assert Assessment.objects.get(pk=done.pk).conclusion == "It may go ahead"
    draft = drafted(agreement, "due_diligence", cast.privacy_officer)
    discard_draft(assessment=draft, by=cast.privacy_officer)
    assert list(Assessment.objects.all()) == [done]


def test_the_moves_are_those_of_the_lifecycles() -> None:
    varied = {(source, step.target) for step in VARIATION_STEPS for source in step.sources} | {("in_force", "past")}
    assert {(source, one) for source, targets in agreed_terms.VARIATION.items() for one in targets} == varied
    first = {(source, one) for source, targets in agreed_terms.FIRST.items() for one in targets}
    by_step = {step.terms for step in STEPS if step.terms}
    assert {one for _, one in first} == by_step | {"past"}


def test_the_database_holds_what_the_code_says() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY (%s)", [list(agreed_terms.bodies())])
        stands = dict(cursor.fetchall())
    for name, body in agreed_terms.bodies().items():
        assert body.strip() in stands[name], f"{name} changed: install() again in a migration"
