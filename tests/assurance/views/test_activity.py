"""Assurance activities on their pages: what is due, doing one, and the cycles behind them."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Agreement
from assurance.models import Activity, Cycle, Finding
from records.acting import acting
from records.bulk import create
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import answer
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import SOON, done, planned
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return signed_outside(cast)


def kinds(client: Client, **asked: Any) -> list[str]:
    response = client.get(reverse("activities"), asked)
    assert response.status_code == 200
    return sorted(row.kind for row in response.context["page"])


def text_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_the_list_shows_what_is_to_be_done_and_its_filters_lead_on(
    agreement: Agreement, cast: Cast, officer: Client, sign_in: SignIn
) -> None:
    visit = planned(agreement, cast.auditor, "site_visit")
    assert kinds(officer) == ["audit", "confirmation", "site_visit"]
    assert kinds(officer, due="late") == ["site_visit"]
    assert kinds(officer, look="person") == ["site_visit"]
    assert kinds(officer, look="never") == kinds(officer) == kinds(officer, look="me")  # the officer manages it
    assert kinds(sign_in(cast.auditor), look="me") == []
    done(visit, cast.auditor, "partly", finding={"severity": "low"})
    assert kinds(officer, look="never") == []
    assert kinds(officer, state="done") == ["site_visit"]
    assert kinds(officer, state="done", outcome="satisfactory") == []
    assert officer.get(reverse("activities"), {"due": "soon"}).status_code == 400
    sheet = b"".join(officer.get(reverse("activities_sheet", args=["csv"]), {"state": "done"})).decode()
    assert "Site visit" in sheet
    assert "Site visit: satisfactory in part" in sheet
    assert "Confirmation" not in sheet
    assert kinds(sign_in(Cast("OTH", "Other Ministry").privacy_officer)) == []


def test_where_nobody_is_named_the_list_and_the_pages_lead_to_naming_one_and_a_view_keeps_the_filter(
    agreement: Agreement, cast: Cast, officer: Client
) -> None:
    answer(agreement, "ownership", cast.privacy_officer, owner=None, manager=None)
    audit = Activity.objects.get(agreement=agreement, kind="audit")
    assert kinds(officer, look="nobody") == ["audit", "confirmation"]
    move = reverse("activity_move", args=[audit.code])
    panel = reverse("agreement_assurance", args=[agreement.reference])
    for page in (reverse("activities"), panel, audit.get_absolute_url()):
        assert f'href="{move}#id_responsible"' in text_of(officer, page)
    who = f"{cast.auditor.who.name} ({cast.auditor.who.email})"
    said = {"due_on": audit.due_on.strftime("%d/%m/%Y"), "responsible": who, "why": "Nobody was named"}
    assert officer.post(move, said).status_code == 302
    assert kinds(officer, look="nobody") == ["confirmation"]
    kept = {"name": "Nobody’s", "query": "look=nobody", "list_name": "activities"}
    assert officer.post("/agreements/views/", kept).headers["Location"] == f"{reverse('activities')}?look=nobody"
    assert "Nobody’s" in text_of(officer, reverse("activities"))
    assert "Nobody’s" not in text_of(officer, reverse("findings"))


@pytest.mark.parametrize("rows", [1, 50])
def test_few_queries_however_many(agreement: Agreement, cast: Cast, officer: Client, rows: int) -> None:
    with acting(by=cast.auditor):
        create([
            Activity(agreement=agreement, kind="audit", due_on=SOON, planned_by=cast.auditor, planned_at=NOW)
            for _ in range(rows)
        ])  # fmt: skip
    for address, most in ((reverse("activities"), 8), (reverse("agreement_assurance", args=[agreement.reference]), 11)):
        officer.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get(address)
        assert len(asked) <= most, [one["sql"][:90] for one in asked]


def test_doing_one_on_its_page_asks_for_evidence_and_opens_a_finding(
    agreement: Agreement, cast: Cast, officer: Client
) -> None:
    letter = put_in(agreement, cast.privacy_officer, title="The letter")
    audit = Activity.objects.get(agreement=agreement, kind="audit")
    here = reverse("activity_do", args=[audit.code])
    said = {"done_on": "14/07/2026", "summary": "<b>Ten</b> records", "outcome": "unsatisfactory", "severity": "high"}
    refused = unescape(officer.post(here, said).content.decode())
    assert "An outcome needs evidence" in refused
    assert "&lt;b&gt;Ten" in officer.post(here, said).content.decode()
    response = officer.post(here, said | {"evidence": letter.pk, "evidence_page": "3", "requirement": "ISS-10"})
    assert response.status_code == 302
    page = text_of(officer, audit.get_absolute_url())
    for words in (
        "Not satisfactory",
        "The letter",
        "page 3",
        "Audit: not satisfactory",
        "It comes round every 24 months",
    ):
        assert words in page
    assert Finding.objects.get().requirement == "ISS-10"
    panel = text_of(officer, reverse("agreement_assurance", args=[agreement.reference]))
    assert "Never assured" not in panel
    assert "Audit: not satisfactory" in panel
    assert "Assurance" in text_of(officer, agreement.get_absolute_url())


def test_moving_one_and_changing_cycles_say_why(agreement: Agreement, cast: Cast, officer: Client) -> None:
    audit = Activity.objects.get(agreement=agreement, kind="audit")
    later = (audit.due_on + timedelta(days=1)).strftime("%d/%m/%Y")
    who = f"{cast.auditor.who.name} ({cast.auditor.who.email})"
    moved = {"due_on": later, "responsible": who, "why": "They are shut"}
    assert officer.post(reverse("activity_move", args=[audit.code]), moved).status_code == 302
    page = text_of(officer, audit.get_absolute_url())
    assert "They are shut" in page
    assert cast.auditor.who.name in page

    there = reverse("cycle_change", args=["audit", "medium"])
    assert "Counts for every agreement with this risk" in text_of(officer, there)
    assert officer.post(there, {"months": "12", "why": "The board asked"}).status_code == 302
    audit.refresh_from_db()
    assert audit.months == 12
    assert "The board asked" in text_of(officer, reverse("cycles"))
    own = reverse("own_cycle", args=[agreement.reference, "site_visit"])
    assert officer.post(own, {"months": "18", "why": "It is far away"}).status_code == 302
    assert Activity.objects.get(agreement=agreement, kind="site_visit").months == 18
    assert "It is far away" in text_of(officer, reverse("agreement_assurance", args=[agreement.reference]))
    assert officer.post(own, {"months": "0", "why": "It is shut"}).status_code == 302
    assert Activity.objects.get(agreement=agreement, kind="site_visit").cancelled_why == "No cycle asks for it any more"
    assert Cycle.objects.count() == 3
