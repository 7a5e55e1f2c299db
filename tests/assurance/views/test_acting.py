"""What shows a breach is kept, a mistaken link is set aside and stays on record, and a leaver's are handed over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from agreements.choices import Status
from agreements.errors import NotYours
from assurance.actions.breach import link_breach_agreement
from assurance.actions.breach_kept import give_breach, set_link_aside
from assurance.actions.complaint import give_complaint
from assurance.actions.concern_handling import give_concern
from assurance.due.breach import calendar_of as breach_days
from assurance.due.complaint import calendar_of, complaints_due
from assurance.models import BreachAgreement, BreachFile
from assurance.pdf.breach import breach_sheet
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.models import Handover, Notice
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at
from tests.assurance.breached import breach_at
from tests.assurance.concerned import anonymous_at, complaint_at, own_at
from tests.assurance.views.test_breach import words
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db


def pdf(name: str = "letter.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_evidence_is_judged_by_its_bytes_kept_once_and_read_by_who_reads_breaches(
    officer: Client, cast: Cast, sign_in: SignIn
) -> None:
    here = f"/assurance/breaches/{breach_at(cast).reference}/"
    assert 'enctype="multipart/form-data"' in officer.get(f"{here}evidence/").content.decode()
    wrong = words(officer.post(f"{here}evidence/", {"what": "The letter", "file": pdf("run.pdf", b"MZ\0\0")}))
    assert "is no PDF by its content" in wrong
    assert "The letter" in wrong
    assert officer.post(f"{here}evidence/", {"what": "The letter"}).context["form"].errors["file"]
    officer.post(f"{here}evidence/", {"what": "The <b>letter</b>", "file": pdf("../../a\u202etter.pdf")})
    again = words(officer.post(f"{here}evidence/", {"what": "Again", "file": pdf()}))
    assert "This very file is here already" in again
    kept = BreachFile.objects.get()
    page = officer.get(here)
    assert "The &lt;b&gt;letter" in page.content.decode()
    assert "Evidence added" in words(page)
    answer = officer.get(f"{here}evidence/{kept.pk}/")
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert officer.get(f"/assurance/breaches/{breach_at(cast).reference}/evidence/{kept.pk}/").status_code == 404
    assert sign_in(cast.business_owner).get(f"{here}evidence/{kept.pk}/").status_code == 403
    assert sign_in(Cast("OTH", "Other Ministry").privacy_officer).get(f"{here}evidence/{kept.pk}/").status_code == 404
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assurance_breachfile")


def test_a_link_made_by_mistake_is_set_aside_with_a_reason_and_stays(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    breach = breach_at(cast, agreement=agreement)
    here, panel = f"/assurance/breaches/{breach.reference}/", f"/agreements/{agreement.reference}/breaches/"
    assert officer.get(panel).context["count"] == 1
    assert breach.title in words(officer.get(panel))
    assert "<title>Error: " in officer.post(f"{here}unlink/", {"agreement": agreement.pk, "why": " "}).content.decode()
    officer.post(f"{here}unlink/", {"agreement": agreement.pk, "why": "Another school"})
    page = words(officer.get(here))
    assert f"{agreement} was linked by mistake: Another school" in page
    assert "Breach contacts" in page
    assert "Nobody: link the agreement" in page
    assert officer.get(panel).context["count"] == 0
    assert breach.title not in words(officer.get(panel))
    assert "Privacy breach recorded" not in words(officer.get(agreement.get_absolute_url()))
    assert agreement.reference not in b"".join(officer.get("/assurance/breaches/breaches.csv")).decode()
    assert "No agreement is linked" in words(officer.get(f"{here}unlink/"))
    said = breach_sheet(breach, cast.privacy_officer, NOW).facts
    assert [what for term, what in said if term == "Linked by mistake"] == [f"{agreement}: Another school"]
    with pytest.raises(ValidationError, match="is not linked"):
        set_link_aside(breach=breach, agreement=agreement, why="x", by=cast.privacy_officer, now=NOW)
    link_breach_agreement(breach=breach, agreement=agreement, by=cast.privacy_officer, now=NOW)
    rows = list(BreachAgreement.objects.order_by("pk").values_list("aside_why", "aside_by"))
    assert rows == [("Another school", cast.privacy_officer.pk), ("", None)], "linked again beside what stays"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assurance_breachagreement SET aside_at = NULL, aside_by_id = NULL, aside_why = ''")


def test_after_72_hours_the_page_says_by_how_much_and_what_is_left(officer: Client, cast: Cast) -> None:
    breach = breach_at(cast, hours=75)
    page = words(officer.get(f"/assurance/breaches/{breach.reference}/"))
    assert "72 hours were over on" in page
    assert "Decide whether it has to be notified now, and write into the log why it took longer" in page
    officer.post(f"/assurance/breaches/{breach.reference}/decide/", {"notifiable": "yes", "reasons": "Harm"})
    assert "Notify now, and write into the log" in words(officer.get(f"/assurance/breaches/{breach.reference}/"))


def test_each_is_given_to_somebody_who_may_read_it_and_a_leavers_is_handed_over(cast: Cast, officer: Client) -> None:
    by, second = cast.privacy_officer, cast.integrity_champion
    breach, complaint = breach_at(cast), complaint_at(cast)
    concern, own = anonymous_at(cast), own_at(second, receipt="own")
    day = complaint.answer_by
    for give in (
        lambda owner: give_breach(breach=breach, owner=owner, by=by, now=NOW),
        lambda owner: give_complaint(complaint=complaint, owner=owner, answer_by=day, by=by, now=NOW),
    ):
        with pytest.raises(ValidationError, match="Choose somebody whose role allows it"):
            give(cast.staff_member.who)
        give(by.who)
    give_concern(concern=concern, owner=by.who, answer_by=day, by=by, now=NOW)
    give_concern(concern=own, owner=by.who, answer_by=day, by=by, now=NOW)
    complaints_due(day)
    assert Notice.objects.open().get(kind="complaint_due").recipient == by.who, "nobody else is bothered"
    assert [one.what for one in calendar_of(by)] == [complaint.reference]
    assert [one.what for one in breach_days(by)] == [f"{breach.reference}: 72 hours end"]
    assert f"Given to {by.who}" in words(officer.get(f"/assurance/complaints/{complaint.reference}/"))
    mark_left(person=by.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    rows = {
        row.subject: row for row in Handover.objects.filter(leaver=by.who, kind__in=("breach", "concern", "complaint"))
    }
    assert set(rows) == {breach.reference, complaint.reference, concern.reference, own.reference}
    assert {row.title for row in rows.values()} == set(rows), "who hands over need not read what they say"
    with pytest.raises(NotYours, match="raised it"):
        hand_over(handover=rows[own.reference], to=second.who, by=cast.administrator, on=TODAY)
    with pytest.raises(NotYours, match="Choose somebody whose role allows it"):
        hand_over(handover=rows[concern.reference], to=cast.business_owner.who, by=cast.administrator, on=TODAY)
    for one in (complaint, concern):
        hand_over(handover=rows[one.reference], to=second.who, by=cast.administrator, on=TODAY)
        one.refresh_from_db()
        assert one.owner == second.who
        assert one.steps.latest("pk").said == f"Handed over from {by.who} to {second.who}"
    complaints_due(day + timedelta(days=1))
    assert Notice.objects.open().get(kind="complaint_late").recipient == second.who
