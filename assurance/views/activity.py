"""Assurance activities: the list, one of them, and everything that is done with it."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.pages.evidence import pointed
from agreements.provisions import BY_CODE
from assurance.actions.activity import cancel_activity, do_activity, move_activity, plan_activity, show_more
from assurance.forms.activity import DoForm, MoveForm, PlanForm, WhyForm
from assurance.forms.evidence import ShownForm
from assurance.lists.activity import WORDS, listed, read
from assurance.models import Activity
from assurance.pages.activity_calendar import calendar
from assurance.policies.work import check_may_cancel, check_may_do, check_may_move, check_may_plan, check_may_show
from assurance.views.asking import Asks, ask
from assurance.views.attaching import with_file
from assurance.views.work_list import show, take
from assurance.work_sheet import of_activities
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def activities(request: SignedInRequest) -> HttpResponse:
    """What is to be done, the next first; filters lead to what was done."""
    address = read(request.user, timezone.localdate(), request.GET)
    return show(request, "assurance/activities.html", address, listed(request.user, address), WORDS, place="activities")


@require_safe
@permission(Permission.READ_AGREEMENTS)
def activity_calendar(request: SignedInRequest) -> HttpResponse:
    """What is to be done by month and kind, everybody's or the reader's own."""
    mine = request.GET.get("look") == "me"
    kinds, lines = calendar(request.user, timezone.localdate(), mine=mine)
    return render(request, "assurance/activity_calendar.html", {"kinds": kinds, "lines": lines, "mine": mine})


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def activities_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same with findings and actions, as one flat sheet."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    lines = partial(of_activities, on=today)
    return take(form, "Assurance", address, listed(request.user, address), WORDS, lines)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def activity(request: SignedInRequest, code: str) -> HttpResponse:
    """One activity: what is asked, what came of it and what shows it, and what happened on the way."""
    found = _activity(request.user, code)
    user, today = request.user, timezone.localdate()
    context = {
        "activity": found,
        "today": today,
        "late": found.is_late(today),
        "provision": BY_CODE[found.provision].title if found.provision in BY_CODE else found.provision,
        "shown": pointed(found.shown_by.select_related("by__person").order_by("pk"), user),
        "steps": found.steps.select_related("by__person").order_by("-at", "-pk"),
        "findings": found.findings.order_by("-pk"),
        "why_not_do": why_not(check_may_do, found, user),
        "why_not_move": why_not(check_may_move, found, user),
        "why_not_cancel": why_not(check_may_cancel, found, user),
        "why_not_show": why_not(check_may_show, found, user),
    }
    return render(request, "assurance/activity.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def activity_plan(request: SignedInRequest, reference: str) -> HttpResponse:
    """Plan one besides what comes round."""
    agreement = agreement_or_404(request.user, reference)
    form = PlanForm(request.user, timezone.localdate(), posted(request))
    asks = Asks(
        "Plan an assurance activity", "Plan it", agreement.get_absolute_url(), "Planned.", str(agreement),
        "Besides what comes round by itself.", why_not(check_may_plan, agreement, request.user),
    )  # fmt: skip
    return ask(
        request, form, asks, plan_activity,
        lambda: {"agreement": agreement, "values": form.values(), "why": form.cleaned_data["why"]},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def activity_do(request: SignedInRequest, code: str) -> HttpResponse:
    """Say what came of it, with evidence."""
    found, today = _activity(request.user, code), timezone.localdate()
    form = with_file(request, found, lambda documents, data: DoForm(documents, today, data, initial={"done_on": today}))
    asks = Asks(
        found.get_kind_display(), "Record it as done", found.get_absolute_url(), "Recorded. What was found stands.",
        str(found.agreement), found.asked, why_not(check_may_do, found, request.user),
    )  # fmt: skip
    return ask(
        request, form, asks, do_activity,
        lambda: {"activity": found, "values": form.values(), "shown": form.shown(), "finding": form.finding()},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def activity_move(request: SignedInRequest, code: str) -> HttpResponse:
    """Give it another day, or hand it on."""
    found, today = _activity(request.user, code), timezone.localdate()
    stands = {"due_on": found.due_on, "responsible": found.responsible}
    form = MoveForm(request.user, today, posted(request), initial=stands)
    asks = Asks(
        "Move it, or hand it on", "Save", found.get_absolute_url(), "Moved. The reason stands beside it.",
        str(found), refusal=why_not(check_may_move, found, request.user),
    )  # fmt: skip
    return ask(request, form, asks, move_activity, lambda: {"activity": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def activity_cancel(request: SignedInRequest, code: str) -> HttpResponse:
    """Call off what a person planned."""
    found = _activity(request.user, code)
    form = WhyForm(posted(request))
    refusal = why_not(check_may_cancel, found, request.user)
    asks = Asks("Call it off", "Call it off", found.get_absolute_url(), "Called off.", str(found), refusal=refusal)
    return ask(request, form, asks, cancel_activity, lambda: {"activity": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def activity_show(request: SignedInRequest, code: str) -> HttpResponse:
    """Add evidence to what was done."""
    found = _activity(request.user, code)
    form = with_file(request, found, ShownForm)
    refusal = why_not(check_may_show, found, request.user)
    asks = Asks("Add evidence", "Add it", found.get_absolute_url(), "Added.", str(found), refusal=refusal)
    return ask(request, form, asks, show_more, lambda: {"activity": found, "shown": form.shown()})


def _activity(user: User, code: str) -> Activity:
    people = ("responsible", "agreement__manager", "agreement__owner", "done_by__person", "planned_by__person")
    rows = Activity.objects.visible_to(user).select_related("agreement__current_terms", "cancelled_by__person", *people)
    found: Activity = get_object_or_404(rows, code=code)
    found.agreement.agency = user.agency
    return found
