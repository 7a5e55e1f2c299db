"""My account: my roles and what they allow, where I work, how I sign in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import open_to_all_signed_in
from people.pages.person import person_page
from people.request import SignedInRequest


@require_safe
@open_to_all_signed_in
def me(request: SignedInRequest) -> HttpResponse:
    """The page behind one's own name."""
    on = timezone.localdate()
    page = person_page(request.user.who, request.user, on)
    context = {"page": page, "today": on, "second_factors": settings.MFA_SUPPORTED_TYPES}
    return render(request, "people/me.html", context)
