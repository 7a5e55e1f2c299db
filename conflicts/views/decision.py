"""What waits for somebody to decide, deciding, and the table of who decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conflicts.actions import decision as actions
from conflicts.choices import Standing
from conflicts.fetch import reads_declaration
from conflicts.forms.decision import DecideForm
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration
from conflicts.pages.case import lines_of
from conflicts.pages.to_decide import to_decide as waiting_for
from conflicts.pages.too_late import too_late
from conflicts.pages.who_decides import routes_in_words
from conflicts.policies import check_may_step, decides_outside
from people.access import open_to_all_signed_in, permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

SEES = Permission.SEE_DECLARATIONS


@require_safe
@open_to_all_signed_in
def to_decide(request: SignedInRequest) -> HttpResponse:
    """What waits for this person, late first. It names declarations; opening one is noted."""
    on = timezone.localdate()
    context = {"kinds": waiting_for(request.user, on), "today": on, "sees": may(request.user, SEES)}
    return render(request, "conflicts/to_decide.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def decide(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Decide about each interest, with what was said and decided before beside it."""
    declared = list(declaration.declared.exclude(standing=Standing.ENDED).order_by("pk"))
    form = DecideForm(declared, decides_outside(declaration), posted(request))
    if form.is_valid():
        given = {"declaration": declaration, "verdicts": form.verdicts(), **form.made_outside()}
        done = attempt(form, actions.decide, **given, by=request.user, now=timezone.now())
        if done:
            messages.success(request, f"{done.get_status_display()}. What you decided stands below, as it is kept.")
            return redirect(declaration)
    lines = {line.declared: line for line in lines_of(declaration, request.user)}
    context = {
        "declaration": declaration,
        "form": form,
        "groups": [(lines[row], fields) for row, fields in form.groups],
        "refusal": why_not(check_may_step, declaration, BY_NAME["decide_none"], request.user),
    }
    return render(request, "conflicts/decide.html", context)


@require_safe
@open_to_all_signed_in
def who_decides(request: SignedInRequest) -> HttpResponse:
    """The table of routes, as the register goes by it."""
    return render(request, "conflicts/who_decides.html", {"routes": routes_in_words(request.user.agency)})


@require_safe
@permission(Permission.SEE_DECLARATIONS)
def approved_too_late(request: SignedInRequest) -> HttpResponse:
    """Work that began before its plan was approved: it follows from the dates, and stays."""
    return render(request, "conflicts/too_late.html", {"page": too_late(request, timezone.localdate())})
