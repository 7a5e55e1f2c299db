"""The list of policies as people use it, and what the letter's expectation finds of it (L0)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assurance.models import Policy
from assurance.views import policy as views
from tests.assurance.yearly import policy_of
from tests.cast import Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def test_from_an_empty_list_to_a_reviewed_policy(officer: Client, cast: Cast) -> None:
    assert "No policy in use is recorded on: Privacy and information sharing" in officer.get(reverse("policies")).text
    assert "No policy is recorded" in officer.get(reverse("agency_conformance")).text
    given = {
        "title": f"Sharing {HOSTILE}", "area": "privacy", "owner": cast.business_owner.who.name,
        "approved_on": "1 July 2025", "next_review": "1 August 2025", "address": "intranet.example.nz/sharing",
    }  # fmt: skip
    wrong = officer.post(reverse("policy_add"), given | {"next_review": "1 July 2025", "address": "javascript:1"}).text
    assert "<title>Error: " in wrong
    assert "Sharing &lt;script&gt;" in wrong
    assert not Policy.objects.exists()
    page = officer.post(reverse("policy_add"), given, follow=True).text
    assert "Review overdue" in page
    assert HOSTILE not in page
    found = Policy.objects.get()
    review = {"kind": "reviewed", "on": "1 July 2026", "next_review": "1 July 2099", "note": "It stands"}
    page = officer.post(reverse("policy_step", args=[found.pk]), review, follow=True).text
    assert "Current" in page
    assert "Reviewed, it stands" in page
    assert "1\N{NO-BREAK SPACE}July 2099" in page
    page = officer.get(reverse("agency_conformance")).text
    assert "No policy in use is recorded on contract management; conflicts of interest" in page
    seen = officer.get(reverse("policy_change", args=[found.pk])).text.split('name="seen" value="')[1][:16]
    told = {"title": "Sharing", "owner": cast.auditor.who.name, "seen": seen}
    assert cast.auditor.who.name in officer.post(reverse("policy_change", args=[found.pk]), told, follow=True).text
    told |= {"owner": cast.business_owner.who.name}
    page = officer.post(reverse("policy_change", args=[found.pk]), told).text
    assert f"{cast.privacy_officer} saved this at" in page
    assert f'value="theirs" form="answers">{cast.auditor.who.name}' in page


def test_everybody_of_the_agency_reads_and_nobody_else(cast: Cast, client: Client) -> None:
    policy = policy_of(cast)
    client.force_login(cast.staff_member)
    page = client.get(policy.get_absolute_url()).text
    assert "Sharing policy" in page
    assert "Record a review" not in page
    step = reverse("policy_step", args=[policy.pk])
    assert "Only its owner can do this" in client.get(step).text
    client.post(step, {"kind": "withdrawn", "on": "1 July 2026", "note": "No"})
    assert Policy.objects.get().ended_on is None
    assert "Sharing policy" in client.get(reverse("policies"), {"look": "overdue"}).text
    for look in ("mine", "conflicts", "withdrawn"):
        assert "Sharing policy" not in client.get(reverse("policies"), {"look": look}).text
    assert "Sharing policy" in client.get(reverse("policies"), {"look": "nonsense", "page": "99"}).text
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    assert "Sharing policy" not in client.get(reverse("policies")).text
    assert client.get(policy.get_absolute_url()).status_code == 404


def test_the_policy_itself_is_kept_goes_along_as_a_sheet_and_every_change_is_told(
    cast: Cast, officer: Client, client: Client
) -> None:
    policy, owner = policy_of(cast, title="=Sharing()"), cast.business_owner
    attach, history = (reverse(name, args=[policy.pk]) for name in ("policy_attach", "policy_history"))
    client.force_login(owner)
    wrong = client.post(attach, {"file": SimpleUploadedFile("policy.pdf", b"MZ\0\0")}).text
    assert "is no PDF by its content" in wrong
    client.post(attach, {"file": SimpleUploadedFile("policy-2025.pdf", PDF)})
    client.post(attach, {"file": SimpleUploadedFile("policy-2026.txt", b"Share no more than is needed.")})
    newest, first = policy.files.order_by("-pk")
    page = client.get(policy.get_absolute_url()).text
    assert page.index("policy-2026.txt") < page.index("in use") < page.index("policy-2025.pdf") < page.index("earlier")
    client.force_login(cast.staff_member)
    assert b"".join(client.get(reverse("policy_file", args=[policy.pk, first.pk]))) == PDF
    assert client.post(attach, {"file": SimpleUploadedFile("x.txt", b"Mine")}).status_code == 200
    assert policy.files.count() == 2, "not whose policy it is"
    assert client.get(reverse("policies_sheet", args=["csv"])).status_code == 403
    sheet = b"".join(officer.get(reverse("policies_sheet", args=["csv"]), {"look": "overdue"})).decode()
    assert "'=Sharing()" in sheet
    assert f"{owner.who.name}" in sheet
    assert newest.file_name in sheet
    told = officer.get(history).text
    assert "policy-2026.txt" in told
    assert str(owner) in told
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assurance_policyfile")


@pytest.mark.parametrize("many", [1, 50])
def test_budget(
    officer: Client, cast: Cast, many: int, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr(views, "A_PAGE", 100)
    for number in range(many):
        policy_of(cast, title=f"Policy {number}")
    officer.get(reverse("policies"))
    with django_assert_max_num_queries(8):
        assert officer.get(reverse("policies")).text.count("Policy ") >= many
