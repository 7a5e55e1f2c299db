"""A security key as second factor, with the authenticator that Chromium itself can pretend to be."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast
from tests.journeys.test_invitation import sign_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.ignore_template_errors,  # allauth's own page of keys asks for a field that it leaves out
    pytest.mark.get_may_write("allauth makes the recovery codes when their page is opened"),
]
KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}


def test_a_security_key_is_added_and_asked_for(page: Page, live_server: LiveServer) -> None:
    # Keys belong to a name, never to a network address.
    address = live_server.url.replace("127.0.0.1", "localhost")
    auditor = Cast().auditor
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    sign_in(page, address, auditor.email, PASSWORD)
    page.goto(f"{address}/account/2fa/")
    page.get_by_role("link", name="Add a key").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/2fa/recovery-codes/**")
    page.goto(f"{address}/account/2fa/")
    expect(page.get_by_role("link", name="See my keys")).to_be_visible()

    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address, auditor.email, PASSWORD)
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/people/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Auditor of MCW")
