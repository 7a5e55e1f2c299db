"""What every journey does: sign in as a person does, and look for barriers."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.cast import PASSWORD


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Sign in with the password that everyone in the cast has."""
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "login" not in url)


def check_accessible(page: Page) -> None:
    """Fail on any violation that axe finds, and on sideways scrolling; wait for the whole page first."""
    page.wait_for_load_state()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    check_width(page)


def check_width(page: Page) -> None:
    """Fail on sideways scrolling."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the window"
