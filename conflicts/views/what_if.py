"""What if we engaged them? What the register knows of a supplier, before anything is agreed. Nothing is stored."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conflicts.forms.named import WhoseForm
from conflicts.what_if import what_if as find
from conflicts.what_if import whose
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.filters import LONGEST_TEXT


@require_http_methods(["GET", "HEAD", "POST"])
@permission(Permission.READ_AGREEMENTS)
def what_if(request: SignedInRequest) -> HttpResponse:
    """A name is typed; organisations that may be meant are offered, and of one everything is shown.

    Posted, it says for what the integrity team wants to know whose the interests are.
    """
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT]
    key = request.GET.get("organisation", "")
    chosen = int(key) if key.isdecimal() and len(key) < 19 else 0
    sees_names = may(request.user, Permission.SEE_DECLARATIONS)
    form = WhoseForm(posted(request) if sees_names else None)
    found = find(text, chosen, request.user) if text else None
    context: dict[str, Any] = {"found": found, "text": text, "sees_names": sees_names, "form": form}
    if found and form.is_valid():
        context["touching"] = whose(found.interests, request.user, form.cleaned_data["purpose"], timezone.now())
    return render(request, "conflicts/what_if.html", context)
