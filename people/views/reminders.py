"""How I am reminded: mail and calendar; and the calendar itself, for whoever has its address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import open_to_all_signed_in, public
from people.actions.reminders import choose_digest, close_calendar, open_calendar
from people.calendar import address_of, calendar_for, reader_of
from people.fetch import reminders_of
from people.forms.reminders import DigestForm
from people.models import DigestChoice
from people.request import SignedInRequest, posted
from records.once import once


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
def reminders(request: SignedInRequest) -> HttpResponse:
    """The page of one's own choices."""
    mine = reminders_of(request.user)
    form = DigestForm(posted(request), initial={"digest": mine.digest if mine else DigestChoice.WHEN_DUE})
    if request.method == "POST" and form.is_valid():
        choose_digest(digest=DigestChoice(form.cleaned_data["digest"]), by=request.user)
        messages.success(request, "Saved how you are reminded.")
        return redirect("people:reminders")
    return render(request, "people/reminders.html", {"form": form, "address": address_of(mine)})


@require_POST
@open_to_all_signed_in
@once
def calendar_address(request: SignedInRequest) -> HttpResponse:
    """Open one's own calendar, give it a new address, or close it."""
    closing = request.POST.get("how") == "close"
    if closing:
        close_calendar(by=request.user)
        messages.success(request, "Your calendar is closed: its address no longer works.")
    else:
        open_calendar(by=request.user)
        messages.success(request, "Your calendar has a new address. An older one no longer works.")
    return redirect("people:reminders")


@require_safe
@public
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed: what its owner may see now. A calendar program signs in nowhere, so the address is the key."""
    user = reader_of(secret)
    if user is None:
        raise Http404("No calendar has this address")
    response = HttpResponse(calendar_for(user, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="due.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
