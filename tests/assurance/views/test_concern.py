"""Concerns on the pages of those who handle them, of who raised one, and as counts for others."""

from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.choices import Status
from assurance.due.concern_tick import concerns_kept
from assurance.models import Concern
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at
from tests.assurance.concerned import anonymous_at, own_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return unescape(" ".join(response.content.decode().replace("\xa0", " ").split()))


def test_from_an_agreement_to_an_answer(cast: Cast, sign_in: SignIn, officer: Client) -> None:
    agreement, raiser = agreement_at(Status.SIGNED, cast), sign_in(cast.business_owner)
    panel = words(raiser.get(f"/agreements/{agreement.reference}/breaches/"))
    assert f"/assurance/concerns/raise/?agreement={agreement.reference}" in panel
    given = {"about": "provider", "text": "They keep copies", "agreement": agreement.reference}
    mine = raiser.post("/assurance/concerns/raise/", given)["Location"]
    concern = Concern.objects.get()
    here = f"/assurance/concerns/{concern.reference}/"
    assert "They keep copies" in words(raiser.get(mine))
    assert raiser.get(here).status_code == 403
    assert "They keep copies" in words(officer.get(here))
    assert "Concern raised on" in words(officer.get(f"/agreements/{agreement.reference}/breaches/"))
    for name in ("acknowledge", "give", "ask", "note", "answer", "reopen"):
        assert officer.get(f"{here}{name}/").status_code == 200, name
    assert officer.get(f"{here}nothing/").status_code == 404
    officer.post(f"{here}acknowledge/", {"said": "We look into it"})
    officer.post(f"{here}note/", {"said": "Rang them"})
    refused = words(officer.post(f"{here}answer/", {"outcome": "partly", "answer": ""}))
    assert "Answer “What do you tell whoever raised it?”" in refused
    assert raiser.post(mine, {"said": "They did it again"}).status_code == 302
    officer.post(f"{here}answer/", {"outcome": "partly", "answer": "They deleted <b>them</b>"})
    page = raiser.get(mine)
    assert "We look into it" in words(page)
    assert "&lt;b&gt;them" in page.content.decode()
    assert "Rang them" not in words(page)
    assert concern.reference in words(raiser.get("/assurance/concerns/mine/"))
    assert "It was answered on" in words(officer.get(f"{here}note/"))


def test_others_see_counts_and_no_small_numbers(cast: Cast, sign_in: SignIn, officer: Client) -> None:
    for number in range(6):
        anonymous_at(cast, f"code {number}")
    own_at(cast.business_owner, "mine")
    concerns_kept(Concern.objects.latest("pk").answer_by)
    head = sign_in(cast.chief_executive)
    page = words(head.get("/assurance/concerns/counts/"))
    assert "7" in page
    assert "MCW-CONCERN-1" in page
    assert "Hemi" not in page
    counted = {one.label: (one.raised, one.open) for one in head.get("/assurance/concerns/counts/").context["counts"]}
    assert counted["How something was done or decided"] == ("7", "7")
    assert counted["Something else"] == ("None", "None")
    for address in ("/assurance/concerns/", "/assurance/concerns/MCW-CONCERN-1/", "/assurance/concerns/concerns.csv"):
        assert head.get(address).status_code == 403
    other = Cast("OTH", "Other Ministry")
    anonymous_at(other, "theirs")
    auditor = sign_in(other.auditor).get("/assurance/concerns/counts/")
    assert auditor.context["counts"][0].raised == "Fewer than 5"
    assert "OTH-CONCERN-1" not in words(auditor)
    assert sign_in(other.privacy_officer).get("/assurance/concerns/MCW-CONCERN-1/").status_code == 404
    assert sign_in(cast.contract_manager).get("/assurance/concerns/mine/MCW-CONCERN-7/").status_code == 404
    sheet = b"".join(officer.get("/assurance/concerns/concerns.csv?look=open")).decode()
    assert "MCW-CONCERN-6" in sheet
    assert "Hemi" not in sheet


def test_the_list_narrows_and_the_clock_is_set(cast: Cast, officer: Client) -> None:
    anonymous_at(cast)
    for asked, wanted in (("look=new", 1), ("look=closed", 0), ("about=conflict", 0), ("q=hemi", 1), ("look=mine", 0)):
        assert officer.get(f"/assurance/concerns/?{asked}").context["page"].paginator.count == wanted, asked
    assert officer.get("/assurance/concerns/?look=secret").status_code == 400
    wrong = officer.post("/assurance/concerns/clock/", {"acknowledge_days": "9", "answer_days": "3"})
    assert "no answer before it is acknowledged" in words(wrong)
    officer.post("/assurance/concerns/clock/", {"acknowledge_days": "3", "answer_days": "15"})
    assert "within 3 working days" in words(officer.get("/assurance/concerns/"))


def test_many_take_as_few_queries_as_one(officer: Client, cast: Cast) -> None:
    asked = []
    for number in (1, 49):
        with mock.patch("assurance.actions.concern.concerns_due"):
            one = [anonymous_at(cast, f"{number} {place}") for place in range(number)][-1]
        for page, most in (("/assurance/concerns/", 8), (f"/assurance/concerns/{one.reference}/", 15)):
            officer.get(page)
            with CaptureQueriesContext(connection) as found:
                assert officer.get(page).status_code == 200
            assert len(found) <= most
            asked.append(len(found))
    assert asked[:2] == asked[2:]
