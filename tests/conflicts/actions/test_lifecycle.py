"""Every status is reached by real actions, and what is not allowed is refused with a sentence, by the database too."""

from itertools import pairwise, product

import pytest
from django.db import IntegrityError, connection, transaction

from conflicts.actions.decision import Verdict, decide
from conflicts.actions.declaration import declare_interest, say, submit_declaration
from conflicts.actions.plan import approve_plan, draft_plan
from conflicts.actions.step import perform
from conflicts.choices import DeclarationStatus, Occasion, Outcome, Said, Standing
from conflicts.errors import NotNow, NotReady, NotYours
from conflicts.lifecycle import STEPS
from conflicts.models import Decision, Declaration, DeclarationStep, Interest
from records.acting import acting
from records.errors import Refused
from tests.cast import NOW
from tests.declaring import PATH, PLAN, Team, declaration_at, draft_of, nil_of, take, verdicts_on, with_interest

pytestmark = pytest.mark.django_db
D = DeclarationStatus


@pytest.mark.parametrize("status", list(PATH))
def test_every_status_is_reached_by_steps_that_stand_as_rows(team: Team, status: DeclarationStatus) -> None:
    declaration = declaration_at(status, team)
    rows = list(declaration.steps.order_by("pk"))
    assert declaration.status == status
    assert [row.target for row in rows][-1] == status
    assert all(before.target == after.source for before, after in pairwise(rows))


def test_a_nil_return_of_staff_is_noted_without_a_decision(team: Team) -> None:
    declaration = nil_of(team.staff)
    assert declaration.status == D.CLOSED
    assert [row.said for row in declaration.steps.order_by("pk")][-1] == "Noted: nothing to declare"
    assert not declaration.decisions.exists()


def test_a_nil_return_of_a_senior_leader_is_decided_by_the_head(team: Team) -> None:
    head = team.cast.chief_executive
    person = team.staff.who
    person.senior = True
    with acting(by=team.cast.administrator), transaction.atomic():
        person.save()
    declaration = nil_of(team.staff)
    assert (declaration.status, declaration.decider, declaration.route) == (D.SUBMITTED, head.who, "senior")
    decide(declaration=declaration, verdicts=[Verdict(Outcome.NONE, "Nothing touches the role")], by=head, now=NOW)
    assert declaration.decisions.get().reasons == "Nothing touches the role"


def test_nothing_is_submitted_that_says_nothing(team: Team) -> None:
    draft = draft_of(team.staff)
    with pytest.raises(NotReady, match="Say what there is to declare"):
        submit_declaration(declaration=draft, by=team.staff, now=NOW)
    say(declaration=draft, said=Said.INTERESTS, by=team.staff)
    with pytest.raises(NotReady, match="Add the interest you have"):
        submit_declaration(declaration=draft, by=team.staff, now=NOW)


def test_the_next_declaration_asks_what_was_declared_before(team: Team) -> None:
    declaration_at(D.CLOSED, team)
    again = draft_of(team.staff, occasion=Occasion.CHANGE)
    asked = again.declared.get()
    assert (asked.named_as, asked.standing) == ("Te Whare Tautoko", Standing.ASKED)
    with pytest.raises(NotReady, match="Say whether “Te Whare Tautoko” is still the same"):
        submit_declaration(declaration=again, by=team.staff, now=NOW)
    declare_interest(declaration=again, declared=asked, values={"standing": Standing.ENDED}, by=team.staff)
    say(declaration=again, said=Said.NIL, by=team.staff)
    submit_declaration(declaration=again, by=team.staff, now=NOW)
    interest = Interest.objects.get()
    assert interest.ended
    assert interest.declared.count() == 2


def test_a_delegate_fills_it_in_but_does_not_submit(team: Team) -> None:
    draft = draft_of(team.staff, filled_in_by=team.second.who)
    with_interest(draft, team.second)
    with pytest.raises(NotYours, match="Only the declarant"):
        submit_declaration(declaration=draft, by=team.second, now=NOW)


def test_nobody_decides_on_their_own(team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    verdicts = verdicts_on(declaration, Outcome.NONE)
    with pytest.raises(NotYours, match="Nobody decides on their own"):
        decide(declaration=declaration, verdicts=verdicts, by=team.staff, now=NOW)
    with pytest.raises(IntegrityError, match="Nobody decides"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO conflicts_decision (declaration_id, outcome, type, outsider, reasons, by_id, at, "on",'
            " decided_by, document) VALUES (%s, 'none', '', '', 'x', %s, now(), now(), '', '')",
            [declaration.pk, team.staff.pk],
        )


def test_a_plan_is_not_approved_by_whoever_wrote_part_of_it(team: Team) -> None:
    declaration = declaration_at(D.PLAN_DRAFTED, team)
    draft_plan(declaration=declaration, values=PLAN, steps=[], by=team.cast.integrity_champion, now=NOW)
    for writer in (team.manager, team.cast.integrity_champion):
        with pytest.raises(NotYours, match="You wrote part"):
            approve_plan(declaration=declaration, by=writer, now=NOW)


def test_every_interest_is_decided_about(team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    with pytest.raises(NotNow, match="Decide about each interest"):
        decide(declaration=declaration, verdicts=[Verdict(Outcome.NONE, "All good")], by=team.manager, now=NOW)
    assert not Decision.objects.exists()


def test_opened_again_it_is_a_draft_and_what_was_decided_stays_on_record(team: Team) -> None:
    declaration = declaration_at(D.MONITORING, team)
    perform(declaration=declaration, step="reopen", by=team.staff, now=NOW, reason="My sister has left")
    declaration.refresh_from_db()
    assert declaration.status == D.DRAFT
    assert declaration.plans.get().ended_on is not None
    assert declaration.decisions.count() == 1


@pytest.mark.parametrize("status", [D.DRAFT, D.SUBMITTED, D.MONITORING, D.CLOSED, D.WITHDRAWN])
def test_a_step_is_refused_from_any_status_that_does_not_lead_to_it(team: Team, status: DeclarationStatus) -> None:
    declaration = declaration_at(status, team)
    for step, by in product(STEPS, (team.staff, team.manager, team.second)):
        if status not in step.sources:
            with pytest.raises(Refused):
                perform(declaration=declaration, step=step.name, by=by, now=NOW, reason="Why not")
    assert Declaration.objects.get(pk=declaration.pk).status == status


STATEMENTS = (
    "UPDATE conflicts_declaration SET said = 'nil'",
    "DELETE FROM conflicts_declaration",
    "UPDATE conflicts_declaredinterest SET named_as = 'Somebody else'",
    "DELETE FROM conflicts_declaredinterest",
    "UPDATE conflicts_decision SET outcome = 'none', type = ''",
    "DELETE FROM conflicts_decision",
    "UPDATE conflicts_declarationstep SET why = ''",
    "UPDATE conflicts_managementplan SET risk = 'None'",
    "DELETE FROM conflicts_managementplan",
    "UPDATE conflicts_planstep SET what = 'Nothing'",
    "UPDATE conflicts_managementplan SET approved_on = '2020-01-01'",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_keeps_what_was_declared_decided_and_approved(team: Team, statement: str) -> None:
    declaration_at(D.MONITORING, team)
    refused = pytest.raises(IntegrityError, match=r"stands|row of record")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_declarations_of_one_person_stand_beside_each_other(team: Team) -> None:
    take(draft := draft_of(team.staff), "withdraw", team)
    declaration_at(D.SUBMITTED, team)
    assert DeclarationStep.objects.filter(declaration=draft).count() == 2
    assert Declaration.objects.filter(person=team.staff.who).count() == 2
