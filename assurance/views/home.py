"""Home: what waits for the person who opens it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assurance.asked import asked_of
from assurance.home import home as gather
from assurance.home import open_handovers
from people.access import open_to_all_signed_in
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@open_to_all_signed_in
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Work for those who read agreements, people for those who look after them; else why there is nothing."""
    today = timezone.localdate()
    reads, hands_over = (may(request.user, each) for each in (Permission.READ_AGREEMENTS, Permission.HAND_OVER))
    context = {
        "today": today,
        "first_name": request.user.get_full_name().split()[0],
        "home": gather(request.user, today, timezone.now()) if reads else None,
        "handovers": open_handovers(request.user) if hands_over else None,
        "manages_people": may(request.user, Permission.MANAGE_PEOPLE),
        "asked": asked_of(request.user),
        "may_create": may(request.user, Permission.CREATE_AGREEMENTS),
        "may_import": may(request.user, Permission.IMPORT_AGREEMENTS),
    }
    return render(request, "assurance/home.html", context)
