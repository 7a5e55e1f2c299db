"""Matches: the list, and one to confirm or reject; from one to the next without going back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.views.listing import show_list
from agreements.views.sheet import as_file
from conflicts.actions.match import confirm_match, reject_match
from conflicts.choices import MatchState
from conflicts.forms.match import MatchForm
from conflicts.lists.match import HEADINGS, count, declarations_of, matching, read, sheet_rows
from conflicts.models import Declaration, Match
from conflicts.reads import is_their_own, opened, taken_along
from conflicts.works_on import works_on
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt

PURPOSE = "Is an interest about an organisation of an agreement?"


@require_safe
@permission(Permission.SEE_DECLARATIONS)
def matches(request: SignedInRequest) -> HttpResponse:
    """In which organisations somebody may have an interest, those of arrangements that they work on first."""
    address = read(request.GET)
    rows = matching(address, request.user, timezone.localdate())
    page = address.page(rows, count(rows))
    shown = list(page.object_list)
    works = works_on(shown, request.user.agency.pk)
    context = {
        "rows": [(one, works[one.pk]) for one in shown],
        "may_export": may(request.user, Permission.EXPORT_DECLARATIONS),
    }
    return show_list(request, "conflicts/matches.html", address, page, context)


@require_safe
@permission(Permission.EXPORT_DECLARATIONS)
def matches_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same as csv or xlsx, without what anybody declared; each declarant sees who took it along."""
    address = read(request.GET)
    if address.problems:
        raise Http404
    rows = matching(address, request.user, timezone.localdate())
    sheet = as_file("Matches", form, HEADINGS, sheet_rows(rows, request.user))
    taken_along(declarations_of(rows, request.user), request.user, timezone.now())
    return sheet


@require_http_methods(["GET", "POST"])
@permission(Permission.SEE_DECLARATIONS)
@once
def match(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was declared beside what the register knows; the answer, and on to the next. The reading is noted."""
    rows = Match.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("interest__person", "interest__supplier", "organisation"), pk=pk)
    now = timezone.now()
    declaration = _declaration(found, request)
    if request.method == "GET" and declaration and not is_their_own(declaration, request.user):
        opened(declaration, request.user, PURPOSE, now)
    form = MatchForm(posted(request))
    if form.is_valid():
        take = confirm_match if form.cleaned_data["state"] == MatchState.CONFIRMED else reject_match
        if attempt(form, take, match=found, why=form.cleaned_data["why"], by=request.user, now=now):
            return _next(request, found)
    context = {"match": found, "form": form, "declaration": declaration, "names": found.organisation.names.all()}
    context |= {"works": works_on([found], request.user.agency.pk)[found.pk]}
    return render(request, "conflicts/match.html", context)


def _declaration(found: Match, request: SignedInRequest) -> Declaration | None:
    """The newest declaration that says it, through the one gate."""
    rows = Declaration.objects.visible_to(request.user).filter(declared__interest=found.interest_id)
    return rows.order_by("-pk").first()


def _next(request: SignedInRequest, done: Match) -> HttpResponse:
    left = Match.objects.visible_to(request.user).standing(timezone.localdate()).filter(state=MatchState.CANDIDATE)
    following = left.exclude(pk=done.pk).order_by("-score", "pk").first()
    if following is None:
        messages.success(request, "Kept. That was the last one.")
        return redirect("conflicts:matches")
    messages.success(request, f"Kept: {done.organisation}. This is the next one.")
    return redirect("conflicts:match", following.pk)
