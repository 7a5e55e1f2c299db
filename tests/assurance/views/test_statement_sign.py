"""Whoever signs proves just before that it is they, also who has no password here."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assurance.models import Signing
from tests.assurance.planned import existing
from tests.assurance.stating import WHOLE, answered, drafted, taken
from tests.cast import Cast
from tests.people.test_single_sign_on import ISSUER, Provider, come_back, provider

__all__ = ["provider"]
NEW = "tūī above the river"  # invented
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    made = Cast()
    existing(made, "Old", now=timezone.now())
    monkeypatch.setattr("assurance.views.statement_sign.ledger_since", lambda briefing: WHOLE)
    return made


@pytest.mark.get_may_write("the provider sends people back by GET, and the link to the user is kept")
def test_who_has_no_password_here_comes_anew_from_their_own_sign_in_or_signs_on_paper(
    cast: Cast, provider: Provider
) -> None:
    statement, head, client = drafted(cast), cast.chief_executive, Client()
    taken(cast, statement)
    answered(cast, statement)
    head.set_unusable_password()
    head.save(update_fields=["password"])
    client.force_login(head)
    address = reverse("statement_sign", args=[statement.code])
    refused = unescape(client.post(address, {"read": "on"}).text)
    assert "no password, no second factor and no sign-in of your agency" in refused
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    client.post(reverse("account_reauthenticate"), {"password": NEW})
    assert "Sign out, sign in with your password" in client.post(address, {"read": "on"}).text
    assert not Signing.objects.exists()
    assert "Print" in refused
    assert "records its scan" in refused

    come_back(client, provider, email=head.email, email_verified=True)
    assert "I have read the figures" in unescape(client.get(address).text)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * 60
    session.save()
    again = client.get(address)
    assert "Sign in again with the Ministry" in unescape(again.text)
    [(_, back)] = again.context["providers"]
    away = client.post(back)
    sent = parse_qs(urlsplit(away["Location"]).query)
    assert (sent["prompt"], away["Location"].startswith(ISSUER)) == (["login"], True)
    assert client.post(address, {"read": "on"}).status_code == 200
    assert not Signing.objects.exists()
    arrived = client.get(
        reverse("openid_connect_callback", args=["mcw"]), {"code": "c", "state": sent["state"][0]}, follow=True
    )
    assert (arrived.redirect_chain[-1][0], "I have read the figures" in unescape(arrived.text)) == (address, True)
    client.post(address, {"read": "on", "seen": arrived.context["seen"]})
    assert Signing.objects.get().by == head
