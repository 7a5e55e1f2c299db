"""Declaration rounds: the list, one round and how it stands, preparing, launching and closing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conflicts.actions.round import change_round, close_round, create_round, launch_round
from conflicts.audience import reach
from conflicts.forms.round import RoundForm
from conflicts.models import Round
from conflicts.pages.round import COLUMNS, not_reached, progress
from conflicts.rounds import LAUNCHED, ask_launch
from people import worker
from people.access import permission
from people.labels import role_labels
from people.models import User
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission, Role
from records.errors import Refused
from records.once import once
from records.refusals import attempt

SHOWN = 20  # people whom no mail reached, on the page of the round; the list has them all


@require_safe
@permission(Permission.COUNT_CONFLICTS)
def rounds(request: SignedInRequest) -> HttpResponse:
    """Every round of the agency, the newest first."""
    found = Round.objects.visible_to(request.user).order_by("-opens_on", "-pk")
    context = {"rounds": found, "today": timezone.localdate(), "may_run": may(request.user, Permission.RUN_ROUNDS)}
    return render(request, "conflicts/rounds.html", context)


@require_safe
@permission(Permission.COUNT_CONFLICTS)
def one_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it goes; before it is launched, how many it would ask."""
    found, today = round_or_404(request.user, pk), timezone.localdate()
    may_run = may(request.user, Permission.RUN_ROUNDS)
    context = {"round": found, "may_run": may_run, "today": today, "columns": COLUMNS, "round_roles": _roles(found)}
    if found.launched_at is None:
        return render(request, "conflicts/round_prepared.html", context | {"reach": reach(found, today)})
    context |= {"progress": progress(found, request.user, today)}
    if may_run:
        unreached = not_reached(found).select_related("person").order_by("person__name", "pk")
        context |= {"unreached": unreached[:SHOWN], "unreached_count": unreached.count()}
    return render(request, "conflicts/round.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
@once
def round_add(request: SignedInRequest) -> HttpResponse:
    """Prepare a round; it asks nobody yet."""
    form = RoundForm(posted(request), user=request.user)
    if form.is_valid():
        made = attempt(form, create_round, values=form.values(), units=form.cleaned_data["units"], by=request.user)
        if made:
            messages.success(request, "Prepared. Look at whom it asks, then launch it.")
            return redirect(made)
    return render(request, "conflicts/round_form.html", {"form": form, "round": None})


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
def round_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a round that was not launched."""
    found = round_or_404(request.user, pk)
    if request.method == "GET" and found.launched_at:
        messages.warning(request, "It is launched and stays as it is. People can be given longer one by one.")
        return redirect(found)
    form = RoundForm(posted(request), user=request.user, round_=found)
    if form.is_valid():
        given = {"values": form.values(), "units": form.cleaned_data["units"], "by": request.user}
        if attempt(form, change_round, round_=found, **given):
            messages.success(request, "Saved.")
            return redirect(found)
    return render(request, "conflicts/round_form.html", {"form": form, "round": found})


@require_POST
@permission(Permission.RUN_ROUNDS)
def round_launch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask everybody: at once, or by the worker where they are many."""
    found, now = round_or_404(request.user, pk), timezone.now()
    asked = reach(found, timezone.localdate(now)).asked
    if found.launched_at is None and asked > LAUNCHED and worker.is_here(now):
        return redirect(ask_launch(found, asked, by=request.user, now=now))
    try:
        launch_round(round_=found, by=request.user, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{_asked(asked)} Their mail goes out now, about 500 a minute.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
def round_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then end it."""
    found = round_or_404(request.user, pk)
    if request.method == "POST":
        try:
            close_round(round_=found, by=request.user, now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Closed. Its links open no more.")
        return redirect(found)
    waiting = found.invitations.open().count()
    return render(request, "conflicts/round_close.html", {"round": found, "waiting": waiting})


def _roles(round_: Round) -> list[str]:
    labels = role_labels(round_.agency)
    return [labels[Role(role)] for role in round_.roles]


def round_or_404(user: User, pk: int) -> Round:
    """A round of the user's agency. Http404."""
    rows = Round.objects.visible_to(user).select_related("started_by__person")
    found: Round = get_object_or_404(rows, pk=pk)
    found.agency = user.agency
    return found


def _asked(asked: int) -> str:
    """How many are asked, as a sentence."""
    return "One person is asked." if asked == 1 else f"{asked:,} people are asked."
