"""Spot checks of a round: draw a sample, see that it can be drawn again, keep what each check found."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conflicts.actions.sample import answered_by, draw_sample, drawn, keep_result
from conflicts.forms.sample import DrawForm, ResultForm
from conflicts.models import Sample, SampledDeclaration, SampleResult
from conflicts.views.round import round_or_404
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
@once
def samples(request: SignedInRequest, pk: int) -> HttpResponse:
    """The samples of a round, and a form that draws another."""
    round_, form = round_or_404(request.user, pk), DrawForm(posted(request))
    if form.is_valid():
        made = attempt(form, draw_sample, round_=round_, by=request.user, now=timezone.now(), **form.cleaned_data)
        if made:
            messages.success(request, f"{made.size} drawn.")
            return redirect("conflicts:sample", pk=made.pk)
    looked = Count("sampled", filter=~Q(sampled__result=SampleResult.OPEN))
    gaps = Count("sampled", filter=Q(sampled__result=SampleResult.GAP))
    mine = Sample.objects.visible_to(request.user).filter(round=round_).annotate(looked=looked, gaps=gaps)
    found = mine.select_related("by__person").order_by("-pk")
    return render(request, "conflicts/samples.html", {"form": form, "round": round_, "samples": found})


@require_safe
@permission(Permission.RUN_ROUNDS)
def sample(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was drawn and what was found; the seed draws it again in front of you."""
    found = sample_or_404(request.user, pk)
    rows = found.sampled.select_related("declaration__person", "checked_by__person").order_by("pk")
    keys = [row.declaration_id for row in rows]
    again = len(answered := answered_by(found.round, found.at)) >= found.size and drawn(answered, found) == sorted(keys)
    context = {"sample": found, "round": found.round, "rows": rows, "again": again}
    return render(request, "conflicts/sample.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
def sample_result(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what the check of one declaration found."""
    rows = SampledDeclaration.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("sample__round", "declaration__person"), pk=pk)
    form = ResultForm(posted(request), initial={"result": found.result, "note": found.note})
    if form.is_valid():
        given = form.cleaned_data | {"by": request.user, "now": timezone.now()}
        if attempt(form, keep_result, sampled=found, **given):
            messages.success(request, "Kept.")
            return redirect("conflicts:sample", pk=found.sample_id)
    return render(
        request, "conflicts/sample_result.html", {"form": form, "sampled": found, "round": found.sample.round}
    )


def sample_or_404(user: User, pk: int) -> Sample:
    """A sample of the user's agency. Http404."""
    found: Sample = get_object_or_404(Sample.objects.visible_to(user).select_related("round", "by__person"), pk=pk)
    return found
