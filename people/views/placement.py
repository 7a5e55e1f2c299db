"""Where a person works, and for whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.access import permission
from people.actions.placement import place
from people.fetch import person_or_404
from people.forms.person import PlaceForm
from people.request import SignedInRequest
from people.roles import Permission
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another unit, manager or position from a day on."""
    found = person_or_404(request.user, pk)
    on = timezone.localdate()
    now = found.placements.on(on).select_related("unit", "manager").first()
    initial = {"on": on} | ({"unit": now.unit, "manager": now.manager, "position": now.position} if now else {})
    form = PlaceForm(request.POST or None, initial=initial, user=request.user, day=on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, place, person=found, by=request.user, **form.cleaned_data)
        if done:
            messages.success(request, f"Saved where {found} works.")
            return redirect("people:person", pk)
    return render(request, "people/move.html", {"form": form, "person": found})
