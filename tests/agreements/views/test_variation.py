"""The pages of a variation: reused to edit, closed to strangers, shut once signed; difference, past terms, PDF."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.actions.row import add_row
from agreements.choices import Status, TermsState
from agreements.exports import csv_lines
from agreements.models import Agreement, Flow, Terms
from agreements.pdf.sheet import sheet
from agreements.rows import KINDS
from agreements.tick import variations_into_force
from records.models import IssuedFile
from records.words import nz_date
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, organisation, variation_at
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
PURPOSE = "To help children come to school."


@pytest.fixture
def signed(cast: Cast) -> Agreement:
    return agreement_at(Status.SIGNED, cast)


def at(agreement: Agreement, place: str = "") -> str:
    return f"/agreements/{agreement.reference}/variations/2/{place}"


def seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_from_start_to_in_force_through_the_pages(
    officer: Client, cast: Cast, sign_in: SignIn, signed: Agreement
) -> None:
    place = f"/agreements/{signed.reference}/variations/new/"
    assert officer.post(place, {"kind": "change", "why": "The service grows"})["Location"] == at(signed)
    section = officer.get(at(signed, "sections/purpose/")).content.decode()
    assert "Variation 2, draft" in section
    assert 'name="title"' not in section
    answers = {"purpose": "To help whānau.", "reason_for_sharing": "joined_up", "seen": seen(section), "later": "1"}
    assert officer.post(at(signed, "sections/purpose/"), answers)["Location"] == at(signed)
    page = officer.get(at(signed)).content.decode()
    assert f"<del>{PURPOSE}</del>" in page
    assert "<ins>To help whānau.</ins>" in page
    agreement = officer.get(signed.get_absolute_url()).content.decode()
    assert "Variation 2 is under way</a>" in agreement
    assert "Next move by its author" in agreement
    assert PURPOSE in agreement
    assert "To help whānau." not in agreement
    officer.post(at(signed, "steps/vary_submit/"))
    approver = sign_in(cast.approver)
    asked = approver.get(at(signed, "steps/vary_approve/")).content.decode()
    assert f"<del>{PURPOSE}</del>" in asked
    approver.post(at(signed, "steps/vary_approve/"), {"reason": "Reads well"})
    officer.post(at(signed, "steps/vary_sign/"), {"on": "1 July 2026", "in_force_from": "1 July 2026"})
    now = officer.get(signed.get_absolute_url()).content.decode()
    assert "To help whānau." in now
    assert "Variation 2 in force by" in now
    past = officer.get(f"/agreements/{signed.reference}/terms/1/").content.decode()
    assert PURPOSE in past
    assert "These terms are past" in past


def test_rows_are_edited_by_the_same_pages(officer: Client, cast: Cast, signed: Agreement) -> None:
    varied = variation_at(TermsState.DRAFT, cast, signed)
    first, second = varied.terms_now.parties.order_by("pk")
    data = {"sender": first.pk, "receiver": second.pk, "control": "api", "frequency": "daily"}
    assert officer.post(at(signed, "rows/flow/add/"), data)["Location"] == at(signed, "sections/information/")
    assert Flow.objects.get().terms == varied.terms_now
    page = officer.post(at(signed, f"rows/party/{second.pk}/remove/")).content.decode()
    assert "A flow names" in page
    listed = officer.get(at(signed, "sections/parties/")).content.decode()
    assert at(signed, f"rows/party/{second.pk}/") in listed
    old = signed.terms_now.parties.order_by("pk").first()
    assert old is not None
    assert officer.post(at(signed, f"rows/party/{old.pk}/remove/")).status_code == 404
    assert officer.get(at(signed, "rows/access_holder/add/")).status_code == 404
    assert officer.get(at(signed, "sections/ownership/")).status_code == 404
    for name in ("provisions", "responsibilities", "dates"):
        assert "Variation 2, draft" in officer.get(at(signed, f"sections/{name}/")).content.decode()


def test_another_agency_and_another_number_find_nothing(
    officer: Client, cast: Cast, sign_in: SignIn, signed: Agreement
) -> None:
    variation_at(TermsState.DRAFT, cast, signed)
    stranger = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    for place in ("", "sections/purpose/", "steps/vary_submit/", "rows/party/add/"):
        assert stranger.get(at(signed, place)).status_code == 404
        assert stranger.post(at(signed, place)).status_code == (404 if place else 405)
    for place in ("variations/1/", "variations/3/", "terms/3/", "variations/2/steps/vary_in_force/"):
        assert officer.get(f"/agreements/{signed.reference}/{place}").status_code == 404
    small = officer.get(at(signed).replace("MCW", "mCw")).content.decode()
    assert "Variation 2" in small


@pytest.mark.parametrize("state", [TermsState.IN_REVIEW, TermsState.SIGNED, TermsState.IN_FORCE])
def test_what_is_not_a_draft_cannot_be_edited_by_posting(
    officer: Client, cast: Cast, signed: Agreement, state: TermsState
) -> None:
    varied = variation_at(state, cast, signed)
    section = officer.get(at(signed, "sections/purpose/")).content.decode()
    assert "it cannot be edited" in section
    answers = {"purpose": "Quietly changed", "reason_for_sharing": "joined_up", "seen": seen(section)}
    assert "it cannot be edited" in officer.post(at(signed, "sections/purpose/"), answers).content.decode()
    flow = {"organisation": organisation("New").name, "role": "other"}
    officer.post(at(signed, "rows/party/add/"), flow)
    party = varied.terms_now.parties.order_by("pk").last()
    assert party is not None
    officer.post(at(signed, f"rows/party/{party.pk}/remove/"))
    officer.post(at(signed, "sections/responsibilities/"), {"held": f"lead:{party.pk}", "seen": "0"})
    old = f"/agreements/{signed.reference}/sections/purpose/"
    stood = officer.get(old).content.decode()
    officer.post(old, answers | {"title": "Quietly changed", "kind": "deed", "seen": seen(stood)})
    assert not Terms.objects.filter(agreement=signed, purpose="Quietly changed").exists()
    assert not Agreement.objects.filter(title="Quietly changed").exists()
    assert varied.terms_now.parties.count() == 2
    assert not varied.terms_now.responsibilities.exists()


def test_search_list_export_and_pdf_show_the_terms_in_force_until_the_switch(
    officer: Client, cast: Cast, signed: Agreement
) -> None:
    varied = variation_at(TermsState.DRAFT, cast, signed)
    body = {"organisation": organisation("Pūkeko Housing"), "role": "receives"}
    add_row(agreement=varied, kind=KINDS["party"], values=body, by=cast.privacy_officer)
    assert "Pūkeko" not in officer.get("/agreements/").content.decode()
    assert "Pūkeko" not in "".join(csv_lines([signed.pk], TODAY))
    stands = sheet(Agreement.objects.get(pk=signed.pk), TODAY)
    assert PURPOSE in str(stands.blocks)
    assert "Pūkeko" not in str(stands.blocks)
    officer.post(at(signed, "steps/vary_submit/"))
    approver = Client()
    approver.force_login(cast.approver)
    approver.post(at(signed, "steps/vary_approve/"))
    officer.post(at(signed, "steps/vary_sign/"), {"on": "1 July 2026", "in_force_from": "1 July 2031"})
    page = officer.get(signed.get_absolute_url()).content.decode()
    assert f"In force by itself from {nz_date(date(2031, 7, 1))}" in page
    variations_into_force(TODAY.replace(year=2031, month=7, day=1))
    assert "Pūkeko" in officer.get("/agreements/").content.decode()
    assert "Pūkeko" in str(sheet(Agreement.objects.get(pk=signed.pk), TODAY).blocks)


def test_past_terms_have_a_pdf_of_their_own(officer: Client, cast: Cast, signed: Agreement) -> None:
    variation_at(TermsState.IN_FORCE, cast, signed)
    answer = officer.post(f"/agreements/{signed.reference}/terms/1/pdf/")
    assert answer["Content-Disposition"].endswith('summary-of-terms-1.pdf"')
    assert IssuedFile.objects.get().kind == "summary of terms 1"
    past = Terms.objects.get(agreement=signed, number=1)
    made = sheet(Agreement.objects.get(pk=signed.pk).with_terms(past), TODAY)
    assert (made.watermark, PURPOSE in str(made.blocks)) == ("PAST TERMS", True)
    versions = officer.get(f"/agreements/{signed.reference}/terms/").content.decode()
    assert "The terms that stand" in versions
    assert "What variation 2 changes" in versions


def test_a_renewal_in_one_form(officer: Client, signed: Agreement) -> None:
    place = f"/agreements/{signed.reference}/variations/new/"
    refused = officer.post(place, {"kind": "renewal", "why": "It works", "ends_on": "1 July 2026"}).content.decode()
    assert "a renewal ends later" in refused
    officer.post(place, {"kind": "renewal", "why": "It works", "ends_on": "1 July 2032"})
    page = officer.get(at(signed)).content.decode()
    assert f"<ins>{nz_date(date(2032, 7, 1))}</ins>" in page
    assert "Renewal 2" in page
    again = officer.post(place, {"kind": "change", "why": "And more"}).content.decode()
    assert "Variation 2 is under way" in again


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_asks_the_same_few_queries(officer: Client, cast: Cast, signed: Agreement, many: int) -> None:
    varied = variation_at(TermsState.DRAFT, cast, signed)
    for number in range(many):
        body = {"organisation": organisation(f"Body {number}"), "role": "receives"}
        add_row(agreement=varied, kind=KINDS["party"], values=body, by=cast.privacy_officer)
    officer.get(at(signed))
    for place in (at(signed), signed.get_absolute_url(), f"/agreements/{signed.reference}/terms/2/"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get(place)
        assert len(asked) <= 15, (place, len(asked), [query["sql"][:120] for query in asked])


def test_look_again_and_a_wrong_day(officer: Client, cast: Cast, signed: Agreement) -> None:
    variation_at(TermsState.APPROVED, cast, signed)
    later = (TODAY + timedelta(days=10_000)).strftime("%d/%m/%Y")
    page = officer.post(at(signed, "steps/vary_sign/"), {"on": later}).content.decode()
    assert "This day lies in the future" in page
    assert officer.post(at(signed, "look-again/")).status_code == 403
