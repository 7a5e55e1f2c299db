"""An agency's words for roles: in headings, in sentences, and without a query for whoever is signed in."""

import pytest
from django.test import Client

from people.actions.agency import change_agency
from people.labels import a_role, role_in_text, role_label, role_labels
from people.models import Agency
from people.roles import Role
from people.sign_in.backend import PeopleBackend
from tests.cast import Cast


def renamed(cast: Cast, **labels: str) -> Agency:
    """The agency as read anew after it renamed roles."""
    change_agency(agency=cast.agency, values={"head_title": "commissioner"}, labels=labels, by=cast.administrator)
    return Agency.objects.get(pk=cast.agency.pk)


@pytest.mark.parametrize(
    ("label", "in_text", "one"),
    [
        ("Data steward", "data steward", "a data steward"),
        ("Information lead", "information lead", "an information lead"),
        ("Ōtautahi lead", "ōtautahi lead", "an ōtautahi lead"),
        ("DPO", "DPO", "a DPO"),
        ("Kaitiaki Māori", "Kaitiaki Māori", "a Kaitiaki Māori"),
    ],
)
def test_own_words_read_well_in_a_sentence(cast: Cast, label: str, in_text: str, one: str) -> None:
    agency = renamed(cast, approver=label)
    assert role_label(agency, Role.APPROVER) == label
    assert role_in_text(agency, Role.APPROVER) == in_text
    assert a_role(agency, Role.APPROVER) == one


def test_the_head_goes_by_their_title(cast: Cast) -> None:
    assert role_labels(renamed(cast))[Role.CHIEF_EXECUTIVE] == "Commissioner"
    assert a_role(Agency.objects.get(pk=cast.agency.pk), Role.CHIEF_EXECUTIVE) == "a commissioner"


def test_a_shorter_word_gives_way_to_the_agencys_own(cast: Cast) -> None:
    assert role_label(cast.agency, Role.BUSINESS_OWNER, "Owner") == "Owner"
    assert role_label(renamed(cast, business_owner="Sponsor"), Role.BUSINESS_OWNER, "Owner") == "Sponsor"


def test_whoever_is_signed_in_brings_the_words_along(cast: Cast, django_assert_num_queries: object) -> None:
    renamed(cast, approver="Delegate", auditor="Assurance")
    key = cast.privacy_officer.pk
    with django_assert_num_queries(1):  # type: ignore[operator]
        user = PeopleBackend().get_user(key)
        assert user is not None
        assert role_labels(user.agency)[Role.AUDITOR] == "Assurance"
        assert role_label(user.agency, Role.APPROVER) == "Delegate"


def test_a_new_word_is_seen_at_the_next_request(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    client.get("/people/roles/")
    renamed(cast, approver="Delegate")
    assert "Delegate" in client.get("/people/roles/").content.decode()
