"""Someone is called away while writing; their session ends; what they wrote is there after they sign in."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from tests.agreements_at import agreement_at
from tests.cast import PASSWORD, Cast

TYPED = "So that tamariki are safe, as whānau asked."


def sign_in(page: Page, email: str) -> None:
    """Fill in the form that is shown."""
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_survives_the_sign_in(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    agreement = agreement_at(Status.DRAFT, cast)
    author = cast.privacy_officer
    address = live_server.url + reverse("agreements:section", args=[agreement.reference, "purpose"])
    page.goto(address)
    sign_in(page, author.email)
    field = page.locator("textarea[name=purpose]")
    field.fill(TYPED)
    page.context.clear_cookies(name="sessionid")
    page.locator("main form").get_by_role("button", name="Save").first.click()
    sign_in(page, author.email)
    expect(page.get_by_text("You were signed out before this was saved")).to_be_visible()
    expect(field).to_have_value(TYPED)
    page.locator("main form").get_by_role("button", name="Save").first.click()
    agreement.refresh_from_db()
    expect(page.get_by_text("You were signed out")).not_to_be_visible()
    page.goto(address)
    expect(field).to_have_value(TYPED)
