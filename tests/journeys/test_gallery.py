"""Every part of every page passes axe in both themes and fits a narrow screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("address", ["/components", "/account/login/"])
def test_parts_are_accessible(page: Page, live_server: LiveServer, address: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal, from the list above
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{address}")
    assert page.evaluate(TOO_WIDE) <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
