"""Assessments: drafts become final, final ones never change, and a delegate accepts a risk that others assessed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.assessment import (
    assessment_values,
    change_assessment,
    discard_draft,
    make_final,
    start_assessment,
)
from agreements.assessment_kinds import BY_NAME
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotNow, NotReady, NotYours, Stale
from agreements.models import Agreement, Assessment
from people.models import Delegation, Power, User
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at
from tests.assessed import drafted, final, whole
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def delegate(cast: Cast, ends_on: date | None, starts_on: date = date(2026, 1, 1)) -> User:
    """An approver who holds the power to accept risk until that day."""
    with acting(by=cast.chief_executive):
        Delegation(
            agency=cast.agency, giver=cast.chief_executive.person, holder=cast.approver.person,
            power=Power.ACCEPT_RISK, starts_on=starts_on, ends_on=ends_on, document="Instrument 7",
        ).save()  # fmt: skip
    return cast.approver


def accept(assessment: Assessment, by: User, reason: str = "") -> Assessment:
    return make_final(assessment=assessment, by=by, now=NOW, on=TODAY, reason=reason)


@pytest.mark.parametrize("kind", [kind for kind in BY_NAME if not BY_NAME[kind].accepted])
def test_each_kind_is_written_and_made_final(agreement: Agreement, cast: Cast, kind: str) -> None:
    made = accept(drafted(agreement, kind, cast.privacy_officer), cast.privacy_officer)
    assert (made.is_final, made.approver, made.final_at) == (True, cast.privacy_officer, NOW)


def test_a_draft_says_what_is_missing(agreement: Agreement, cast: Cast) -> None:
    draft = start_assessment(agreement=agreement, kind="risk", values={}, by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotReady) as refused:
        accept(draft, cast.chief_executive)
    assert refused.value.reasons == [
        "Answer “How mature is the third party with personal information?”",
        "Answer “How sensitive is the information, and what harm could misuse do?”",
        "Answer “What is done to bring the risk down?”",
        "Say what came of it",
        "Enter the day it was done",
        "Rate the risk before and after what is done about it",
        "Say whether a legally binding agreement is needed, and why",
    ]


def test_unknown_is_no_answer_and_tomorrow_no_day(agreement: Agreement, cast: Cast) -> None:
    said = whole("pta") | {"done_on": TODAY + timedelta(days=1)}
    said["answers"]["pia_needed"] = "unknown"
    draft = start_assessment(agreement=agreement, kind="pta", values=said, by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotReady) as refused:
        accept(draft, cast.privacy_officer)
    assert refused.value.reasons == [
        "Answer “Is a full privacy impact assessment needed?”",
        "The day it was done lies in the future",
    ]


@pytest.mark.parametrize("ends_on", [None, TODAY, TODAY + timedelta(days=1)])
def test_a_delegate_accepts_a_risk(agreement: Agreement, cast: Cast, ends_on: date | None) -> None:
    made = accept(drafted(agreement, "risk", cast.privacy_officer), delegate(cast, ends_on), " For a  year ")
    assert (made.approver, made.final_why) == (cast.approver, "For a year")


def test_a_delegation_that_ended_yesterday_accepts_nothing(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "risk", cast.privacy_officer)
    with pytest.raises(NotPermitted, match=r"^Your delegation to accept risk ended on 13.July 2026$"):
        accept(draft, delegate(cast, TODAY - timedelta(days=1)))
    draft.refresh_from_db()
    assert not draft.is_final


def test_one_that_begins_tomorrow_neither(agreement: Agreement, cast: Cast) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(NotPermitted, match=r"begins on 15.July 2026"):
        accept(drafted(agreement, "risk", cast.privacy_officer), delegate(cast, None, tomorrow))


def test_without_a_delegation_only_the_head_accepts(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "risk", cast.privacy_officer)
    for user in (cast.privacy_officer, cast.approver):
        with pytest.raises(NotPermitted, match="needs a delegation to accept risk, or the role of chief executive"):
            accept(draft, user)
    with pytest.raises(NotYours):
        accept(draft, Cast("OTH", "Other Ministry").chief_executive)
    assert accept(draft, cast.chief_executive).is_final


def test_whoever_wrote_a_word_of_it_does_not_accept_it(agreement: Agreement, cast: Cast) -> None:
    both = cast.user(Role.PRIVACY_OFFICER, "Both")
    with acting(by=cast.chief_executive):
        Delegation(
            agency=cast.agency, giver=cast.chief_executive.person, holder=both.person, power=Power.ACCEPT_RISK,
            starts_on=date(2026, 1, 1), document="Instrument 7",
        ).save()  # fmt: skip
    draft = drafted(agreement, "risk", cast.privacy_officer)
    seen = digest(assessment_values(Assessment.objects.get()))
    change_assessment(assessment=draft, values={"conclusion": "Mine"}, seen=seen, by=both)
    again = digest(assessment_values(Assessment.objects.get()))
    change_assessment(assessment=draft, values={"residual": "low"}, seen=again, by=cast.privacy_officer)
    with pytest.raises(NotYours, match="You wrote part of this assessment"):
        accept(draft, both)


def test_what_is_final_never_changes(agreement: Agreement, cast: Cast) -> None:
    made = final(agreement, "risk", cast.privacy_officer, cast.chief_executive)
    seen = digest(assessment_values(made))
    with pytest.raises(NotNow, match="It is final: it never changes"):
        change_assessment(assessment=made, values={"residual": "low"}, seen=seen, by=cast.privacy_officer)
    with pytest.raises(NotNow, match="never changes"):
        discard_draft(assessment=made, by=cast.privacy_officer)
    with pytest.raises(NotNow, match="final already"):
        accept(made, cast.chief_executive)


def test_one_draft_of_a_kind_and_it_can_be_discarded(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "pia", cast.privacy_officer)
    with pytest.raises(ValidationError, match="There is a draft of this kind already"):
        drafted(agreement, "pia", cast.privacy_officer)
    discard_draft(assessment=draft, by=cast.privacy_officer)
    assert drafted(agreement, "pia", cast.privacy_officer).pk != draft.pk


def test_two_at_once_see_each_other(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "pia", cast.privacy_officer)
    seen = digest(assessment_values(Assessment.objects.get(pk=draft.pk)))
    change_assessment(assessment=draft, values={"conclusion": "First"}, seen=seen, by=cast.privacy_officer)
    with pytest.raises(Stale):
        change_assessment(assessment=draft, values={"conclusion": "Second"}, seen=seen, by=cast.privacy_officer)


def test_evidence_is_a_document_of_this_agreement(agreement: Agreement, cast: Cast) -> None:
    by = cast.privacy_officer
    other = put_in(agreement_at(Status.DRAFT, cast, title="Another"), by)
    with pytest.raises(ValidationError, match="Choose a document of this agreement"):
        drafted(agreement, "pia", by, evidence=other)
    with pytest.raises(ValidationError, match="A page or a date needs the document"):
        drafted(agreement, "pia", by, evidence_page="3")
    own = put_in(agreement, by, PDF + b"2")
    made = drafted(agreement, "pia", by, evidence=own, evidence_page="3", evidence_on=TODAY)
    assert (made.evidence, made.evidence_page, made.evidence_on) == (own, "3", TODAY)


def test_who_may_write(agreement: Agreement, cast: Cast) -> None:
    for user in (cast.auditor, cast.contract_manager, Cast("OTH", "Other Ministry").privacy_officer):
        with pytest.raises((NotYours, NotPermitted)):
            drafted(agreement, "pia", user)
    assert not Assessment.objects.exists()
