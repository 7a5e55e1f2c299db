"""A variation from its start to in force, in a real browser: author, approver, the difference, the past terms."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from tests.agreements_at import agreement_at
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "To help children come to school.", "To help children come to school, and whānau to help them."


def edit_the_purpose(page: Page) -> None:
    """On the same page as ever; the banner above says that it is a variation."""
    page.get_by_role("link", name="Purpose", exact=True).click()
    expect(page.locator(".eyebrow")).to_contain_text("Variation 2, draft")
    page.get_by_label("What is it for?").fill(NEW)
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.locator("#change-purpose del")).to_contain_text(OLD)
    expect(page.locator("#change-purpose ins")).to_contain_text(NEW)


def take(page: Page, step: str) -> None:
    """A step from its button to its question, and done."""
    page.get_by_role("link", name=step, exact=True).click()
    page.get_by_role("button", name=step, exact=True).click()


def test_a_variation_from_start_to_in_force(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    signed = agreement_at(Status.SIGNED, cast)
    place = f"{live_server.url}{signed.get_absolute_url()}"
    sign_in(page, live_server, cast.privacy_officer)
    page.goto(place)
    page.get_by_role("link", name="Start a variation").click()
    check_accessible(page)
    page.get_by_label("Why do the terms change?").fill("The service grows")
    page.get_by_role("button", name="Start the variation").click()
    edit_the_purpose(page)
    check_accessible(page)
    take(page, "Submit the variation")
    page.goto(place)
    expect(page.locator("main")).to_contain_text("Variation 2 is under way")
    expect(page.locator("#public").locator("..").locator("..")).to_contain_text(OLD)
    page.context.clear_cookies()
    sign_in(page, live_server, cast.approver)
    page.goto(f"{place}variations/2/")
    page.get_by_role("link", name="Approve the variation", exact=True).click()
    expect(page.locator("#change-purpose ins")).to_contain_text(NEW)
    check_accessible(page)
    page.get_by_role("button", name="Approve the variation", exact=True).click()
    page.context.clear_cookies()
    sign_in(page, live_server, cast.privacy_officer)
    page.goto(f"{place}variations/2/")
    page.get_by_role("link", name="Record signing of the variation").click()
    page.get_by_label("On which day had every party signed it?").fill(f"{date(2026, 7, 1):%d/%m/%Y}")
    page.get_by_role("button", name="Record signing of the variation").click()
    page.goto(place)
    expect(page.locator("main")).to_contain_text(NEW)
    page.get_by_role("link", name="Versions of the terms").click()
    check_accessible(page)
    page.get_by_role("link", name="Terms 1", exact=True).click()
    expect(page.locator("main")).to_contain_text("These terms are past and stay as they were")
    expect(page.locator("main")).to_contain_text(OLD)
    check_accessible(page)
