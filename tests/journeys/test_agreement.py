"""From nothing to a signed agreement, its history and its PDF, in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.models import Agreement
from tests.agreements_at import organisation
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def write_down(page: Page, live_server: LiveServer, title: str) -> Agreement:
    """Make a draft by its three answers."""
    page.goto(f"{live_server.url}/agreements/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What kind of arrangement is it?").select_option("deed")
    page.get_by_label("What is it for?").fill("To visit older people who live alone.")
    page.get_by_role("button", name="Create the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scope")
    return Agreement.objects.get(title=title)


def answer_two_sections(page: Page) -> None:
    """Scope and purpose, each leading on to the next section."""
    for question in ("Is information about identifiable", "Is any other party outside", "Does it deliver or support"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Purpose")
    page.get_by_label("To give a joined-up service").check()
    page.get_by_label("Which uses are allowed?").fill("Visiting. Nothing else.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parties")


def add_a_party_under_its_list(page: Page) -> None:
    """The form opens under the list; an error keeps what was typed."""
    page.get_by_role("link", name="Add a party").click()
    inline = page.locator("#row-form")
    inline.get_by_label("Which organisation?").first.fill("te whare tautoko trust")
    inline.get_by_role("button", name="Save", exact=True).click()
    expect(inline.locator(".error").first).to_be_visible()
    inline.get_by_label("Receives information", exact=True).check()
    inline.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#rows-party")).to_contain_text("Te Whare Tautoko Trust")


def test_a_privacy_officer_drafts_an_approver_approves_and_the_history_tells(
    page: Page, live_server: LiveServer
) -> None:
    cast = Cast()
    organisation(cast.agency.name, agency=cast.agency)
    organisation("Te Whare Tautoko Trust", state_services="no")
    sign_in(page, live_server, cast.privacy_officer)
    made = write_down(page, live_server, "Kaumātua wellbeing check-ins")
    check_accessible(page)
    answer_two_sections(page)
    add_a_party_under_its_list(page)
    check_accessible(page)
    page.goto(f"{live_server.url}{made.get_absolute_url()}")
    check_accessible(page)
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted for review").first).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server, cast.approver)
    page.goto(f"{live_server.url}{made.get_absolute_url()}")
    page.get_by_role("link", name="Approve", exact=True).click()
    check_accessible(page)
    page.get_by_label("Reason").fill("Reads well")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".eyebrow")).to_contain_text("Approved")
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Reads well").first).to_be_visible()
    check_accessible(page)


def test_everything_goes_on_without_a_script(page: Page, live_server: LiveServer) -> None:
    """The same form of a party on a page of its own, in a browser that runs no script."""
    cast = Cast()
    organisation(cast.agency.name, agency=cast.agency)
    organisation("Te Whare Tautoko Trust", state_services="no")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800}).new_page()
    sign_in(plain, live_server, cast.privacy_officer)
    made = write_down(plain, live_server, "Plain")
    plain.goto(f"{live_server.url}/agreements/{made.reference}/sections/parties/")
    plain.get_by_role("link", name="Add a party").click()
    plain.get_by_label("Which organisation?").first.fill("Te Whare Tautoko Trust")
    plain.get_by_label("Receives information", exact=True).check()
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator("#rows-party")).to_contain_text("Te Whare Tautoko Trust")
