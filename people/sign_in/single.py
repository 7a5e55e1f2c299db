"""Single sign-on by OpenID Connect: an agency's own provider vouches for an e-mail address that was invited here."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from people.actions.user import link_provider
from people.models import User
from people.sign_in.backend import may_sign_in

UNKNOWN = "There is no sign-in here for {email}. Ask the administrator of your agency to invite you."
UNVERIFIED = "Your provider did not say that {email} is your verified e-mail address, so it cannot sign you in here."
OTHER_AGENCY = "{email} belongs to another agency than the one whose sign-in you used."
CLOSED = "The sign-in of {email} was deactivated. If you still need it, ask the administrator of your agency."


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Finds the invited user by verified e-mail address; never makes one."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse, with a sentence, whoever was not invited, and anyone that another agency's provider vouches for."""
        email = sociallogin.user.email or "your e-mail address"
        if not sociallogin.is_existing:
            verified = any(address.verified for address in sociallogin.email_addresses)
            refuse(request, (UNKNOWN if verified else UNVERIFIED).format(email=email))
        if not _vouches_for(sociallogin.provider.app, sociallogin.user):
            refuse(request, OTHER_AGENCY.format(email=email))
        if not may_sign_in(sociallogin.user):
            refuse(request, CLOSED.format(email=email))
        if sociallogin.account.pk is None:
            link_provider(sociallogin.account, sociallogin.user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an administrator invites."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """Say what to do when the provider, or the way back from it, failed."""
        refuse(request, f"{provider.name} did not sign you in. Try again, or sign in with a code by e-mail.")


def _vouches_for(app: Any, user: User) -> bool:
    """A provider that was set up for one agency vouches for nobody else's people."""
    agency = app.settings.get("agency", "")
    return not agency or (user.person is not None and user.agency.code == agency)


def refuse(request: HttpRequest, sentence: str) -> NoReturn:
    """Answer with a page that says why, and with other ways to sign in."""
    raise ImmediateHttpResponse(render(request, "account/single_refused.html", {"sentence": sentence}, status=403))
