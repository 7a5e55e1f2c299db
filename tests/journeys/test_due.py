"""What is due, from the tick to the list, the mail and the calendar: in a real browser, without barriers."""

from pathlib import Path
from typing import Literal

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from config.ticking import run_steps
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in
from tests.mailing import deliver_all

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ["agreements.due.agreement.reviews_due", "people.digest.digests_queued"]


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 320)])
def test_a_late_review_is_told_listed_and_taken_off(
    page: Page,
    live_server: LiveServer,
    mailoutbox: list[EmailMessage],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Literal["dark", "light"],
    width: int,
) -> None:
    settings.TICK_STEPS = STEPS
    monkeypatch.setattr("people.digest.is_working_day", lambda day: True)
    cast, today = Cast(), timezone.localdate()
    signed = agreement_at(Status.SIGNED, cast)
    answer(signed, "ownership", cast.privacy_officer, review_due_on=today)
    assert [outcome.done for outcome in run_steps(today)] == [1, 1]
    deliver_all()
    (letter,) = mailoutbox
    assert f"Today: The review of {signed.reference} is due" in letter.body
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    sign_in(page, live_server, cast.privacy_officer)
    page.get_by_role("link", name="What is due").click()
    expect(page.get_by_role("link", name=f"The review of {signed.reference}")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Nothing is due for you")).to_be_visible()

    page.get_by_role("link", name="Mail and calendar").click()
    page.get_by_label("Never").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Open my calendar").click()
    check_accessible(page)
    address = page.get_by_label("Address").input_value()
    calendar = page.request.get(address.replace("http://localhost:8000", live_server.url))
    assert f"SUMMARY:Review of {signed.reference}" in calendar.text()


def test_administrators_read_what_was_mailed_without_barriers(
    page: Page, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    cast = Cast()
    settings.HEADS_FILE = str(tmp_path / "heads.txt")
    list(run_steps(timezone.localdate()))
    sign_in(page, live_server, cast.administrator)
    page.goto(f"{live_server.url}/people/mail/")
    expect(page.get_by_role("heading", name="What runs by itself")).to_be_visible()
    check_accessible(page)
