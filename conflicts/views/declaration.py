"""One declaration, for those who may read it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflicts.fetch import reads_declaration
from conflicts.models import Declaration
from conflicts.reads import readers_of
from people.access import open_to_all_signed_in
from people.request import SignedInRequest


@require_safe
@open_to_all_signed_in
@reads_declaration
def declaration(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """What was said, what came of it, and who opened it."""
    context = {"declaration": declaration, "declared": declaration.declared.order_by("pk")}
    return render(request, "conflicts/declaration.html", context | {"readers": readers_of(declaration)})
