"""A provider answers its link on a small phone, without a sign-in: in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assurance.models import ProviderRequest
from tests.assurance.asking import asked_about, link
from tests.cast import Cast
from tests.journeys.steps import check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {"use": "Yes", "safe": "Partly", "breach": "Yes"}


def test_a_provider_answers_on_a_small_phone(page: Page, live_server: LiveServer) -> None:
    asking = asked_about(Cast())
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}{link(asking)}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please confirm what was agreed")
    page.get_by_text("What you promised").click()
    check_accessible(page)
    page.get_by_role("link", name="Answer the questions").click()
    for words, answer in ANSWERS.items():
        page.get_by_role("group", name=words).get_by_label(answer, exact=True).first.check()
    page.get_by_label("What is not as agreed? (Security safeguards)").fill("Two people share a sign-in")
    check_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("3 of 3 questions answered")).to_be_visible()
    page.get_by_role("link", name="Go on to send it in").click()
    page.get_by_label("Your name").fill("Ana Rewi")
    page.get_by_label("Your position").fill("Manager")
    page.get_by_label("I may answer for my organisation").check()
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_text("Your confirmation was received")).to_be_visible()
    check_accessible(page)
    assert ProviderRequest.objects.get().receipt in page.content()
