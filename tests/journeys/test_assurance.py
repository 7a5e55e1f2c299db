"""An activity is done with a file, what it found becomes an action, and somebody else sees that it is done."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assurance.actions.action import do_action
from assurance.models import Action, Finding
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import SHOWN, planned
from tests.cast import Cast
from tests.files import PDF
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = {"name": "Visit report.pdf", "mimeType": "application/pdf", "buffer": PDF}


def test_from_an_activity_to_an_action_that_is_verified(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    visit, owner = planned(signed_outside(cast), cast.auditor, "site_visit"), cast.business_owner
    sign_in(page, live_server, cast.auditor)
    page.goto(f"{live_server.url}{visit.get_absolute_url()}do/")
    page.get_by_label("What was looked at").fill("Ten records")
    expect(page.get_by_label("Severity")).to_be_hidden()
    page.get_by_label("Satisfactory in part").check()
    page.get_by_label("Or attach it here").set_input_files(REPORT)  # type: ignore[arg-type]
    page.get_by_role("button", name="Record it as done").click()
    expect(page.get_by_text("choose a severity").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("Severity").select_option("High")
    page.get_by_label("The finding in one line").fill("Doors stand open")
    page.get_by_role("button", name="Record it as done").click()
    expect(page.get_by_text("Visit report")).to_be_visible()

    page.get_by_role("link", name="Doors stand open").click()
    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("What has to be done?").fill("Shut them")
    page.get_by_label("Who does it?").fill(f"{owner.who.name} ({owner.who.email})")
    page.get_by_label("By when?").fill("1/09/2040")
    page.get_by_role("button", name="Add it").click()
    do_action(action_=Action.objects.get(), note="They are shut", shown=SHOWN, by=owner, now=timezone.now())
    page.reload()
    page.get_by_role("link", name="Verify it").click()
    page.get_by_label("Yes: I have seen").check()
    page.get_by_label("How you saw it").fill("They shut")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Verified by")).to_be_visible()
    check_accessible(page)
    page.goto(f"{live_server.url}{Finding.objects.get().agreement.get_absolute_url()}")  # type: ignore[union-attr]
    for said in ("Site visit done: satisfactory in part", "Action verified: Shut them"):
        expect(page.get_by_role("link", name=said)).to_be_visible()
