"""Contracts, reviews, advice, assessments, variations and long work: no barriers, in both themes, and on paper."""

from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.actions.contract import link_agreement
from agreements.choices import Status, TermsState
from agreements.long_work import ask_export
from agreements.models import Agreement, Contract
from people.doing import do_work
from people.models import User, Work
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at, contract_of, variation_at
from tests.assessed import drafted
from tests.cast import NOW, Cast
from tests.journeys.steps import check_accessible, check_width, sign_in
from tests.workers import empty_the_queue

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS: tuple[tuple[Literal["dark", "light"], int], ...] = (("dark", 1280), ("light", 320))


def a_contract(cast: Cast, agreement: Agreement) -> Contract:
    """One that the privacy officer manages."""
    contract = contract_of(cast, manager=cast.privacy_officer.person)
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    return contract


def open_all(page: Page, root: str, addresses: list[str]) -> None:
    """Every address in every look; the page is read once in each theme."""
    for address in addresses:
        response = page.goto(f"{root}{address}")
        assert response is not None
        assert response.ok, address
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            check_accessible(page)


def on_paper(page: Page) -> None:
    """What stands on the difference when it is printed: what changes, and nothing to press."""
    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator("#change-purpose ins")).to_be_visible()
    expect(page.locator(".marking").first).to_be_visible()
    nothing_to_press(page)
    page.emulate_media(media="screen")


def nothing_to_press(page: Page) -> None:
    """Neither forms nor buttons nor ways elsewhere stand on paper."""
    expect(page.locator("main :is(.button, textarea, summary):visible")).to_have_count(0)
    expect(page.locator("nav:visible")).to_have_count(0)
    check_width(page)


def contract_on_paper(page: Page, address: str) -> None:
    """Its facts and log stay."""
    page.goto(address)
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_role("heading", name="Oversight")).to_be_visible()
    nothing_to_press(page)
    page.emulate_media(media="screen")


def works(by: User) -> list[Work]:
    """One that is done, one that waits while no worker is there."""
    done = ask_export("csv", "", 1, by=by, now=timezone.now())
    do_work(done.pk, timezone.now)
    return [done, ask_export("xlsx", "", 1, by=by, now=timezone.now())]


def test_the_pages_of_upkeep_have_no_barriers(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    officer = cast.privacy_officer
    draft, signed = agreement_at(Status.DRAFT, cast, title="Foodbank vouchers"), agreement_at(Status.SIGNED, cast)
    variation_at(TermsState.IN_REVIEW, cast, signed)
    contract, document = a_contract(cast, signed), put_in(draft, officer)
    variation = f"{signed.get_absolute_url()}variations/2/"
    sign_in(page, live_server, officer)
    addresses = [
        "/contracts/", contract.get_absolute_url(), "/my-contracts/", "/reviews/",
        f"{draft.get_absolute_url()}advice/add/",
        f"{drafted(draft, 'pia', officer).get_absolute_url()}final/",
        f"{document.get_absolute_url()}change/",
        "/agreements/?risk=missing&closing=gap",
        "/people/me/long-work/", *(work.get_absolute_url() for work in works(officer)),
        variation,
    ]  # fmt: skip
    open_all(page, live_server.url, addresses)
    on_paper(page)
    contract_on_paper(page, f"{live_server.url}{contract.get_absolute_url()}")
    page.context.clear_cookies()
    sign_in(page, live_server, cast.approver)
    open_all(page, live_server.url, [f"{variation}steps/vary_approve/"])
    empty_the_queue()
