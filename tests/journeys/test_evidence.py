"""Evidence in a real browser: a document put in without a script, a risk written by one and accepted by another."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.actions.contract import link_agreement
from agreements.choices import Status
from agreements.models import Document, Exercise
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at, contract_of
from tests.assessed import drafted, final
from tests.cast import NOW, Cast
from tests.files import PDF
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_document_is_put_in_and_saved_again_without_a_script(
    page: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    paper = tmp_path / "Signed deed.pdf"
    paper.write_bytes(PDF)
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800}).new_page()
    sign_in(plain, live_server, cast.privacy_officer)
    plain.goto(f"{live_server.url}{agreement.get_absolute_url()}")
    plain.get_by_role("link", name="Show documents").click()
    plain.get_by_role("link", name="Add a document").click()
    plain.get_by_label("File").set_input_files(paper)
    plain.get_by_label("What is it?").select_option("signed_agreement")
    plain.get_by_role("button", name="Add the document").click()
    expect(plain.get_by_role("table")).to_contain_text("Signed deed")
    with plain.expect_download() as saved:
        plain.get_by_role("link", name="Download").click()
    assert saved.value.suggested_filename == "Signed deed.pdf"
    assert Path(saved.value.path()).read_bytes() == PDF
    assert Document.objects.get().title == "Signed deed"


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 320)])
def test_its_pages_have_no_barriers(
    page: Page, live_server: LiveServer, scheme: Literal["dark", "light"], width: int
) -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    document = put_in(agreement, cast.privacy_officer)
    final(agreement, "risk", cast.privacy_officer, cast.chief_executive, evidence=document, evidence_page="2")
    draft = drafted(agreement, "pia", cast.privacy_officer)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, cast.privacy_officer)
    under = ("documents/", "documents/add/", "assessments/", "assessments/add/risk/", "advice/add/")
    below = ("", "change/", "final/", "discard/")
    addresses = [
        *(f"{agreement.get_absolute_url()}{one}" for one in under),
        *(f"{document.get_absolute_url()}{one}" for one in ("", "change/", "versions/add/")),
        *(f"{draft.get_absolute_url()}{one}" for one in below),
    ]
    for address in addresses:
        response = page.goto(f"{live_server.url}{address}")
        assert response is not None
        assert response.ok, address
        check_accessible(page)


def _add_paper(page: Page, paper: Path) -> None:
    page.get_by_role("link", name="Open as a page").first.click()
    page.get_by_role("link", name="Add a document").click()
    check_accessible(page)
    page.get_by_label("File").set_input_files(paper)
    page.get_by_label("What is it?").select_option("other")
    page.get_by_role("button", name="Add the document").click()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 320)])
def test_a_contracts_paper_shows_that_a_provision_was_used(
    page: Page, live_server: LiveServer, tmp_path: Path, scheme: Literal["dark", "light"], width: int
) -> None:
    cast = Cast()
    agreement, contract = agreement_at(Status.SIGNED, cast), contract_of(cast)
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    papers = {name: tmp_path / f"{name}.pdf" for name in ("Audit note", "Wrong invoice")}
    for at, paper in enumerate(papers.values()):
        paper.write_bytes(PDF + b"\n" * at)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, cast.privacy_officer)
    for paper in papers.values():
        page.goto(f"{live_server.url}{contract.get_absolute_url()}")
        _add_paper(page, paper)
    page.get_by_role("link", name="Wrong invoice", exact=True).click()
    check_accessible(page)
    page.get_by_role("link", name="Set it aside").click()
    check_accessible(page)
    page.get_by_label("Why is it set aside?").fill("Of another contract")
    page.get_by_role("button", name="Set it aside").click()
    page.get_by_text("Set aside (1)").click()
    expect(page.get_by_text("Of another contract")).to_be_visible()
    check_accessible(page)
    page.goto(f"{live_server.url}{agreement.get_absolute_url()}uses/add/?code=C14")
    chosen = page.get_by_label("Document that shows it")
    expect(chosen.get_by_role("option")).to_have_text(["None yet", f"Audit note (contract {contract.reference})"])
    check_accessible(page)
    page.get_by_label("What was found?").fill("Two leavers still had access")
    chosen.select_option(index=1)
    page.get_by_role("textbox", name="Page (optional)").fill("2")
    page.get_by_role("button", name="Record it").click()
    page.goto(f"{live_server.url}{agreement.get_absolute_url()}reviews/")
    expect(page.get_by_role("link", name="Audit note")).to_be_visible()
    check_accessible(page)
    shown = Exercise.objects.get()
    assert (str(shown.evidence), shown.evidence_page) == ("Audit note", "2")
