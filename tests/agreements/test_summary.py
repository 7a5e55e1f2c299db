"""The summary for the public."""

import pytest

from agreements.actions.row import add_row
from agreements.choices import Choice, Reason, Status
from agreements.models import Agreement
from agreements.rows import KINDS
from agreements.summary import public_summary
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def told(agreement: Agreement) -> str:
    return " ".join(str(paragraph) for paragraph in public_summary(Agreement.objects.get(pk=agreement.pk)))


def test_it_says_what_is_not_recorded(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    open_ones = [paragraph.topic for paragraph in public_summary(agreement) if not paragraph.recorded]
    assert open_ones == ["What is shared", "Your choice", "How people are told"]


def test_it_tells_who_shares_what_about_whom_with_whom_and_why(cast: Cast) -> None:
    agreement, by = agreement_at(Status.DRAFT, cast), cast.privacy_officer
    ours, theirs = agreement.terms_now.parties.order_by("pk")
    flow = add_row(agreement=agreement, kind=KINDS["flow"], values={"sender": ours, "receiver": theirs}, by=by)
    for name in ("Name and address", "IRD number"):
        values = {"flow": flow, "name": name, "about_whom": "Parents"}
        add_row(agreement=agreement, kind=KINDS["information"], values=values, by=by)
    answer(agreement, "purpose", by, reason_for_sharing=Reason.JOINED_UP)
    answer(agreement, "people", by, individual_choice=Choice.OPT_OUT, how_people_are_told="By letter")
    text = told(agreement)
    assert (
        "Ministry of Community Wellbeing gives Te Whare Tautoko Trust this information, about parents: "
        "name and address; IRD number." in text
    )
    assert "To help children come to school. It is shared so that people get one joined-up service." in text
    assert "People can say no" in text
    assert "By letter." in text
    assert "privacy@mcw.example.nz" in text


def test_no_personal_information_is_said_first(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", cast.privacy_officer, personal_information="no")
    assert told(agreement).startswith("No information about identifiable people is shared")


def test_the_agencys_own_words_come_first(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "people", cast.privacy_officer, public_summary="We ask schools.\n\nYou may say no.")
    own = public_summary(Agreement.objects.get(pk=agreement.pk))
    assert [paragraph.text for paragraph in own][:2] == ["We ask schools.", "You may say no."]
    assert "privacy@mcw.example.nz" in own[-1].text
