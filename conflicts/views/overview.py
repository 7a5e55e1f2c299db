"""Conflicts of interest of the whole agency: in figures, as a list, and of its senior leaders."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.models import SavedView
from agreements.views.listing import show_list
from agreements.views.sheet import as_file
from conflicts.choices import WAITING
from conflicts.lists import declaration
from conflicts.models import Declaration
from conflicts.pages import senior
from conflicts.pages.overview import overview as overview_of
from conflicts.reads import taken_along
from conflicts.waiting import late_before
from people.access import open_to_all_signed_in, permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.COUNT_CONFLICTS)
def overview(request: SignedInRequest) -> HttpResponse:
    """Coverage, decisions, plans and matches; names only behind links for those who may see them."""
    today = timezone.localdate()
    context = {
        "overview": overview_of(request.user, today),
        "today": today,
        "may_run": may(request.user, Permission.RUN_ROUNDS),
    }
    return render(request, "conflicts/overview.html", context)


@require_safe
@permission(Permission.SEE_DECLARATIONS)
def declarations(request: SignedInRequest) -> HttpResponse:
    """Every submitted declaration, as the address narrows it: who and where it stands. Opening one is noted."""
    today = timezone.localdate()
    address = declaration.read(request.user, today, request.GET)
    rows = declaration.matching(address, request.user, today)
    found = declaration.count(rows)
    context = {
        "late_before": late_before(today), "waiting": WAITING,
        "views": list(SavedView.objects.visible_to(request.user).filter(list_name="declarations").order_by("name")),
        "may_export": may(request.user, Permission.EXPORT_DECLARATIONS),
    }  # fmt: skip
    return show_list(request, "conflicts/declarations.html", address, address.page(rows, found), context)


@require_safe
@permission(Permission.EXPORT_DECLARATIONS)
def declarations_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same as csv or xlsx, without what anybody declared; each declarant sees who took it along."""
    today = timezone.localdate()
    address = declaration.read(request.user, today, request.GET)
    if address.problems:
        raise Http404
    rows = declaration.matching(address, request.user, today)
    sheet = as_file("Declarations", form, declaration.HEADINGS, declaration.sheet_rows(rows))
    taken_along(rows, request.user, timezone.now())
    return sheet


@require_safe
@open_to_all_signed_in
def senior_leaders(request: SignedInRequest) -> HttpResponse:
    """The register of senior leaders: all of it for the integrity team, for others those on whom they decide."""
    today = timezone.localdate()
    rows = senior.leaders(request.user, today)
    return render(request, "conflicts/senior_leaders.html", {"leaders": rows, "today": today})


@require_safe
@open_to_all_signed_in
def senior_leaders_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same as csv or xlsx; each of them sees who took it along."""
    leaders = senior.leaders(request.user, timezone.localdate())
    sheet = as_file("Senior leaders", form, senior.HEADINGS, senior.sheet_rows(leaders))
    shown = [one.declaration.pk for one in leaders if one.declaration]
    taken_along(Declaration.objects.visible_to(request.user).filter(pk__in=shown), request.user, timezone.now())
    return sheet
