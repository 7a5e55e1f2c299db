"""What is due for whoever opens it."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe

from people.access import open_to_all_signed_in
from people.actions.notice import close_notice
from people.models import Closed, Notice
from people.notices import shown
from people.request import SignedInRequest
from records.errors import Refused
from records.once import once


@require_safe
@open_to_all_signed_in
def due(request: SignedInRequest) -> HttpResponse:
    """One’s own list, the newest first; ``?closed=1``: what came off it, ``?rest=1``: what home does not show."""
    closed, rest = request.GET.get("closed") == "1", request.GET.get("rest") == "1"
    rows = Notice.objects.visible_to(request.user).filter(closed_on__isnull=not closed)
    if rest:
        rows = rows.exclude(kind__in=import_string(settings.HOME_TELLS)(request.user))
    listed = shown(rows.order_by("-closed_on", "-made_on", "due_on", "pk"), request.user)
    page, today = Paginator(listed, 50).get_page(request.GET.get("page")), timezone.localdate()
    lines = [(each, each.notice.how_far(today), each.notice.is_late(today)) for each in page]
    return render(request, "people/due.html", {"page": page, "rows": lines, "closed": closed, "rest": rest})


@require_POST
@open_to_all_signed_in
@once
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one thing off the list: done, or hidden."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    how = {"hide": Closed.HIDDEN}.get(request.POST.get("how", ""), Closed.DONE)
    try:
        closed = close_notice(notice=notice, how=how, on=timezone.localdate(), by=request.user)
        messages.success(request, f"Off your list: {closed}.")
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("people:due")
