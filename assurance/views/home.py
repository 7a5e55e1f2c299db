"""Home: what waits for the person who opens it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assurance.pages.home import home as gather
from assurance.pages.trend import HEIGHT, WIDTH, bars
from people.access import open_to_all_signed_in
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@open_to_all_signed_in
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What needs the reader first, then the figures of what their roles look after."""
    today = timezone.localdate()
    found = gather(request.user, today, timezone.now())
    context = {
        "today": today,
        "first_name": request.user.get_full_name().split()[0],
        "home": found,
        "asked": found.shown["interests"],
        "ending": found.shown.get("ending"),
        "drafts": found.shown.get("drafts"),
        "people": found.shown.get("people"),
        "bars": bars(list(found.quarters)),
        "width": WIDTH,
        "height": HEIGHT,
        "may_create": may(request.user, Permission.CREATE_AGREEMENTS),
        "may_import": may(request.user, Permission.IMPORT_AGREEMENTS),
    }
    return render(request, "assurance/home.html", context)
