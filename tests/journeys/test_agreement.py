"""From nothing to a signed agreement, its history and its PDF, in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.models import Agreement
from tests.agreements_at import organisation
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_privacy_officer_drafts_an_approver_approves_and_the_history_tells(
    page: Page, live_server: LiveServer
) -> None:
    cast = Cast()
    organisation(cast.agency.name, agency=cast.agency)
    organisation("Te Whare Tautoko Trust", state_services="no")
    sign_in(page, live_server, cast.privacy_officer)
    page.goto(f"{live_server.url}/agreements/new/")
    draft(page)
    answer_first_sections(page)
    add_party(page)

    address = f"{live_server.url}{Agreement.objects.get().get_absolute_url()}"
    page.goto(address)
    check_accessible(page)
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted for review").first).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server, cast.approver)
    page.goto(address)
    approve(page)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Reads well").first).to_be_visible()
    check_accessible(page)


def draft(page: Page) -> None:
    """Title, kind and purpose."""
    check_accessible(page)
    page.get_by_label("Title").fill("Kaumātua wellbeing check-ins")
    page.get_by_label("What kind of arrangement is it?").select_option("deed")
    page.get_by_label("What is it for?").fill("To visit older people who live alone.")
    page.get_by_role("button", name="Create the draft").click()


def answer_first_sections(page: Page) -> None:
    """Scope, then purpose."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Scope")
    for question in ("Is information about identifiable", "Is any other party outside", "Does it deliver or support"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Purpose")
    page.get_by_label("To give a joined-up service").check()
    page.get_by_label("Which uses are allowed?").fill("Visiting. Nothing else.")
    page.get_by_role("button", name="Save and continue").click()


def add_party(page: Page) -> None:
    """Under the list of parties: refused once for a missing answer, then added."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Parties")
    page.get_by_role("link", name="Add a party").click()
    inline = page.locator("#row-form")
    inline.get_by_label("Which organisation?").first.fill("te whare tautoko trust")
    inline.get_by_role("button", name="Save", exact=True).click()
    expect(inline.get_by_text("This field is required").or_(inline.locator(".error")).first).to_be_visible()
    inline.get_by_label("Receives information", exact=True).check()
    inline.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#rows-party")).to_contain_text("Te Whare Tautoko Trust")
    check_accessible(page)


def approve(page: Page) -> None:
    """With a reason."""
    page.get_by_role("link", name="Approve", exact=True).click()
    check_accessible(page)
    page.get_by_label("Reason").fill("Reads well")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".eyebrow")).to_contain_text("Approved")


def test_everything_goes_on_without_a_script(page: Page, live_server: LiveServer) -> None:
    """The same form of a party on a page of its own, in a browser that runs no script."""
    cast = Cast()
    organisation(cast.agency.name, agency=cast.agency)
    organisation("Te Whare Tautoko Trust", state_services="no")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800}).new_page()
    sign_in(plain, live_server, cast.privacy_officer)
    plain.goto(f"{live_server.url}/agreements/new/")
    plain.get_by_label("Title").fill("Plain")
    plain.get_by_label("What kind of arrangement is it?").select_option("letter")
    plain.get_by_label("What is it for?").fill("To show that it works.")
    plain.get_by_role("button", name="Create the draft").click()
    made = Agreement.objects.get()
    plain.goto(f"{live_server.url}/agreements/{made.reference}/sections/parties/")
    plain.get_by_role("link", name="Add a party").click()
    plain.get_by_label("Which organisation?").first.fill("Te Whare Tautoko Trust")
    plain.get_by_label("Receives information", exact=True).check()
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator("#rows-party")).to_contain_text("Te Whare Tautoko Trust")
