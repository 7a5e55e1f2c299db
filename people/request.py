"""A request by somebody who is signed in."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from people.models import User


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it is empty; None for a request that only reads. For ``Form(posted(request))``."""
    return request.POST if request.method == "POST" else None


class SignedInRequest(HttpRequest):
    """What views that need a sign-in receive; only for annotations."""

    user: User
    htmx: HtmxDetails
