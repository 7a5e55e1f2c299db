"""An administrator invites somebody, who signs in, leaves, and hands over: in a real browser."""

import re

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from people.actions.role import grant_role
from people.models import Person
from people.roles import Role
from tests.agreements_at import agreement_at, answer
from tests.cast import PASSWORD, Cast
from tests.mailing import deliver_all

pytestmark = pytest.mark.django_db(transaction=True)
NEWCOMER = "hemi@mcw.example.nz"
NEW_PASSWORD = "tūī in the flax bush"


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_from_an_invitation_to_a_hand_over(
    page: Page, browser: Browser, live_server: LiveServer, mailoutbox: list[EmailMessage]
) -> None:
    cast, address = Cast(), live_server.url
    draft = agreement_at(Status.DRAFT, cast)
    cast.user(Role.CONTRACT_MANAGER, "Mele Fifita")
    sign_in(page, address, cast.administrator.email, PASSWORD)
    own = browser.new_context().new_page()  # the browser of the person who is invited

    add_and_invite(page, address)
    choose_a_password(own, mailoutbox)
    sign_in(own, address, NEWCOMER, NEW_PASSWORD)
    own.goto(f"{address}/people/me/")
    expect(own.get_by_text("You have no role yet")).to_be_visible()

    person = Person.objects.get(email=NEWCOMER)
    grant_role(person=person, role=Role.BUSINESS_OWNER, on=timezone.localdate(), by=cast.administrator)
    answer(draft, "ownership", cast.privacy_officer, owner=person)
    deactivate(page, address, person, draft.reference)
    own.reload()
    expect(own.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(own, address, NEWCOMER, NEW_PASSWORD)
    assert "/account/login/" in own.url

    hand_over(page, address)
    draft.refresh_from_db()
    assert str(draft.owner) == "Mele Fifita"
    assert not person.role_grants.on(timezone.localdate()).exists()


def add_and_invite(page: Page, address: str) -> None:
    page.goto(f"{address}/people/add/")
    page.get_by_label("Name", exact=True).fill("Hēmi Ōtene")
    page.get_by_label("E-mail address").fill(NEWCOMER)
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hēmi Ōtene")
    page.get_by_role("button", name="Invite by e-mail").click()
    expect(page.get_by_text("An invitation is on its way")).to_be_visible()


def choose_a_password(page: Page, mailoutbox: list[EmailMessage]) -> None:
    deliver_all()
    (letter,) = mailoutbox
    assert letter.to == [NEWCOMER]
    link = re.search(r"http\S+/password/reset/key/\S+", str(letter.body))
    assert link
    page.goto(link[0])
    for label in ("New password", "New password, once more"):
        page.get_by_label(label, exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save my new password").click()


def deactivate(page: Page, address: str, person: Person, reference: str) -> None:
    page.goto(f"{address}/people/{person.pk}/deactivate/")
    expect(page.get_by_text(reference)).to_be_visible()
    page.get_by_label("Why").fill("Left in a hurry")
    page.get_by_role("button", name="Deactivate the sign-in").click()
    expect(page.get_by_text("can no longer sign in")).to_be_visible()


def hand_over(page: Page, address: str) -> None:
    page.goto(f"{address}/people/hand-over/")
    page.get_by_role("link", name="Hand over").first.click()
    page.get_by_label("Who takes it over").fill("Mele Fifita (mele.fifita@mcw.example.nz)")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("Nothing is left to hand over")).to_be_visible()
