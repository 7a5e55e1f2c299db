"""A sample is drawn by chance, again the same from its seed; what was seen of each agreement is kept for good."""

from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.errors import NotNow, NotYours
from assurance.actions.audit_sample import draw_audit_sample, drawn, write_paper
from assurance.models import AuditSample, Finding
from people.permissions import NotPermitted
from tests.agreements.views.conftest import SignIn, sign_in  # noqa: F401 - a fixture
from tests.assurance.planned import existing
from tests.assurance.working import SHOWN, refused
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SEED = "kea"


def test_it_is_drawn_from_what_there_is_by_somebody_who_verifies(cast: Cast) -> None:
    existing(cast, "One")
    told: dict[str, Any] = {"title": "Access is limited", "population": "never", "now": NOW}
    with pytest.raises(ValidationError, match="Draw between 1 and 1"):
        draw_audit_sample(size=4, by=cast.auditor, **told)
    with pytest.raises(NotPermitted):
        draw_audit_sample(size=1, by=cast.contract_manager, **told)
    assert not AuditSample.objects.exists()


def test_drawn_again_from_its_seed_and_its_papers_stand(cast: Cast, sign_in: SignIn) -> None:  # noqa: F811
    for title in ("One", "Two", "Three"):
        existing(cast, title)
    client = sign_in(cast.auditor)
    asked = {"title": "Access is limited", "population": "never", "size": "2", "seed": SEED}
    assert client.post(reverse("audit_sample_draw"), asked).status_code == 302
    sample = AuditSample.objects.get()
    first, second = sample.papers.order_by("agreement")
    assert drawn(sample.frame, SEED, 2) == [first.agreement_id, second.agreement_id]
    assert len(sample.frame) == 3

    with pytest.raises(ValidationError, match="It needs evidence"):
        write_paper(paper=first, result="sound", note="Ten accounts", severity="", shown={}, by=cast.auditor, now=NOW)
    with pytest.raises(ValidationError, match="choose a severity"):
        write_paper(paper=first, result="gap", note="Ten more", severity="", shown=SHOWN, by=cast.auditor, now=NOW)
    with pytest.raises(NotYours):
        outsider = Cast("OTH", "Other Ministry").auditor
        write_paper(paper=first, result="sound", note="Ten", severity="", shown=SHOWN, by=outsider, now=NOW)
    kept = write_paper(
        paper=first, result="gap", note="Ten more have access", severity="high", shown=SHOWN, by=cast.auditor, now=NOW
    )
    finding = Finding.objects.get()
    assert (kept.finding, finding.origin, finding.agreement_id, kept.checked_on is None) == (
        finding, "sample", first.agreement_id, False,
    )  # fmt: skip
    with pytest.raises(NotNow, match="stands as it is"):
        write_paper(paper=kept, result="sound", note="Fine", severity="", shown=SHOWN, by=cast.auditor, now=NOW)
    refused("UPDATE assurance_sampledagreement SET result = 'sound' WHERE id = %s", kept.pk)
    refused("UPDATE assurance_auditsample SET seed = 'moa' WHERE id = %s", sample.pk)

    paper = {"note": "All ten left", "result": "sound", "severity": "", "evidence_note": "List of 1 July"}
    assert client.post(reverse("working_paper", args=[second.pk]), paper).status_code == 302
    page = unescape(client.get(sample.get_absolute_url()).content.decode())
    for words in ("The same agreements", SEED, "2 of 2 looked at", "Ten more have access", "List of 1 July"):
        assert words in page
    sheet = b"".join(client.get(reverse("audit_sample_sheet", args=[sample.pk, "csv"]))).decode()
    assert "Not as it should be" in sheet
    assert "All ten left" in sheet
    assert "Access is limited" in client.get(reverse("audit_samples")).content.decode()
