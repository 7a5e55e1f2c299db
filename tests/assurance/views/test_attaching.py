"""Evidence attached where it is asked for: the file is kept first, and nothing that is refused later loses it."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import Document
from assurance.actions.audit_sample import draw_audit_sample
from assurance.models import Activity
from tests.agreements.views.conftest import SignIn
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import found, given, planned
from tests.cast import NOW, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db
SAID: dict[str, object] = {"done_on": "14/07/2026", "summary": "Ten <records>", "outcome": "satisfactory"}


def pdf(name: str = "Visit report.pdf", content: bytes = PDF) -> dict[str, object]:
    return {"evidence_file": SimpleUploadedFile(name, content)}


def shown(client: Client, address: str, said: dict[str, object]) -> str:
    response = client.post(address, said)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_file_is_kept_chosen_and_shown_whatever_else_is_refused(cast: Cast, sign_in: SignIn) -> None:
    agreement, by = signed_outside(cast), sign_in(cast.auditor)
    visit = planned(agreement, cast.auditor, "site_visit")
    here = reverse("activity_do", args=[visit.code])
    before = Document.objects.count()
    refused = shown(by, here, SAID | pdf("report.exe", b"MZ\x90"))
    assert "report.exe” ends in .exe" in refused
    assert "Ten <records>" in refused
    refused = shown(sign_in(cast.business_owner), here, SAID | pdf())
    assert "needs" in refused
    assert Document.objects.count() == before

    refused = shown(by, here, SAID | pdf() | {"outcome": "partly"})
    assert "choose a severity" in refused
    letter = Document.objects.get(title="Visit report")
    assert f'value="{letter.pk}" selected' in refused
    assert "“Visit report” is kept already, with the documents of the agreement" in refused
    assert by.post(here, SAID | {"evidence": letter.pk, "evidence_page": "2"}).status_code == 302
    page = unescape(by.get(visit.get_absolute_url()).content.decode())
    assert "Visit report" in page
    assert "page 2" in page
    more = reverse("activity_show", args=[visit.code])
    assert by.post(more, pdf("The same again.pdf")).status_code == 302
    assert Document.objects.count() == before + 1  # the very bytes stand there already
    assert Activity.objects.get(pk=visit.pk).shown_by.count() == 2


def test_the_owner_of_an_action_and_whoever_writes_a_paper_attach_theirs(cast: Cast, sign_in: SignIn) -> None:
    agreement = signed_outside(cast)
    action = given(found(cast.auditor, agreement), cast.staff_member, cast.auditor)
    done = sign_in(cast.staff_member).post(
        reverse("action_do", args=[action.code]), {"note": "They are kept"} | pdf("Setting.pdf")
    )
    assert done.status_code == 302
    action.refresh_from_db()
    assert (str(action.evidence), action.state) == ("Setting", "done")
    sample = draw_audit_sample(title="Access", population="all", size=1, by=cast.auditor, now=NOW)
    there = reverse("working_paper", args=[sample.papers.get().pk])
    paper = {"note": "As agreed", "result": "sound"} | pdf("Paper.pdf", PDF + b"\n")
    assert sign_in(cast.auditor).post(there, paper).status_code == 302
    assert str(sample.papers.get().evidence) == "Paper"
    outside = reverse("action_do", args=[given(found(cast.auditor), cast.staff_member, cast.auditor).code])
    assert "evidence_file" not in sign_in(cast.staff_member).get(outside).content.decode()
