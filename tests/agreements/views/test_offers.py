"""The fragments under a picker."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.reference_data import load_reference_data
from people.actions.system import system_user
from tests.agreements_at import organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ORGANISATIONS, PROVISIONS = "agreements:organisation_offers", "agreements:legal_provision_offers"


def test_radios_for_what_was_typed(client: Client) -> None:
    trust = organisation()
    client.force_login(Cast().privacy_officer)
    page = client.get(reverse(ORGANISATIONS), {"field": "p-0-organisation", "p-0-organisation": "whare tau"})
    assert f'name="p-0-organisation-pick" value="{trust.pk}"' in page.text
    assert 'name="p-0-organisation-for" value="whare tau"' in page.text
    assert "None of these?" in page.text


def test_nothing_typed_nothing_offered(client: Client) -> None:
    client.force_login(Cast().privacy_officer)
    assert "radio" not in client.get(reverse(ORGANISATIONS), {"field": "x", "x": "  "}).text
    assert client.get(reverse(ORGANISATIONS)).status_code == 200


def test_only_who_may_add_is_shown_how(client: Client) -> None:
    client.force_login(Cast().adviser)
    assert "Add “" not in client.get(reverse(ORGANISATIONS), {"field": "x", "x": "Zebra"}).text


def test_what_was_typed_is_shown_as_typed(client: Client) -> None:
    client.force_login(Cast().privacy_officer)
    page = client.get(reverse(ORGANISATIONS), {"field": '"><b>', '"><b>': "<i>Ōtaki</i> & “Sons’”"})
    assert "<i>" not in page.text
    assert "<b>" not in page.text
    assert "&lt;i&gt;Ōtaki&lt;/i&gt; &amp;" in page.text


def test_provisions_of_the_library(client: Client) -> None:
    load_reference_data(by=system_user("reference"))
    client.force_login(Cast().privacy_officer)
    page = client.get(reverse(PROVISIONS), {"field": "basis", "basis": "tax administration"})
    assert "Tax Administration Act 1994" in page.text


def test_few_queries_whatever_is_found(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(50):
        organisation(f"Te Whare Tautoko {number}")
    client.force_login(Cast().privacy_officer)
    client.get(reverse(ORGANISATIONS))  # the session is touched once in five minutes
    with django_assert_max_num_queries(9):
        client.get(reverse(ORGANISATIONS), {"field": "x", "x": "whare tautoko"})


@pytest.mark.parametrize("name", [ORGANISATIONS, PROVISIONS])
def test_a_post_is_refused(client: Client, name: str) -> None:
    client.force_login(Cast().privacy_officer)
    assert client.post(reverse(name)).status_code == 405
