"""A privacy officer brings 400 untidy rows in with a real browser, looks at them, and takes them out again."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.actions.reference_data import load_reference_data
from agreements.models import Agreement
from people.actions.system import system_user
from tests.agreements.imports import untidy
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = """
  document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
  : [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > 321)
    .map(one => one.outerHTML.slice(0, 160))
"""


def look(page: Page) -> None:
    """The page is accessible and fits a phone."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate(TOO_WIDE) == [], page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_upload_map_decide_run_undo(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    page.set_default_timeout(90_000)
    cast = Cast()
    load_reference_data(by=system_user("test"))
    page.goto(f"{live_server.url}/account/login/?next=/agreements/import/")
    page.locator("[name=login]").fill(cast.privacy_officer.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Import existing arrangements")
    look(page)

    sheet = tmp_path / "MOU register.xlsx"
    sheet.write_bytes(untidy.as_xlsx())
    page.get_by_label("Your spreadsheet").set_input_files(sheet)
    page.get_by_role("button", name="Upload and read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which sheet, which line?")
    look(page)
    page.get_by_role("button", name="Read this sheet").click()
    expect(page.get_by_label("MOU Name")).to_have_value("title")
    look(page)
    page.get_by_role("button", name="Check every row").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide once for the whole sheet")
    look(page)
    page.get_by_role("button", name="Save these answers").click()
    expect(page.get_by_text("“FY14/15” is a financial year")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Import 393 rows").click()
    look(page)
    page.get_by_role("button", name="Import 393 rows").click()
    expect(page.get_by_text("393 agreements are in the register.")).to_be_visible()
    look(page)
    assert Agreement.objects.count() == 393

    page.get_by_role("link", name="Undo this import").click()
    page.get_by_label("Why is it undone?").fill("The wrong list")
    look(page)
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("The import is undone.")).to_be_visible()
    assert not Agreement.objects.exists()
