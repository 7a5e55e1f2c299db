"""What if we engaged them? What the register knows of a supplier, before anything is agreed. Nothing is stored."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflicts.what_if import what_if as find
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.filters import LONGEST_TEXT


@require_safe
@permission(Permission.READ_AGREEMENTS)
def what_if(request: SignedInRequest) -> HttpResponse:
    """A name is typed; organisations that may be meant are offered, and of one everything is shown."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT]
    key = request.GET.get("organisation", "")
    chosen = int(key) if key.isdecimal() and len(key) < 19 else 0
    found = find(text, chosen, request.user) if text else None
    context = {"found": found, "text": text, "sees_names": may(request.user, Permission.SEE_DECLARATIONS)}
    return render(request, "conflicts/what_if.html", context)
