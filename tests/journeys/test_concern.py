"""A concern sent in without a name, followed by its code, answered and closed: in a real browser."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assurance.models import Concern
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def follow(page: Page, live_server: LiveServer, code: str) -> None:
    page.goto(f"{live_server.url}/concern/follow/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Show where it stands").click()


def test_a_concern_without_a_name_is_followed_by_its_code_to_its_answer(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    handler = cast.privacy_officer
    page.goto(f"{live_server.url}/concern/")
    page.get_by_label("How something was done or decided").check()
    page.get_by_label("What concerns you?").fill("Hemi Rangi signed before anybody had looked")
    page.get_by_label("No, I stay anonymous").check()
    check_accessible(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Keep this code")
    code = page.locator("code").inner_text()
    assert code.replace("-", "") not in page.url
    sign_in(page, live_server, handler)
    reference = Concern.objects.get().reference
    page.goto(f"{live_server.url}/assurance/concerns/{reference}/")
    expect(page.get_by_text("Raised anonymously. Do not try to find out who wrote it")).to_be_visible()
    page.get_by_role("link", name="Acknowledge it").click()
    page.get_by_role("button", name="Acknowledge it").click()
    follow(page, live_server, code)
    expect(page.get_by_text("We have read this and are looking into it")).to_be_visible()
    page.get_by_label("Write to those who look into it").fill("It was on Monday")
    page.get_by_role("button", name="Send").click()
    page.goto(f"{live_server.url}/assurance/concerns/{reference}/")
    expect(page.get_by_text("It was on Monday")).to_be_visible()
    page.get_by_role("link", name="Answer and close it").click()
    page.get_by_label("It was so, and is put right or being put right").check()
    page.get_by_label("What do you tell whoever raised it?").fill("It is looked at first now")
    page.get_by_role("button", name="Answer and close it").click()
    follow(page, live_server, code)
    expect(page.get_by_text("It is looked at first now")).to_be_visible()
    expect(page.get_by_text("It was answered and closed")).to_be_visible()
    assert str(handler.who.name) not in page.locator("main").inner_text()
    check_accessible(page)
