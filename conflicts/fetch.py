"""Find the declaration that an address names, for this person, or say 404; and note that it was read."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from conflicts.models import Declaration
from conflicts.reads import KEEPING, is_their_own, opened, purpose_of, refused
from people.models import User

View = Callable[..., HttpResponseBase]
RELATED = ("person", "supplier", "decider", "approver", "agreement__current_terms", "contract__supplier")
ALSO = ("subcontractor__organisation", "recorded_by__person", "filled_in_by", "started_by__person")


def declaration_or_404(user: User, code: str) -> Declaration:
    """The declaration, where this person may read it. A guess is noted for the declarant, and logged. Http404."""
    found = Declaration.objects.visible_to(user).select_related(*RELATED, *ALSO).filter(code=code).first()
    if found is None:
        refused(code, user, timezone.now())
        raise Http404("There is no declaration here for you")
    found.agency = user.agency  # the same one, and it has its words for roles with it
    return found


def reads_declaration(view: View) -> View:
    """The view gets the declaration instead of its code. Put it outside ``@once``.

    Somebody other than the declarant says first what they read it for, once; every page that they open is noted.
    """

    @wraps(view)
    def reading(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: User = request.user  # type: ignore[assignment]  # every view needs a sign-in
        declaration = declaration_or_404(user, code)
        if not is_their_own(declaration, user):
            purpose = purpose_of(declaration, user)
            if not purpose:
                back = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('conflicts:purpose', args=[code])}?{back}")
            if request.method == "GET":
                opened(declaration, user, purpose, timezone.now())
        return view(request, declaration, *args, **kwargs)

    return reading


def reads_plan(view: View) -> View:
    """The same, also for whoever sees that the plan is kept: they get the page of the plan, and no other.

    What they read it for follows from the plan, so nobody asks; it is noted like every reading.
    """
    whole = reads_declaration(view)

    @wraps(view)
    def reading(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: User = request.user  # type: ignore[assignment]  # every view needs a sign-in
        rows = Declaration.objects.kept_by(user).exclude(pk__in=Declaration.objects.visible_to(user).values("pk"))
        found = rows.select_related(*RELATED, *ALSO).filter(code=code).first()
        if found is None:
            return whole(request, code, *args, **kwargs)
        found.agency = user.agency
        if request.method == "GET":
            opened(found, user, KEEPING, timezone.now())
        return view(request, found, *args, **kwargs)

    return reading
