"""Who may change what, and when: one page made from the tables that the register itself obeys."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.pages.who_may_change import of_agreement, of_variation
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def who_may_change(request: SignedInRequest) -> HttpResponse:
    """Every state, what can be done in it, and which roles may."""
    agency = request.user.agency
    parts = [
        ("agreement", "An agreement", of_agreement(agency)),
        ("variation", "A variation of agreed terms", of_variation(agency)),
    ]
    return render(request, "agreements/who_may_change.html", {"parts": parts})
