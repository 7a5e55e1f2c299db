"""Conversations of managers with their staff: the one-page guide, recording one, and how far the agency has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conflicts.actions.staff_conversation import record_staff_conversation
from conflicts.forms.staff_conversation import StaffConversationForm
from conflicts.pages.staff_conversation import people_to_record, staff_conversations_of
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted
from records.once import once
from records.refusals import attempt


@require_safe
@open_to_all_signed_in
def staff_conversations(request: SignedInRequest) -> HttpResponse:
    """Whom a manager has not talked with for longest, what was recorded, and the counts of the agency."""
    on = timezone.localdate()
    return render(
        request, "conflicts/staff_conversations.html", {"page": staff_conversations_of(request.user, on), "today": on}
    )


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def staff_conversation_record(request: SignedInRequest) -> HttpResponse:
    """Record one, in half a minute."""
    now = timezone.now()
    on = timezone.localdate(now)
    people = people_to_record(request.user, on)
    asked = request.GET.get("person", "")
    form = StaffConversationForm(
        people, posted(request), today=on, who=people.filter(pk=asked).first() if asked.isdecimal() else None
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        given = {"person": values.pop("person"), "values": values, "by": request.user, "now": now, "today": on}
        made = attempt(form, record_staff_conversation, **given)
        if made:
            messages.success(request, f"Recorded: you talked with {made.person}. Both of you can read it.")
            return redirect("conflicts:staff_conversations")
    return render(request, "conflicts/staff_conversation_form.html", {"form": form, "nobody": not people.exists()})


@require_safe
@open_to_all_signed_in
def staff_conversation_guide(request: SignedInRequest) -> HttpResponse:
    """One page for managers, to print or keep open beside the conversation."""
    return render(request, "conflicts/staff_conversation_guide.html")
