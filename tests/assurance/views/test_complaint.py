"""Complaints: recorded, linked, answered and opened again; they add up by theme."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.choices import Status
from agreements.errors import NotYours
from assurance.actions.complaint import close_complaint, note_complaint
from assurance.due.complaint import complaints_due
from assurance.models import Complaint
from people.models import Notice
from people.permissions import NotPermitted
from records.acting import acting
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at
from tests.assurance.concerned import complaint_at
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
SAID = {"received_on": "1 July 2026", "source": "ombudsman", "theme": "disclosure", "text": "Told my <b>landlord</b>"}


def words(response: Any) -> str:
    return unescape(" ".join(response.content.decode().replace("\xa0", " ").split()))


def test_from_receipt_to_answer(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    refused = words(officer.post("/assurance/complaints/record/", SAID | {"received_on": "1 July 2099"}))
    assert "a day that has come" in refused
    here = officer.post("/assurance/complaints/record/", SAID | {"agreement": agreement.reference})["Location"]
    complaint = Complaint.objects.get()
    assert complaint.answer_by == date(2026, 7, 30), "20 working days: Matariki is none"
    shown = officer.get(here)
    assert "&lt;b&gt;landlord" in shown.content.decode()
    assert agreement.title in words(shown)
    for name in ("answer", "note", "agreement", "reopen"):
        assert officer.get(f"{here}{name}/").status_code == 200
    officer.post(f"{here}note/", {"said": "Rang the landlord"})
    officer.post(f"{here}answer/", {"outcome": "upheld", "answer": "We apologised"})
    page = words(officer.get(here))
    assert "Rang the landlord" in page
    assert "Upheld" in page
    assert "open it again first" in words(officer.get(f"{here}note/"))
    officer.post(f"{here}reopen/", {"why": "They wrote again"})
    assert Complaint.objects.get().closed_on is None


def test_a_link_that_was_a_mistake_is_set_aside_and_stays_on_record(cast: Cast, officer: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    complaint = complaint_at(cast, agreement=agreement)
    here = f"/assurance/complaints/{complaint.reference}/"
    said = {"agreement": agreement.pk, "why": ""}
    assert "Answer “Why?”" in words(officer.post(f"{here}unlink/", said))
    officer.post(f"{here}unlink/", said | {"why": "Another deed of that name"})
    page = words(officer.get(here))
    assert "No agreement is linked" in page
    assert f"It is not about {agreement.reference}: Another deed of that name" in page
    assert "No agreement is linked" in words(officer.get(f"{here}unlink/"))
    sheet = b"".join(officer.get("/assurance/complaints/complaints.csv")).decode()
    assert agreement.reference not in sheet
    officer.post(f"{here}agreement/", {"agreement": agreement.reference})
    assert complaint.agreement_links.count() == 2
    assert complaint.agreement_links.standing().count() == 1
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assurance_complaintagreement SET aside_why = 'Never' WHERE aside_at IS NOT NULL")


def test_they_add_up_by_theme_and_others_see_no_small_numbers(cast: Cast, officer: Client, sign_in: SignIn) -> None:
    for _ in range(5):
        complaint_at(cast)
    late = complaint_at(cast, theme="access", received_on=TODAY - timedelta(days=90))
    themes = officer.get("/assurance/complaints/").context["themes"]
    assert [(theme.label, theme.numbers[0][1]) for theme in themes] == [
        ("All complaints", 6), ("Used for something else", 5), ("Access or correction", 1)
    ]  # fmt: skip
    for theme in themes:
        for _, number, query in theme.numbers:
            assert officer.get(f"/assurance/complaints/?{query}").context["page"].paginator.count in {number, 6}
    page = words(sign_in(cast.auditor).get("/assurance/concerns/counts/"))
    assert "Access or correction" in page
    assert "Fewer than 5" in page
    assert sign_in(cast.auditor).get("/assurance/complaints/").status_code == 403
    assert officer.get("/assurance/complaints/?theme=huge").status_code == 400
    assert "marketing" not in b"".join(officer.get("/assurance/complaints/complaints.csv")).decode()
    complaints_due(TODAY)
    texts = {notice.text.replace("\xa0", " ") for notice in Notice.objects.open()}
    assert texts == {f"{late.reference} was to be answered by {late.answer_by.day} May 2026"}
    other = Cast("OTH", "Other Ministry").privacy_officer
    assert sign_in(other).get(f"/assurance/complaints/{late.reference}/").status_code == 404
    with pytest.raises(NotYours):
        note_complaint(complaint=late, said="x", by=other, now=NOW)
    with pytest.raises(NotPermitted):
        note_complaint(complaint=late, said="x", by=cast.auditor, now=NOW)


def test_it_closes_with_an_answer_and_its_rows_stand(cast: Cast) -> None:
    complaint, by = complaint_at(cast), cast.privacy_officer
    with pytest.raises(ValidationError, match="what was answered"):
        close_complaint(complaint=complaint, outcome="upheld", answer=" ", by=by, now=NOW)
    wrong = Complaint.objects.get()
    wrong.closed_on, wrong.closed_by = TODAY, by
    with pytest.raises(IntegrityError, match="closed_with_an_answer"), acting(by=by), transaction.atomic():
        wrong.save()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assurance_complaintstep")


def test_many_take_as_few_queries_as_one(officer: Client, cast: Cast) -> None:
    asked = []
    for number in (1, 49):
        with mock.patch("assurance.actions.complaint.complaints_due"):
            one = [complaint_at(cast) for _ in range(number)][-1]
        for page, most in (("/assurance/complaints/", 8), (f"/assurance/complaints/{one.reference}/", 15)):
            officer.get(page)
            with CaptureQueriesContext(connection) as found:
                assert officer.get(page).status_code == 200
            assert len(found) <= most
            asked.append(len(found))
    assert asked[:2] == asked[2:]
