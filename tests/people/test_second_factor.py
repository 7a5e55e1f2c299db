"""The second factor by authenticator app: turned on, asked for, and its secret unreadable in the database."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from people.sign_in.second_factor import SecondFactorAdapter
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("allauth makes the secret when its page is opened")]


def code_of(secret: str) -> str:
    """What an authenticator app would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def sign_in(client: Client, email: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


@pytest.fixture
def secret(client: Client, cast: Cast) -> str:
    """The secret of a second factor that the auditor turned on."""
    sign_in(client, cast.auditor.email)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r"Secret: <code>(\w+)</code>", page)
    assert found
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert answer.status_code == 302
    return found[1]


def test_it_is_asked_for_after_the_password(cast: Cast, secret: str) -> None:
    client = Client()
    assert sign_in(client, cast.auditor.email)["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(cast.auditor.pk)


def test_a_mailed_code_does_not_go_round_it(cast: Cast, secret: str, mailoutbox: list[Any]) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": cast.auditor.email})
    code = re.search(r"^    (\S+)$", mailoutbox[-1].body, re.MULTILINE)
    assert code
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_its_secret_is_unreadable_and_survives_a_change_of_key(secret: str, settings: Settings) -> None:
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert SecondFactorAdapter().decrypt(kept) == secret


ADDRESSES = """
import django
django.setup()
from allauth.mfa.urls import urlpatterns
print([str(pattern.pattern) for pattern in urlpatterns])
"""


@pytest.mark.parametrize(("kinds", "there"), [("", []), ("totp", ["totp/"]), ("webauthn", ["webauthn/"])])
def test_which_kinds_there_are_is_said_by_the_environment(kinds: str, there: list[str]) -> None:
    environment = os.environ | {"SECOND_FACTORS": kinds, "DJANGO_SETTINGS_MODULE": "config.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", ADDRESSES], env=environment, capture_output=True, text=True, check=True
    )
    assert [kind for kind in ("totp/", "webauthn/", "recovery-codes/") if f"'{kind}'" in asked.stdout] == there
