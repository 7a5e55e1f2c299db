"""Single sign-on against a provider that answers as real ones do: discovery, token, user information."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from config.single_sign_on import oidc_app, origin
from people.actions.user import deactivate, invite
from people.models import Person, User
from people.roles import Role
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
ISSUER = "https://id.mcw.example.nz/tenant"
GIVEN = {"id": "mcw", "name": "the Ministry", "issuer": ISSUER, "client_id": "register", "client_secret": "s"}


@dataclass
class Provider:
    """A provider of identity, behind the HTTP layer; ``says`` is what it knows about whoever comes."""

    says: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def send(self, request: PreparedRequest, **__: object) -> Response:
        """Answer a request of the register's server."""
        address = str(request.url)
        self.asked.append(address.removeprefix(ISSUER))
        response = Response()
        response.status_code, response.request, response.url = 200, request, address
        response.headers["content-type"] = "application/json"
        response._content = json.dumps(self.answers(address)).encode()
        return response

    def answers(self, address: str) -> dict[str, Any]:
        """Discovery, token or user information, by address."""
        if address.endswith("/.well-known/openid-configuration"):
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{ISSUER}/{path}" for name, path in names.items()}
            return found | {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}
        if address.endswith("/token"):
            return {"access_token": "t", "token_type": "Bearer"}
        return self.says


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider, set up as OIDC_PROVIDERS would."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [oidc_app(**GIVEN, agency="MCW")]}}
    made = Provider()
    monkeypatch.setattr(HTTPAdapter, "send", made.send)
    return made


def come_back(client: Client, provider: Provider, **says: Any) -> Any:
    """Leave for the provider, and return as the person it describes."""
    provider.says = {"sub": "42"} | says
    away = client.post(reverse("openid_connect_login", args=["mcw"]))
    sent = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith(f"{ISSUER}/authorize?")
    assert sent["code_challenge_method"] == ["S256"]
    back = {"code": "c", "state": sent["state"][0]}
    return client.get(reverse("openid_connect_callback", args=["mcw"]), back)


@pytest.mark.get_may_write("the provider sends people back by GET, and the link to the user is kept")
def test_an_invited_person_is_linked_by_verified_address(
    client: Client, cast: Cast, aroha: Person, provider: Provider
) -> None:
    user = invite(person=aroha, on=TODAY, by=cast.administrator)
    answer = come_back(client, provider, email=user.email.upper(), email_verified=True)
    assert (answer.status_code, client.session.get("_auth_user_id")) == (302, str(user.pk))
    assert SocialAccount.objects.get(user=user).uid == "42"
    again = Client()
    come_back(again, provider, email="renamed@elsewhere.example", email_verified=True)
    assert again.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.get_may_write("the session of the way there ends")
@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ({"email": "stranger@mcw.example.nz", "email_verified": True}, "Ask the administrator of your agency"),
        ({"email": "auditor@mcw.example.nz", "email_verified": False}, "did not say that"),
        ({}, "did not say that your e-mail address"),
        ({"email": "auditor@oth.example.nz", "email_verified": True}, "belongs to another agency"),
    ],
)
def test_who_is_refused_reads_why(
    client: Client, cast: Cast, provider: Provider, says: dict[str, Any], sentence: str
) -> None:
    for everyone in (cast, Cast("OTH", "Other Ministry")):
        everyone.user(Role.AUDITOR)
    before = User.objects.count()
    answer = come_back(client, provider, **says)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.get_may_write("the provider sends people back by GET, and the link to the user is kept")
def test_a_deactivated_person_stays_out(client: Client, cast: Cast, provider: Provider) -> None:
    deactivate(user=cast.auditor, on=TODAY, by=cast.administrator, reason="Left")
    page = come_back(client, provider, email=cast.auditor.email, email_verified=True)
    assert "was deactivated" in page.content.decode()
    assert ("_auth_user_id" in client.session, SocialAccount.objects.count()) == (False, 0)


def test_a_provider_that_refuses_is_told(client: Client, provider: Provider) -> None:
    away = client.post(reverse("openid_connect_login", args=["mcw"]))
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    page = client.get(reverse("openid_connect_callback", args=["mcw"]), {"error": "server_error", "state": state})
    assert page.status_code == 403
    assert "did not sign you in. Try again" in page.content.decode()


def test_the_sign_in_page_offers_it_in_one_step(client: Client, provider: Provider) -> None:
    page = client.get(reverse("account_login")).content.decode()
    action = re.search(r'action="([^"]+)">\s*<input[^>]+>\s*<button class="button">Sign in with the Ministry', page)
    assert action
    assert urlsplit(action[1]).path == reverse("openid_connect_login", args=["mcw"])


def test_without_a_provider_it_is_not_offered(client: Client) -> None:
    assert "Sign in with" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("openid_connect_login", args=["mcw"])).status_code == 404


def test_a_wrong_setting_names_what_is_wrong() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"Missing: client_secret\. Unknown: secret\."):
        oidc_app(**{**{k: v for k, v in GIVEN.items() if k != "client_secret"}, "secret": "s"})
    assert origin(ISSUER) == "https://id.mcw.example.nz"
