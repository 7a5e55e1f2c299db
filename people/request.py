"""A request by somebody who is signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import User


class SignedInRequest(HttpRequest):
    """What views that need a sign-in receive; only for annotations."""

    user: User
    htmx: HtmxDetails
