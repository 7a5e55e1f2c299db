"""My interests and declarations: what I said, what stands, what is asked of me, and who opened mine."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflicts.pages.mine import mine as gather
from people.access import open_to_all_signed_in
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@open_to_all_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """One page for the person who opens it."""
    may_record = may(request.user, Permission.RECORD_DECLARATIONS)
    return render(request, "conflicts/mine.html", {"page": gather(request.user), "may_record": may_record})
