"""The list of policies as people use it, and what the letter's expectation finds of it (L0)."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assurance.models import Policy
from assurance.views import policy as views
from tests.assurance.yearly import policy_of
from tests.cast import Cast

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
    assert "Only its owner can do this" in page
    client.post(reverse("policy_step", args=[policy.pk]), {"kind": "withdrawn", "on": "1 July 2026", "note": "No"})
    assert Policy.objects.get().ended_on is None
    assert "Sharing policy" in client.get(reverse("policies"), {"look": "overdue"}).text
    for look in ("mine", "conflicts", "withdrawn"):
        assert "Sharing policy" not in client.get(reverse("policies"), {"look": look}).text
    assert "Sharing policy" in client.get(reverse("policies"), {"look": "nonsense", "page": "99"}).text
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    assert "Sharing policy" not in client.get(reverse("policies")).text
    assert client.get(policy.get_absolute_url()).status_code == 404


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
