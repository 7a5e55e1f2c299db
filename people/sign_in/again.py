"""Prove anew who one is, after a sign-in without a password or second factor: by coming through one's provider afresh.

django-allauth asks nothing of people who have neither here (account.internal.flows.reauthentication), and lets them set
one: whoever finds their browser open could act for them. So what was added since a sign-in began proves nothing.
"""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from people.models import User
from people.request import SignedInRequest

FRESH = urlencode({"prompt": "login"})  # OpenID Connect Core 1.0, 3.1.2.1: the provider should ask, whoever is known


def began_with_proof(request: HttpRequest) -> bool:
    """Whether this sign-in began with a password or a second factor, which can be asked for again."""
    records = get_authentication_records(request, request.user)
    return any(one["method"] in ("password", "mfa") and not one.get("reauthenticated") for one in records)


def has_proof(user: User) -> bool:
    """Whether the person has a password or a second factor here, with which they could sign in."""
    return bool(get_reauthentication_flows(user))


def came_just_now(request: HttpRequest) -> bool:
    """Whether the provider sent them a few minutes ago at most (allauth's own time for a password given again)."""
    records = [one for one in get_authentication_records(request, request.user) if one["method"] == "socialaccount"]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def providers_of(request: SignedInRequest, back_to: str) -> list[tuple[str, str]]:
    """Each provider that vouches for the person: its name, and the address to which a form is sent. One query."""
    known = set(SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True))
    given: dict[str, Any] = {"process": "login", "next": back_to, "auth_params": FRESH}
    listed = get_adapter().list_providers(request)
    return [(one.app.name, one.get_login_url(request, **given)) for one in listed if one.sub_id in known]
