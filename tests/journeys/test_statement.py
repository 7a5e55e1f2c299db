"""A written assurance from its draft to the proof of its copy, by the four who take part, in a real browser."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assurance.models import Statement, StatementGroup
from people.models import User
from tests.assurance.planned import existing
from tests.cast import PASSWORD, Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_drafted_answered_signed_downloaded_and_proved(
    browser: Browser, page: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    cast = Cast()
    existing(cast, "School lunches", now=timezone.now())
    deputy, head = cast.approver, cast.chief_executive
    officer = draft(page, live_server, cast)
    code = Statement.objects.get().code
    answers = sits_down(browser, live_server, deputy)
    signs = sits_down(browser, live_server, head)
    for group in StatementGroup.objects.all():
        address = f"{live_server.url}{reverse('statement_group', args=[code, group.pk])}"
        answers.goto(address)
        answers.get_by_label("What is being done?").fill("A variation is with the provider")
        answers.get_by_label("By when?").fill(f"{localdate() + timedelta(days=60):%d/%m/%Y}")
        answers.get_by_role("button", name="Keep the answer").click()
        signs.goto(address)
        signs.get_by_label("I accept what is done").check()
        signs.get_by_label("Reason").fill("It fits the risk")
        signs.get_by_role("button", name="Answer the group").click()
    write(officer, live_server, code)

    signs.goto(f"{live_server.url}{reverse('statement', args=[code])}")
    signs.get_by_role("link", name="Read and sign").click()
    signs.get_by_label("Password").fill(PASSWORD)
    signs.get_by_role("button", name="Confirm").click()
    expect(signs.get_by_role("heading", level=1)).to_have_text("Sign the written assurance")
    check_accessible(signs)
    signs.get_by_label("I have read the figures").check()
    signs.get_by_role("button", name="Sign the statement").click()
    expect(signs.get_by_text("Recomputed for this page: it fits")).to_be_visible()
    expect(signs.get_by_text("What was written since was verified too")).to_be_visible()
    check_accessible(signs)
    with signs.expect_download() as waiting:
        signs.get_by_role("link", name="Signed PDF").click()
    kept = tmp_path / "statement.pdf"
    waiting.value.save_as(kept)
    prove(browser, live_server, kept)


def sits_down(browser: Browser, live_server: LiveServer, user: User) -> Page:
    """At a browser of their own."""
    page = browser.new_context(locale="en-NZ", timezone_id="Pacific/Auckland").new_page()
    sign_in(page, live_server, user)
    return page


def draft(page: Page, live_server: LiveServer, cast: Cast) -> Page:
    """Begun by the privacy officer, as at today; its figures taken."""
    today = localdate()
    deputy, head = cast.approver.who, cast.chief_executive.who
    sign_in(page, live_server, cast.privacy_officer)
    page.goto(f"{live_server.url}{reverse('statements')}")
    page.get_by_role("link", name="Draft a statement").click()
    page.get_by_label("Day of the figures").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("The period ends on").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Who answers for the exceptions?").select_option(label=deputy.name)
    page.get_by_label("Who signs?").select_option(label=head.name)
    page.get_by_role("button", name="Begin the statement").click()
    page.get_by_role("button", name="Take the figures").click()
    expect(page.get_by_text("The figures are taken and kept")).to_be_visible()
    return page


def write(page: Page, live_server: LiveServer, code: str) -> None:
    """Words, last of all."""
    page.goto(f"{live_server.url}{reverse('statement_words', args=[code])}")
    page.get_by_label("Partly").check()
    page.get_by_label("Covering words").fill("We share what we must, and protect what we share.")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def prove(browser: Browser, live_server: LiveServer, kept: Path) -> None:
    """By somebody without a sign-in: the file as it was sent, then with one byte altered."""
    outside = browser.new_context(locale="en-NZ").new_page()
    altered = kept.with_name("altered.pdf")
    content = bytearray(kept.read_bytes())
    content[-20] ^= 1
    altered.write_bytes(content)
    for file, says in ((kept, "Issued by this register, unchanged"), (altered, "Altered")):
        outside.goto(f"{live_server.url}{reverse('verify_copy')}")
        outside.locator("input[type=file]").set_input_files(file)
        outside.get_by_role("button", name="Check the file").click()
        expect(outside.get_by_role("heading", name=says)).to_be_visible()
    check_accessible(outside)
