"""Activities by the actions themselves: scheduled by the register, planned by people, done with evidence, kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.set_aside import set_aside
from agreements.actions.status import perform
from agreements.choices import AtEnd
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Exercise
from assurance.actions.activity import cancel_activity, do_activity, move_activity, show_more
from assurance.actions.conformance import reassess_locked
from assurance.models import Activity, ActivityStep, ConformanceEntry, Finding
from people.actions.system import system_user
from people.permissions import NotPermitted
from tests.agreements.actions.test_document import put_in
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import SHOWN, SOON, done, planned, refused
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return signed_outside(cast)


def open_of(agreement: Agreement) -> dict[str, Activity]:
    return {one.kind: one for one in Activity.objects.filter(agreement=agreement).open()}


def test_signing_schedules_them_and_doing_one_schedules_the_next(agreement: Agreement, cast: Cast) -> None:
    stands = open_of(agreement)
    assert {kind: (one.months, one.scheduled) for kind, one in stands.items()} == {
        "confirmation": (12, True),
        "audit": (24, True),
    }
    assert stands["confirmation"].answering == agreement.manager
    facts = ConformanceEntry.objects.get(agreement=agreement).run.facts
    assert {one["kind"] for one in facts["activities"]} == {"confirmation", "audit"}
    reassess_locked(agreements=[agreement.pk], on=TODAY, by=system_user("tick"))
    assert Activity.objects.count() == 2

    told = done(stands["confirmation"], cast.contract_manager)
    assert (told.outcome, told.done_by) == ("satisfactory", cast.contract_manager)
    used = Exercise.objects.get(agreement=agreement)
    assert (used.code, used.on, used.evidence_note) == ("C13", TODAY, SHOWN["evidence_note"])
    again = open_of(agreement)["confirmation"]
    assert again.pk != told.pk
    assert (again.due_on - TODAY).days == 365
    assert not Finding.objects.exists()

    perform(
        agreement=Agreement.objects.get(pk=agreement.pk), step="end", by=cast.privacy_officer, now=NOW, reason="Over",
        disposal=AtEnd.DESTROY, disposal_note="To be destroyed",
    )  # fmt: skip
    assert [(kind, one.due_on) for kind, one in open_of(agreement).items()] == [
        ("certificate", TODAY + timedelta(days=30))
    ]
    gone = Activity.objects.filter(cancelled_on__isnull=False)
    assert {one.cancelled_why for one in gone} == {"The agreement is no longer in use"}


def test_an_outcome_needs_evidence_and_one_that_is_not_satisfactory_opens_a_finding(
    agreement: Agreement, cast: Cast
) -> None:
    audit, by = open_of(agreement)["audit"], cast.auditor
    with pytest.raises(ValidationError, match="An outcome needs evidence"):
        done(audit, by, shown={})
    with pytest.raises(ValidationError, match="choose a severity"):
        done(audit, by, "partly")
    with pytest.raises(NotPermitted):
        done(audit, cast.business_owner)
    values = {"done_on": TODAY + timedelta(days=1), "outcome": "satisfactory", "summary": "Seen"}
    with pytest.raises(ValidationError, match="lies in the future"):
        do_activity(activity=audit, values=values, shown=SHOWN, by=by, now=NOW)
    assert open_of(agreement)["audit"].pk == audit.pk
    letter = put_in(agreement, cast.privacy_officer)
    told = done(audit, by, "unsatisfactory", shown={"evidence": letter}, finding={"severity": "high"})
    finding = Finding.objects.get()
    assert (finding.activity, finding.agreement, finding.origin) == (told, agreement, "activity")
    assert (finding.title, finding.severity) == ("Audit: not satisfactory", "high")

    with pytest.raises(NotNow, match=r"It is the evidence of the use of C14 on .*; the audit of 14.July 2026"):
        set_aside(document=letter, reason="A slip", by=cast.privacy_officer, now=NOW)
    more = show_more(activity=told, shown={"evidence_note": "Photographs, folder 3"}, by=by, now=NOW)
    for row in (told, more):
        refused(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
    with pytest.raises(NotNow, match=r"It was done on 14.July 2026: what was found stands"):
        done(told, by)
    refused("UPDATE assurance_activity SET outcome = 'satisfactory' WHERE id = %s", told.pk)


def test_people_plan_move_and_call_off_each_with_a_reason(agreement: Agreement, cast: Cast) -> None:
    visit = planned(agreement, cast.contract_manager, "site_visit")
    with pytest.raises(ValidationError, match="has passed: choose a day"):
        planned(agreement, cast.contract_manager, due_on=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="Say why"):
        move_activity(activity=visit, due_on=SOON, responsible=cast.auditor.who, why=" ", by=cast.auditor, now=NOW)
    moved = move_activity(
        activity=visit, due_on=SOON + timedelta(days=7), responsible=cast.auditor.who, why="They are shut",
        by=cast.auditor, now=NOW,
    )  # fmt: skip
    last = ActivityStep.objects.latest("pk")
    assert (last.due_before, last.due_on, last.why) == (SOON, moved.due_on, "They are shut")
    with pytest.raises(NotNow, match="A cycle asks for it"):
        cancel_activity(activity=open_of(agreement)["audit"], why="Not now", by=cast.auditor, now=NOW)
    outsider = Cast("DOE", "Department of Elsewhere")
    with pytest.raises(NotYours):
        cancel_activity(activity=moved, why="Not now", by=outsider.auditor, now=NOW)
    gone = cancel_activity(activity=moved, why="The audit saw it", by=cast.auditor, now=NOW)
    assert gone.cancelled_why == "The audit saw it"
    assert "site_visit" not in open_of(agreement)
