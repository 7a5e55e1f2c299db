"""The story of the demonstration, told once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.actions.reference_data import load_reference_data
from agreements.choices import Kind, Status
from agreements.models import Agreement, Contract, Exercise, Organisation, Oversight, Responsibility, Review
from agreements.pages.comment import asked_of
from assurance.aisa.policies import shared_years
from assurance.figures.base import PARTS, figures
from assurance.models import Finding, PolicyFile, RiskAcceptance, Statement
from config.demo.tell import tell_story
from config.demo_sign_ins import DEMO_PASSWORD, demo_sign_ins
from conflicts.choices import How
from conflicts.models import Match
from people.actions.system import system_user
from people.models import Agency, Handover, Person, User
from people.roles import Role
from records.models import Backfill
from tests.assurance.figures.recounted import different

pytestmark = pytest.mark.django_db


def test_the_story() -> None:
    """Told once, since it takes half a minute: every state and kind, dates before today, invented and marked so."""
    load_reference_data(by=system_user("reference"))
    count = tell_story(by=system_user("demo"), now=timezone.now())
    today = timezone.localdate()
    ours = Agreement.objects.filter(agency__code="MCW")
    assert count == Agreement.objects.count()
    assert ours.exclude(kind=Kind.AISA).count() >= 25
    assert set(ours.values_list("status", flat=True)) == set(Status.values)
    assert set(ours.values_list("kind", flat=True)) == set(Kind.values)
    assert ours.filter(origin="imported").count() == 5
    assert set(ours.values_list("current_terms__state", flat=True)) >= {"draft", "approved", "recording", "recorded"}
    assert ours.past_end(today).exists()
    assert ours.not_yet_in_force(today).exists()
    assert ours.in_force(today).filter(current_terms__ends_on__lte=today + timedelta(days=90)).count() >= 2
    assert ours.filter(review_due_on__lt=today).count() >= 3
    assert ours.filter(terms__state="in_review", terms__number=2, status="signed").exists()
    assert ours.filter(terms__variation_kind="renewal", status="suspended").exists()
    assert ours.filter(status_changes__step="close_out", status_changes__disposal="unknown").exists()
    assert Agreement.objects.filter(agency__code="ORE", status_changes__checked_for__startswith="Ministry").exists()
    _aisas_have_their_orders()
    _contracts_are_looked_after()
    _an_audit_is_half_put_right()
    _a_party_reads_the_signed_face()
    _one_new_agreement_meets_the_standard()
    _history_lies_in_the_past_and_is_declared()
    _people_can_sign_in()
    _every_figure_is_what_history_says()
    assert not Organisation.objects.filter(agreement_parties_invented()).exclude(demo=True).exists()
    assert Match.objects.filter(how=How.NZBN).exists()
    assert PolicyFile.objects.filter(policy__title__contains="information sharing").exists()
    assert (
        shared_years().filter(agreement__in=Agreement.objects.signed_faces_for(Agency.objects.get(code="THR"))).exists()
    )
    assert Handover.objects.filter(leaver__name="Helen McAlister", done_on=None).count() >= 3
    with pytest.raises(CommandError, match="has agencies"):
        call_command("demo")


def agreement_parties_invented() -> object:
    """Organisations that take part in an invented arrangement."""
    from django.db.models import Q

    return Q(parties__terms__agreement__in=Agreement.objects.exclude(kind=Kind.AISA))


def _aisas_have_their_orders() -> None:
    """Each has what Schedule 2 publishes; the invented one has an amendment that waits for its Order."""
    aisas = Agreement.objects.filter(kind=Kind.AISA)
    assert not aisas.filter(approval=None).exists()
    told = aisas.get(title__endswith="(invented AISA)")
    assert "DEMO" in told.approval.order
    assert told.approval.address.startswith("https://www.mcw.example.nz/")
    varied = told.terms.get(number=2)
    assert (varied.state, hasattr(varied, "amendment")) == ("approved", False)


def _contracts_are_looked_after() -> None:
    assert Contract.objects.count() == 8
    assert Handover.objects.filter(kind="contract manager", done_on=None).count() == 2
    assert set(Oversight.objects.values_list("kind", flat=True)) >= {"meeting", "report", "access", "incident", "visit"}
    assert Review.objects.count() == 2
    assert Exercise.objects.count() == 7  # three recorded by hand, four by activities that were done
    assert asked_of(Person.objects.get(name="Sina Faleolo")).count() == 1


def _an_audit_is_half_put_right() -> None:
    put_right, late = Finding.objects.get(title__startswith="Letters stay readable").actions.order_by("pk")
    assert put_right.verified_by not in {None, put_right.done_by}
    assert late.done_on is None
    assert late.due_on < timezone.localdate()
    assert RiskAcceptance.objects.get().until_on > timezone.localdate()


def _one_new_agreement_meets_the_standard() -> None:
    """The state that every other one is compared with: in scope, signed under the Standard, and nothing left."""
    entry = Agreement.objects.get(title="Rides to clinic visits").conformance
    assert (entry.in_scope, entry.cohort) == ("yes", "new")
    assert [one for one in (*entry.not_met, *entry.unknown) if one.startswith(("ISS", "F"))] == []


def _a_party_reads_the_signed_face() -> None:
    other = Agency.objects.get(code="THR")
    assert {row.title for row in Agreement.objects.signed_faces_for(other)} >= {"Shared service counters"}
    assert {row.title for row in Agreement.objects.signed_faces_for(Agency.objects.get(code="MCW"))} == {
        "Volunteer checks"
    }


def _history_lies_in_the_past_and_is_declared() -> None:
    rows = Agreement.history.all()
    declared = Backfill.objects.get()
    assert set(rows.values_list("backfill_id", flat=True)) == {declared.pk}
    assert rows.earliest("history_date").history_date < timezone.now() - timedelta(days=500)
    assert rows.exclude(history_user=declared.by).values("history_user").distinct().count() >= 4


def _people_can_sign_in() -> None:
    shown = demo_sign_ins()
    assert [row.role for row in shown] == [role.label for role in Role]
    assert all(User.objects.get(email=row.email).check_password(DEMO_PASSWORD) for row in shown)
    duties = Responsibility.objects.filter(
        terms__number=1, terms__agreement__title__startswith="Whānau wellbeing navigation"
    )
    assert duties.filter(duty="complaints").count() == 2
    assert not duties.filter(duty="breach_lead").exists()


def _every_figure_is_what_history_says() -> None:
    """Counted again from the history tables, at the ends of both years, when much was under way, and today."""
    agency, today = Agency.objects.get(code="MCW"), timezone.localdate()
    days = [*Statement.objects.order_by("day").values_list("day", flat=True), today - timedelta(days=5), today]
    for day in days:
        found = figures(agency, day)
        assert different(agency, day, found) == {}, day
    assert {one.part for one in found} >= PARTS.keys() - {1}
    empty = {one.key for one in found if one.words in {"0", "None to count"}}
    assert {one.key for one in found} - empty >= {"exceptions.in_force", "findings.open", "breaches.notifiable"}
