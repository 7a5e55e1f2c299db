"""The first page of assurance: where each part of the work is done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assurance.rooms import rooms_of
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def assurance(request: SignedInRequest) -> HttpResponse:
    """The rooms of assurance that the person may enter."""
    return render(request, "assurance/rooms.html", {"parts": rooms_of(request.user)})
