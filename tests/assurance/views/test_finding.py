"""Findings and actions on their pages: opened, worked on, verified by somebody else and closed."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assurance.models import Action, Finding
from people.models import User
from tests.agreements.views.conftest import SignIn
from tests.assurance.working import finding_with_action, found, given
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def name_of(user: User) -> str:
    return f"{user.who.name} ({user.who.email})"


def text_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_from_opening_to_closing(cast: Cast, sign_in: SignIn) -> None:
    auditor, owner = sign_in(cast.auditor), cast.staff_member  # an owner who may not read agreements
    opened = {"title": "Logs are not kept", "detail": "None older than a week", "severity": "high",
              "requirement": "ISS-10", "opened_on": "1/07/2026"}  # fmt: skip
    assert auditor.post(reverse("finding_open"), opened).status_code == 302
    finding = Finding.objects.get()
    page = finding.get_absolute_url()
    assert "Assurance is provided for and scheduled" in text_of(auditor, page)
    assert [row.title for row in auditor.get(reverse("findings"), {"look": "nothing"}).context["page"]] == [
        finding.title
    ]
    told = {"what": "Keep them for a year", "owner": name_of(owner), "due_on": "1/09/2040"}
    assert auditor.post(reverse("action_add", args=[finding.code]), told).status_code == 302
    action = Action.objects.get()

    mine = sign_in(owner)
    assert "Keep them for a year" in text_of(mine, reverse("finding_actions"))
    assert "Logs are not kept" in text_of(mine, page)
    assert mine.get(reverse("findings")).status_code == 403
    do = reverse("action_do", args=[action.code])
    assert "It needs evidence" in unescape(mine.post(do, {"note": "They are kept"}).content.decode())
    assert mine.post(do, {"note": "They are kept", "evidence_note": "Ticket 7"}).status_code == 302
    assert mine.get(reverse("action_verify", args=[action.code])).status_code == 403

    verify = reverse("action_verify", args=[action.code])
    assert auditor.post(verify, {"verdict": "no", "note": "Only in one system"}).status_code == 302
    assert Action.objects.get().state == "open"
    mine.post(do, {"note": "In both", "evidence_note": "Ticket 8"})
    assert "still to be done or to be verified" in text_of(auditor, page)
    assert auditor.post(verify, {"verdict": "yes", "note": "Seen in both"}).status_code == 302
    assert auditor.post(reverse("finding_close", args=[finding.code]), {"why": "Both keep them"}).status_code == 302
    story = text_of(auditor, page)
    for words in ("Only in one system", "It was said: They are kept", "Ticket 7", "Seen in both", "Both keep them"):
        assert words in story
    assert list(auditor.get(reverse("findings")).context["page"]) == []
    sheet = b"".join(auditor.get(reverse("findings_sheet", args=["csv"]), {"state": "closed"})).decode()
    assert all(words in sheet for words in ("Logs are not kept", "ISS-10", "Ticket 8", "Seen in both"))


def test_only_whose_roles_could_act_on_it_read_why_not_now(cast: Cast, sign_in: SignIn) -> None:
    finding = found(cast.auditor)
    given(finding, cast.staff_member, cast.auditor)
    page = finding.get_absolute_url()
    text = sign_in(cast.auditor).get(page).text
    assert "It cannot be closed: an action is still to be done" in text
    assert 'aria-disabled="true"' in text
    for reader in (cast.chief_executive, cast.business_owner):
        text = sign_in(reader).get(page).text
        assert finding.title in text
        assert "aria-disabled" not in text
        assert "Your roles do not let you" not in text


def test_an_accepted_risk_stays_red_and_says_so(cast: Cast, sign_in: SignIn) -> None:
    finding = found(cast.auditor)
    chief = sign_in(cast.chief_executive)
    said = {"why": "The system ends in May", "until_on": "31/12/2026"}
    assert chief.post(reverse("risk_accept", args=[finding.code]), said).status_code == 302
    for address in (finding.get_absolute_url(), reverse("findings"), f"{reverse('findings')}?look=accepted"):
        assert "Risk accepted for a time" in text_of(chief, address)
    assert "The system ends in May" in text_of(chief, finding.get_absolute_url())
    pk = finding.acceptances.get().pk
    assert chief.post(reverse("risk_withdraw", args=[pk]), {"why": "It goes on"}).status_code == 302
    assert "Risk accepted for a time" not in text_of(chief, reverse("findings"))


@pytest.mark.parametrize("rows", [1, 50])
def test_few_queries_however_many(cast: Cast, sign_in: SignIn, rows: int) -> None:
    finding, _ = finding_with_action(cast)
    for _ in range(rows):
        given(finding, cast.business_owner, cast.auditor)
    client = sign_in(cast.auditor)
    pages = ((reverse("findings"), 8), (reverse("finding_actions"), 8), (finding.get_absolute_url(), 15))
    for address, most in pages:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, [one["sql"][:90] for one in asked]
