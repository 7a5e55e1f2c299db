"""A contract manager names a party that is in the register already, and a privacy officer adds one that is not."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from agreements.models import Organisation
from people.models import User
from tests.agreements_at import agreement_at, organisation
from tests.cast import PASSWORD, Cast


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "login" not in url)


def fits(page: Page) -> None:
    """No violation of WCAG, and no sideways scroll on a telephone."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 375, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_near_duplicate_leads_to_the_existing_one(page: Page, live_server: LiveServer, scheme: str) -> None:
    cast = Cast()
    trust = organisation("Te Whare Tautoko Trust", kind="ngo")
    sign_in(page, live_server, cast.privacy_officer)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal, from the list above
    page.goto(f"{live_server.url}/organisations/?q=Whare+Tautokko+Trusst")
    page.get_by_role("link", name="Add an organisation").click()
    page.get_by_label("Name", exact=True).fill("Te Whare Tautoko")
    page.get_by_label("Website").fill("tautoko.example.nz")
    page.get_by_role("button", name="Add the organisation").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Te Whare Tautoko")
    expect(page.get_by_label("Website")).to_have_value("tautoko.example.nz")
    fits(page)
    page.get_by_label("Te Whare Tautoko Trust: use this one").check()
    page.get_by_role("button", name="Add the organisation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Te Whare Tautoko Trust")
    expect(page.get_by_text("Nothing was added")).to_be_visible()
    fits(page)
    assert page.url.endswith(f"/organisations/{trust.pk}/")
    assert Organisation.objects.filter(normalised__startswith="te whare tautoko").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_party_is_picked_by_part_of_its_name(
    page: Page, live_server: LiveServer, script: bool, browser_context_args: dict[str, object]
) -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    organisation("Kererū Freight Limited")
    sign_in(page, live_server, cast.privacy_officer)
    if not script:
        page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{live_server.url}/agreements/{agreement.reference}/rows/party/add/")
    page.get_by_label("Which organisation?").press_sequentially("kereru fr", delay=30)
    page.get_by_label("Receives information", exact=True).check()
    if not script:
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".error").get_by_text("Choose which one you mean")).to_be_visible()
    page.get_by_label("Kererū Freight Limited").check()
    fits(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Add a party")
    assert agreement.terms_now.parties.filter(organisation__name="Kererū Freight Limited").exists()
