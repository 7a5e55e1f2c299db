"""Breaches on their pages: the clock in words, the factors, whom to ring, and nothing for who may not read them."""

from datetime import timedelta
from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.choices import Status
from assurance.models import PrivacyBreach
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer
from tests.assurance.breached import breach_at
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "breach", "title": "A lost laptop", "what_happened": "It was left on a bus", "severity": "serious",
    "contained": "no", "agency_aware_at": "1 July 2026, 4.12 pm",
}  # fmt: skip


def words(response: Any) -> str:
    return unescape(" ".join(response.content.decode().replace("\xa0", " ").split()))


def test_recorded_in_two_answers_and_shown_with_what_is_not_known(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    assert agreement.title in words(officer.get(f"/assurance/breaches/record/?agreement={agreement.reference}"))
    refused = officer.post("/assurance/breaches/record/", ASKED | {"agency_aware_at": "yesterday"})
    assert "Enter day and time, such as 1 July 2025, 4.12 pm" in words(refused)
    assert "It was left on a bus" in words(refused)
    for wrong in ({"agency_aware_at": "1/1/0001, 0:05"}, {"agreement": f"{agreement.reference}\0"}):
        assert "It was left on a bus" in words(officer.post("/assurance/breaches/record/", ASKED | wrong))
    assert not PrivacyBreach.objects.exists(), "neither a year before the calendar nor a NUL is a failure of ours"
    given = ASKED | {"agreement": agreement.reference, "provider_aware_at": "30/6/2026 9:05"}
    response = officer.post("/assurance/breaches/record/", given)
    made = PrivacyBreach.objects.get()
    assert response["Location"] == f"/assurance/breaches/{made.reference}/"
    page = words(officer.get(response["Location"]))
    assert "since anybody knew" in page
    assert "72 hours is guidance of the Privacy Commissioner, and not in the Act" in page
    assert "30 June 2026, 9.05 am" in page
    assert page.count("Not known yet") >= 6, "no factor is answered"
    assert agreement.title in page
    assert "Nobody has decided yet" in page
    for name in ("decide", "commissioner", "people", "log", "agreement", "organisation"):
        assert officer.get(f"{response['Location']}{name}/").status_code == 200
    assert officer.get(f"{response['Location']}nothing/").status_code == 404


def test_each_thing_that_is_done_stands_in_the_log_and_what_is_refused_is_said(officer: Client, cast: Cast) -> None:
    here = f"/assurance/breaches/{breach_at(cast).reference}/"
    early = officer.post(f"{here}commissioner/", {"at": "1 July 2020, 4.12 pm", "reference": "NU-77"})
    assert "Nobody knew before" in words(early)
    assert "NU-77" in words(early)
    assert (
        officer.post(f"{here}decide/", {"notifiable": "yes", "reasons": "Health <b>information</b>"}).status_code == 302
    )
    officer.post(f"{here}commissioner/", {"at": "14 July 2026, 1.00 pm", "reference": "NU-77"})
    officer.post(f"{here}people/", {"at": "", "how": "", "why_not": "Section 116, one is a child"})
    officer.post(f"{here}log/", {"at": "14 July 2026, 11 am", "said": "Rang the household"})
    page = words(officer.get(here))
    for said in ("NU-77", "Health <b>information</b>", "Section 116, one is a child", "Rang the household"):
        assert said in page
    assert "<b>information</b>" not in officer.get(here).content.decode()
    assert "The Commissioner was notified 50 hours after anybody knew" in words(officer.get(here))
    officer.post(f"{here}close/", {"lessons": "Check twice"})
    assert "It was closed on" in words(officer.get(f"{here}change/"))
    officer.post(f"{here}reopen/", {"why": "More was found"})
    seen = officer.get(f"{here}change/").context["seen"]
    changed = ASKED | {"seen": seen, "agency_aware_at": "12 July 2026, 11 am", "factor_harm": "Distress"}
    assert officer.post(f"{here}change/", changed).status_code == 302
    stale = officer.post(f"{here}change/", changed | {"title": "B", "factor_harm": "None"})
    assert f"{cast.privacy_officer} saved this at" in words(stale)
    told = {one["label"]: (one["theirs"], one["yours"]) for one in stale.context["differences"]}
    harm = "What harm could it do, and to whom?"
    assert told == {"Title": ("A lost laptop", "B"), harm: ("Distress", "None")}
    chosen = changed | {"title": "B", "factor_harm": "None", "seen": stale.context["seen"], "keep-title": "theirs"}
    assert officer.post(f"{here}change/", chosen).status_code == 302
    now = PrivacyBreach.objects.get()
    assert (now.title, now.factor_harm) == ("A lost laptop", "None")
    pdf = officer.post(f"{here}pdf/")
    assert pdf.content[:4] == b"%PDF"
    assert officer.post(f"{here}pdf/").content == pdf.content


def test_a_provider_that_told_later_than_it_promised_is_named(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "safeguards", cast.privacy_officer, breach_hours=24)
    known = NOW - timedelta(hours=2)
    late = breach_at(cast, agreement=agreement, agency_aware_at=known, provider_aware_at=known - timedelta(hours=27))
    page = words(officer.get(f"/assurance/breaches/{late.reference}/"))
    assert f"The agency was told 27 hours after the provider knew. {agreement.reference} asks for 24 hours" in page
    soon = breach_at(cast, agreement=agreement, agency_aware_at=known, provider_aware_at=known - timedelta(hours=24))
    assert "after the provider knew" not in words(officer.get(f"/assurance/breaches/{soon.reference}/"))


def test_the_list_narrows_exports_and_says_the_clock(officer: Client, cast: Cast) -> None:
    breach_at(cast, hours=20, title="Fresh")
    breach_at(cast, hours=99, title="=Old()")
    breach_at(cast, kind="near_miss", title="Nearly", what_happened="A whānau was rung up")
    assert "99" not in words(officer.get("/assurance/breaches/?look=open&kind=near_miss"))
    found = {"look=amber": 2, "kind=near_miss": 1, "severity=moderate": 3, "q=fresh": 1, "q=WHĀNAU": 1}
    for asked, wanted in found.items():
        assert officer.get(f"/assurance/breaches/?{asked}").context["found"].count == wanted, asked
    assert officer.get("/assurance/breaches/?kind=huge").status_code == 400
    sheet = b"".join(officer.get("/assurance/breaches/breaches.csv?look=running")).decode()
    assert "'=Old()" in sheet
    assert "Nearly" not in sheet
    nearly = b"".join(officer.get("/assurance/breaches/breaches.csv?kind=near_miss")).decode()
    assert "Not asked of a near miss" in nearly
    assert b"".join(officer.get("/assurance/breaches/breaches.xlsx"))[:2] == b"PK"


def test_who_may_not_read_breaches_learns_no_more_than_that_there_is_one(
    cast: Cast, officer: Client, sign_in: SignIn
) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    breach = breach_at(cast, agreement=agreement, hours=20)
    reader, here = sign_in(cast.business_owner), f"/assurance/breaches/{breach.reference}/"
    assert reader.get(here).status_code == reader.get("/assurance/breaches/").status_code == 403
    panel = words(reader.get(f"/agreements/{agreement.reference}/breaches/"))
    assert "1 privacy breach or near miss is recorded about this agreement" in panel
    assert "Letters" not in panel
    past = words(reader.get(agreement.get_absolute_url()))
    assert "Privacy breach recorded" in past
    assert "Letters" not in past
    assert "Letters to a wrong address" in words(officer.get(f"/agreements/{agreement.reference}/breaches/"))
    head = sign_in(cast.chief_executive)
    assert head.get(here).status_code == 200
    assert head.post(f"{here}decide/", {"notifiable": "no", "reasons": "x"}).status_code == 403
    outside = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert outside.get(here).status_code == 404
    assert "Letters" not in words(outside.get("/assurance/breaches/"))


def test_many_take_as_few_queries_as_one(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    asked = []
    for number in (1, 49):
        with mock.patch("assurance.actions.breach.breaches_due"):
            breach = [breach_at(cast, agreement=agreement) for _ in range(number)][-1]
        for pages, most in (("/assurance/breaches/", 8), (f"/assurance/breaches/{breach.reference}/", 15)):
            officer.get(pages)
            with CaptureQueriesContext(connection) as found:
                assert officer.get(pages).status_code == 200
            assert len(found) <= most
            asked.append(len(found))
    assert asked[:2] == asked[2:]
