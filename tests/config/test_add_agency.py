"""An agency joins with its first administrator, or nothing is added."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from people.models import Agency, User
from people.roles import Role
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
GIVEN = {"administrator": "Ana Faleolo", "email": "Ana@new.example.nz"}


def test_the_first_administrator_gets_in_by_the_link(client: Client) -> None:
    said = StringIO()
    call_command("add_agency", "NEW", "New Ministry", **GIVEN, stdout=said)
    user = User.objects.get(email="ana@new.example.nz")
    assert (user.agency.name, user.roles) == ("New Ministry", frozenset({Role.ADMINISTRATOR}))
    form = client.get(urlsplit(said.getvalue().splitlines()[-1]).path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("people:people")).status_code == 200


def test_what_is_wrong_is_said_and_nothing_is_added() -> None:
    call_command("add_agency", "NEW", "New Ministry", **GIVEN, stdout=StringIO())
    for code, name, sentence in (
        ("new", "Other", "two to eight capital letters"),
        ("OTHER", "New Ministry", "already exists"),
        ("OTHER", "Other", "already signs in somebody else"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("add_agency", code, name, **GIVEN, stdout=StringIO())
    assert list(Agency.objects.values_list("code", flat=True)) == ["NEW"]
