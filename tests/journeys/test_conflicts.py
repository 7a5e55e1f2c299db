"""Declaring with the keyboard alone on the narrowest phone; an interest from its declarant to a plan that is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from records.words import nz_date
from tests.cast import Cast
from tests.conflicts.rounds import running
from tests.declaring import Team
from tests.journeys.steps import check_accessible, sign_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.get_may_write("who opened a declaration is noted"),
]
# The words by which whoever hears the page knows what has the focus.
FOCUSED = "(({innerText, labels}) => (labels?.[0]?.innerText || innerText || '').trim())(document.activeElement)"
MOST = 40  # presses of Tab before something on the page counts as out of reach


def go_to(page: Page, words: str) -> None:
    """Press Tab until the link, button or field of these words has the focus, and see that it shows."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    pytest.fail(f"No Tab leads to “{words}” on {page.url}")


def become(page: Page, live_server: LiveServer, who: User) -> None:
    """Be somebody else in this browser, and look at what waits for them."""
    client = Client()
    client.force_login(who)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/conflicts/to-decide/")


def test_nothing_to_declare_is_said_with_the_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    team = Team(Cast())
    running(team.cast)
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, live_server, team.staff)
    page.goto(f"{live_server.url}/conflicts/")
    check_accessible(page)
    go_to(page, "Answer: Declarations of the year")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Anything to declare")).to_be_visible()
    check_accessible(page)
    go_to(page, "No, nothing")
    page.keyboard.press("Space")
    go_to(page, "Save and go on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check and submit")).to_be_visible()
    check_accessible(page)
    go_to(page, "Submit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Noted. Thank you")).to_be_visible()
    check_accessible(page)
    go_to(page, "My interests and declarations")
    page.keyboard.press("Enter")
    expect(page.get_by_text("What is asked of me")).to_be_hidden()


def test_an_interest_is_declared_decided_planned_approved_and_acknowledged(page: Page, live_server: LiveServer) -> None:
    team = Team(Cast())
    page.emulate_media(color_scheme="dark")
    day = nz_date(timezone.localdate() + timedelta(60))
    become(page, live_server, team.staff)
    declare(page, day)
    become(page, live_server, team.manager)
    open_it(page)
    decide(page)
    plan(page, day)
    become(page, live_server, team.second)
    page.get_by_role("link", name="Ana Staff").click()
    page.get_by_role("button", name="Open it").click()
    check_accessible(page)
    page.get_by_role("button", name="Approve the plan").click()
    expect(page.get_by_text("Approved. The declarant is asked to read it.")).to_be_visible()
    become(page, live_server, team.staff)
    acknowledge(page)


def declare(page: Page, day: str) -> None:
    """An interest of a new agreement, from the menu to the receipt."""
    page.get_by_role("link", name="Interests", exact=True).click()
    page.get_by_role("link", name="Declare", exact=True).click()
    page.get_by_label("A new agreement or contract").check()
    page.get_by_label("Which work is it about?").fill("The shelters of Waikato")
    page.get_by_label("When does that work begin?").fill(day)
    check_accessible(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Save and go on").click()
    check_accessible(page)
    page.get_by_role("link", name="Family or whānau").click()
    page.get_by_label("Which organisation or matter?").fill("Te Whare Tautoko")
    page.get_by_label("What is the interest?").fill("My sister manages it")
    check_accessible(page)
    page.locator("main button.button-main").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Submitted. Thank you")).to_be_visible()
    check_accessible(page)


def open_it(page: Page) -> None:
    """From the list of what waits, saying what for."""
    check_accessible(page)
    page.get_by_role("link", name="Ana Staff").click()
    check_accessible(page)
    page.get_by_role("button", name="Open it").click()
    check_accessible(page)


def decide(page: Page) -> None:
    """That it can be managed."""
    page.get_by_label("A conflict that can be managed").check()
    page.get_by_label("Perceived").check()
    page.get_by_label("What would an outsider think?").fill("That family chose family")
    page.get_by_label("Why?").fill("Her sister may tender")
    page.get_by_role("button", name="Decide", exact=True).click()
    check_accessible(page)


def plan(page: Page, day: str) -> None:
    """What is done about it, one step."""
    page.get_by_role("link", name="Write the plan").click()
    page.get_by_label("By whom").fill("Nobody At All")
    page.get_by_role("button", name="Save the plan for approval").click()
    expect(page.get_by_role("link", name="Nothing is called “Nobody At All”")).to_be_visible()
    page.get_by_label("What could go wrong?").fill("The choice could be challenged")
    page.get_by_label("Leave the committee, panel or working group").check()
    page.get_by_label("What is done", exact=True).fill("Leave the panel")
    page.get_by_label("By whom").fill("Ana Staff")
    page.get_by_label("Why these, and what else").fill("Less would not be seen")
    page.get_by_label("Who sees that it is kept?").fill("Ana Manager")
    page.get_by_label("When is it looked at again?").fill(day)
    page.get_by_label("When does it end?").fill("The contract is signed")
    check_accessible(page)
    page.get_by_role("button", name="Save the plan for approval").click()
    expect(page.get_by_text("The plan is saved. Ana Second approves it.")).to_be_visible()


def acknowledge(page: Page) -> None:
    """From the first page that the declarant sees, to a plan that runs."""
    page.goto(page.url.partition("/conflicts/")[0])
    page.get_by_role("link", name="A plan about you is approved").click()
    check_accessible(page)
    page.get_by_role("link", name="Read the plan about you").click()
    page.get_by_role("link", name="Acknowledge the plan").click()
    check_accessible(page)
    page.get_by_role("button", name="Acknowledge the plan").click()
    expect(page.get_by_text("Plan acknowledged.")).to_be_visible()
    expect(page.locator(".eyebrow").get_by_text("Plan in force")).to_be_visible()
    check_accessible(page)
