"""Adding an organisation: near-duplicates are offered first."""

import pytest
from django.test import Client
from django.urls import reverse

from agreements.choices import Confidence
from agreements.models import Organisation
from tests.agreements_at import organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADD = "agreements:organisation_add"
ANSWERS = {"kind": "ngo", "state_services": "no", "public_service": "no", "country": "New Zealand"}


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(Cast().privacy_officer)
    return client


def test_a_name_of_its_own_is_added(officer: Client) -> None:
    response = officer.post(reverse(ADD), ANSWERS | {"name": "Pūkeko Data Services", "nzbn": "9429 0000 00017"})
    body = Organisation.objects.get(name="Pūkeko Data Services")
    assert response["Location"] == reverse("agreements:organisation", args=[body.pk])
    assert (body.nzbn, body.state_services, body.confidence) == ("9429000000017", "no", Confidence.ADDED)


def test_a_near_duplicate_is_offered_and_nothing_is_added(officer: Client) -> None:
    organisation("Te Whare Tautoko Trust")
    page = officer.post(reverse(ADD), ANSWERS | {"name": "Te Whare Tautoko"})
    assert "Did you mean one of these?" in page.text
    assert "Te Whare Tautoko Trust: use this one" in page.text
    assert Organisation.objects.filter(name="Te Whare Tautoko").count() == 0


def test_choosing_the_existing_one_adds_nothing(officer: Client) -> None:
    trust = organisation("Te Whare Tautoko Trust")
    count = Organisation.objects.count()
    response = officer.post(reverse(ADD), ANSWERS | {"name": "Te Whare Tautoko", "meant": str(trust.pk)})
    assert response["Location"] == reverse("agreements:organisation", args=[trust.pk])
    assert Organisation.objects.count() == count


def test_it_may_be_a_different_one(officer: Client) -> None:
    organisation("Te Whare Tautoko Trust")
    officer.post(reverse(ADD), ANSWERS | {"name": "Te Whare Tautoko", "meant": "different"})
    assert Organisation.objects.filter(name="Te Whare Tautoko").exists()


def test_the_very_same_name_is_not_added_twice(officer: Client) -> None:
    organisation("Te Whare Tautoko Trust")
    page = officer.post(reverse(ADD), ANSWERS | {"name": "TE WHARE TAUTOKO TRUST", "meant": "different"})
    assert "There is already an organisation of this name" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("nzbn", "9429000000016", "this one does not add up"),
        ("nzbn", "12", "An NZBN has 13 digits"),
        ("name", "x" * 201, "at most 200 characters"),
        ("name", "🙂🙂", "letters or digits"),
        ("name", "a\0b", "Null characters are not allowed"),
        ("kind", "wizard", "wizard is not one of the available choices"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    officer: Client, field: str, typed: str, sentence: str
) -> None:
    page = officer.post(reverse(ADD), ANSWERS | {"name": "Kererū Freight", "country": "Tōnga"} | {field: typed})
    assert sentence in page.text
    assert "Tōnga" in page.text
    assert Organisation.objects.filter(country="Tōnga").count() == 0


@pytest.mark.parametrize("name", ["O’Reilly & Sons <b>", "Ōpōtiki {{ name }}", "شركة \u202e cba", "Hōhepa's 🌿 Trust"])
def test_names_are_shown_as_typed(officer: Client, name: str) -> None:
    officer.post(reverse(ADD), ANSWERS | {"name": name})
    body = Organisation.objects.get(name=name)
    page = officer.get(reverse("agreements:organisation", args=[body.pk])).text
    assert "<b>" not in page
    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in page


def test_who_may_not_add(client: Client) -> None:
    client.force_login(Cast().auditor)
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), ANSWERS | {"name": "X"}).status_code == 403


def test_put_is_refused(officer: Client) -> None:
    assert officer.put(reverse(ADD)).status_code == 405
