"""Ten years of one agreement, by the people who keep it: signed, renewed, varied, paused, ended, closed out, proved."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status, TermsState
from agreements.models import Agreement
from people.models import User
from records.verify import verify
from tests.agreements_at import agreement_at
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """One browser at which the people of the cast sit in turn, always about the same agreement."""

    def __init__(self, page: Page, live_server: LiveServer, agreement: Agreement) -> None:
        self.page, self.server, self.agreement = page, live_server, agreement

    def sit_down(self, user: User) -> None:
        """Somebody else signs in."""
        self.page.context.clear_cookies()
        sign_in(self.page, self.server, user)

    def open(self, path: str = "") -> None:
        """The agreement's page, or one below it."""
        self.page.goto(f"{self.server.url}{self.agreement.get_absolute_url()}{path}")

    def take(self, label: str, **answers: str) -> None:
        """Take the step with this button: answers fill the fields of that name, ``choose`` ticks an answer."""
        self.page.get_by_role("link", name=label, exact=True).click()
        check_accessible(self.page)
        self._answer(answers)
        self.page.get_by_role("button", name=label, exact=True).click()
        expect(self.page.locator(".banner, .messages").first).to_be_visible()

    def _answer(self, answers: dict[str, str]) -> None:
        for name, answer in answers.items():
            if name == "choose":
                self.page.get_by_label(answer, exact=True).check()
            else:
                self.page.locator(f"[name={name}]").fill(answer)

    def standing(self) -> str:
        """The words above the title."""
        self.open()
        return self.page.locator(".eyebrow").inner_text()


def sign(desk: Desk, cast: Cast) -> None:
    """2016: approved and signed, in force at once."""
    desk.sit_down(cast.privacy_officer)
    desk.open()
    desk.take("Record signing", on="20 June 2016")
    assert "In force" in desk.standing()


def renew(desk: Desk, cast: Cast, until: str, signed: str) -> None:
    """A renewal changes the dates alone; somebody else approves it."""
    desk.sit_down(cast.privacy_officer)
    desk.open()
    desk.page.get_by_role("link", name="Renew", exact=True).click()
    desk.page.locator("[name=why]").fill("The service goes on")
    desk.page.locator("[name=ends_on]").fill(until)
    desk.page.get_by_role("button", name="Start", exact=False).first.click()
    _through(desk, cast, signed)


def vary(desk: Desk, cast: Cast, uses: str, signed: str) -> None:
    """A change of terms, edited in its section, compared, approved, signed."""
    desk.sit_down(cast.privacy_officer)
    desk.open()
    desk.page.get_by_role("link", name="Start a variation").click()
    desk.page.locator("[name=why]").fill("Families asked that the school is told as well")
    desk.page.get_by_role("button", name="Start the variation").click()
    desk.page.get_by_role("link", name="Purpose", exact=True).first.click()
    desk.page.get_by_label("Which uses are allowed?").fill(uses)
    desk.page.get_by_role("button", name="Save", exact=False).first.click()
    desk.page.goto(desk.page.url.split("sections/")[0])
    expect(desk.page.locator("main")).to_contain_text(uses)
    check_accessible(desk.page)
    _through(desk, cast, signed)


def _through(desk: Desk, cast: Cast, signed: str) -> None:
    """From draft to in force: whoever wrote it cannot approve it."""
    address = desk.page.url
    desk.take("Submit the variation")
    desk.page.goto(address)
    expect(desk.page.get_by_role("link", name="Approve the variation")).to_have_count(0)
    desk.sit_down(cast.approver)
    desk.page.goto(address)
    desk.take("Approve the variation")
    desk.sit_down(cast.privacy_officer)
    desk.page.goto(address)
    desk.take("Record signing of the variation", on=signed, in_force_from=signed)


def pause_and_go_on(desk: Desk) -> None:
    """A pause and its end, each with its reason."""
    desk.open()
    desk.take("Suspend the agreement", reason="A laptop was lost: nothing is shared until we know more")
    assert "Suspended" in desk.standing()
    desk.take("Resume the agreement", reason="The laptop was encrypted and is found")
    assert "Suspended" not in desk.standing()


def end_and_close_out(desk: Desk) -> None:
    """2026: it ends, and what they held is confirmed destroyed."""
    desk.open()
    desk.take("End the agreement", on="30 June 2026", reason="The service closes", choose="We do not know yet")
    desk.take(
        "Close out",
        choose="It is destroyed and that is certified",
        disposal_note="Certificate 114 of 3 July 2026, in the contract file",
    )
    assert "Closed out" in desk.standing()


def test_ten_years_of_one_agreement(page: Page, live_server: LiveServer) -> None:
    cast = Cast()
    agreement = agreement_at(Status.APPROVED, cast, starts_on=None, ends_on=None)
    desk = Desk(page, live_server, agreement)
    sign(desk, cast)
    renew(desk, cast, until="30 June 2022", signed="1 June 2019")
    vary(desk, cast, uses="To ring the family, and to tell the school that they were reached", signed="1 March 2021")
    renew(desk, cast, until="30 June 2027", signed="1 June 2022")
    pause_and_go_on(desk)
    end_and_close_out(desk)
    check_accessible(page)
    the_past_is_still_there(desk, cast)


def the_past_is_still_there(desk: Desk, cast: Cast) -> None:
    """Each version stands as it was, the timeline tells all of it, and the ledger holds."""
    terms = list(desk.agreement.terms.order_by("number"))
    assert [one.state for one in terms] == [TermsState.PAST, TermsState.PAST, TermsState.PAST, TermsState.IN_FORCE]
    assert terms[0].permitted_uses == terms[1].permitted_uses != terms[2].permitted_uses == terms[3].permitted_uses
    desk.sit_down(cast.auditor)
    desk.open()
    told = desk.page.locator("main").inner_text()
    for words in ("Certificate 114", "A laptop was lost", "Families asked that the school", "20 June 2016"):
        assert words.replace(" ", "") in told.replace("\xa0", "").replace(" ", ""), words
    desk.open("history/")
    expect(desk.page.locator("main")).to_contain_text("Certificate 114")
    assert verify().ok
