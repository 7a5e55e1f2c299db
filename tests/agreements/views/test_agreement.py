"""The agreement's page and the doors by which one comes in."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agreements.actions.row import add_row, row_values
from agreements.actions.status import perform
from agreements.choices import PartyRole, Status
from agreements.digest import digest
from agreements.models import Agreement, Party
from agreements.rows import KINDS
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer, make_signable, organisation
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_a_draft_is_made_and_its_page_shows_what_is_left(officer: Client) -> None:
    answer = officer.post(
        "/agreements/new/", {"title": "Kaumātua check-ins", "kind": "deed", "purpose": "To visit <b>older</b> people."}
    )
    made = Agreement.objects.get()
    assert answer.headers["Location"] == f"/agreements/{made.reference}/sections/scope/"
    page = officer.get(made.get_absolute_url()).content.decode()
    assert "Kaumātua check-ins" in page
    assert "To visit &lt;b&gt;older&lt;/b&gt; people." in page
    assert "What is left" in page


def test_an_existing_arrangement_is_recorded_as_it_stands(officer: Client) -> None:
    officer.post(
        "/agreements/record/",
        {"title": "Old feed", "kind": "letter", "status": "ended", "ended_on": "30 June 2014", "signed_on": "1/7/2009"},
    )
    made = Agreement.objects.get()
    assert (made.status, made.origin, made.terms_now.signed_on) == ("ended", "existing", date(2009, 7, 1))
    assert "What is not recorded yet" in officer.get(made.get_absolute_url()).content.decode()


def test_an_ended_arrangement_says_when(officer: Client) -> None:
    answer = officer.post("/agreements/record/", {"title": "Old feed", "kind": "letter", "status": "ended"})
    assert "Enter the day it ended" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_a_duplicate_is_a_draft_without_dates(officer: Client, cast: Cast) -> None:
    source = agreement_at(Status.SIGNED, cast)
    officer.post(f"/agreements/{source.reference}/duplicate/", {"title": "Next year's"})
    copy = Agreement.objects.get(title="Next year's")
    assert (copy.status, copy.terms_now.starts_on, copy.copied_from) == (Status.DRAFT, None, source)
    names = [party.organisation.name for party in copy.terms_now.parties.order_by("id")]
    assert names == ["Ministry of Community Wellbeing", "Te Whare Tautoko Trust"]


def test_a_party_put_under_a_later_one_is_duplicated_too(officer: Client, cast: Cast) -> None:
    source = agreement_at(Status.DRAFT, cast, parties=("Te Whare Tautoko Trust", "Northpoint Analytics (NZ) Limited"))
    _, above, under = Party.objects.filter(terms=source.terms_now).order_by("id")
    data = {"organisation": above.organisation.name, "role": "receives", "acts_as": "unknown", "parent": under.pk}
    seen = digest(row_values(KINDS["party"], above))
    officer.post(f"/agreements/{source.reference}/rows/party/{above.pk}/", data | {"seen": seen})
    officer.post(f"/agreements/{source.reference}/duplicate/", {"title": "Copy"})
    copy = Party.objects.get(terms__agreement__title="Copy", organisation=above.organisation)
    assert copy.parent is not None
    assert copy.parent.organisation == under.organisation


@pytest.mark.parametrize("parties", [1, 50])
def test_the_page_asks_the_same_few_queries_however_much_it_shows(
    officer: Client, cast: Cast, parties: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = tuple(f"Provider {number}" for number in range(parties))
    agreement = agreement_at(Status.SIGNED, cast, parties=names)
    officer.get("/people/me/")  # the first request of a session notes its time, in three statements more
    with django_assert_max_num_queries(14):
        page = officer.get(agreement.get_absolute_url()).content.decode()
    assert names[-1] in page


def test_another_agency_does_not_find_it(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    client = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert client.get(agreement.get_absolute_url()).status_code == 404


def test_a_party_reads_the_signed_face_and_nothing_else(cast: Cast, sign_in: SignIn) -> None:
    other = Cast("OTH", "Other Ministry")
    organisation("Other Ministry", agency=other.agency)
    draft = agreement_at(Status.DRAFT, cast, title="Not yet", parties=("Other Ministry",))
    signed = agreement_at(Status.DRAFT, cast, title="Shared service", parties=("Other Ministry",))
    make_signable(signed, cast.privacy_officer)
    private = {"code": "C14", "answer": "absent", "why_absent": "They would not have it"}
    add_row(agreement=signed, kind=KINDS["provision"], values=private, by=cast.privacy_officer)
    answer(signed, "people", cast.privacy_officer, necessity="Between ourselves", how_people_are_told="A poster")
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver), ("sign", cast.privacy_officer)):
        perform(agreement=signed, step=step, by=who, now=NOW)
    client = sign_in(other.privacy_officer)
    assert client.get(draft.get_absolute_url()).status_code == 404
    face = client.get(signed.get_absolute_url()).content.decode()
    assert "you can read its signed face" in face
    assert "A poster" in face
    for kept_inside in ("Who owns it", "They would not have it", "Between ourselves", "Next review"):
        assert kept_inside not in face
    assert client.get(f"/agreements/{signed.reference}/history/").status_code == 404
    assert client.get(f"/agreements/{signed.reference}/sections/ownership/").status_code == 404


@pytest.mark.parametrize("role", ["staff_member", "administrator"])
def test_roles_that_read_no_content_are_refused(cast: Cast, sign_in: SignIn, role: str) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    client = sign_in(getattr(cast, role))
    assert client.get(agreement.get_absolute_url()).status_code == 403
    assert client.get("/agreements/new/").status_code == 403


def test_a_subcontractor_needs_a_parent(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    organisation("Northpoint Analytics (NZ) Limited")
    answer = officer.post(
        f"/agreements/{agreement.reference}/rows/party/add/",
        {"organisation": "Northpoint Analytics (NZ) Limited", "role": PartyRole.SUBCONTRACTOR, "acts_as": "unknown"},
    )
    assert "Say whose subcontractor it is" in answer.content.decode()
