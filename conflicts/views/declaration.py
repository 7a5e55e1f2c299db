"""One declaration, for those who may read it."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.history import page_asked
from conflicts.fetch import reads_declaration
from conflicts.history import history_of
from conflicts.models import Declaration
from conflicts.pages.case import case_of
from conflicts.pages.declaration import page_of
from conflicts.pages.writing import next_address, words_of
from conflicts.reads import is_their_own
from people.access import open_to_all_signed_in
from people.request import SignedInRequest


@require_safe
@open_to_all_signed_in
@reads_declaration
def declaration(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """What was said, what came of it, and who opened it."""
    prefetch_related_objects([declaration], "declared")  # both parts of the page read them
    page = page_of(declaration, request.user)
    context = {
        "declaration": declaration,
        "page": page,
        "case": case_of(declaration, request.user, timezone.localdate()),
        "words": words_of(declaration, request.user),
        "next": next_address(declaration) if page.may_write else "",
    }
    return render(request, "conflicts/declaration.html", context)


@require_safe
@open_to_all_signed_in
@reads_declaration
def declaration_history(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Every change, newest first."""
    timeline = history_of(declaration, request.user, page_asked(request.GET.get("page", "1")))
    own = is_their_own(declaration, request.user)
    context = {"declaration": declaration, "timeline": timeline, "own": own}
    return render(request, "conflicts/history.html", context)
