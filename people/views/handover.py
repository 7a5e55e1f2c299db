"""What leavers owned, and who takes it over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from people.access import permission
from people.actions.handover import hand_over
from people.fetch import handover_or_404
from people.forms.handover import HandoverForm
from people.models import Handover
from people.owned import in_words
from people.request import SignedInRequest
from people.roles import Permission
from records.refusals import attempt


@require_safe
@permission(Permission.HAND_OVER)
def handovers(request: SignedInRequest) -> HttpResponse:
    """What is still to be handed over, or with ``?done=1`` what was."""
    done = request.GET.get("done") == "1"
    rows = Handover.objects.visible_to(request.user).filter(done_on__isnull=not done)
    rows = rows.select_related("leaver", "taken_by").order_by("-done_on", "due_on", "subject", "kind")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "people/handovers.html", {"page": page, "done": done, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@permission(Permission.HAND_OVER)
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who takes one thing over."""
    handover, on = handover_or_404(request.user, pk), timezone.localdate()
    form = HandoverForm(request.POST or None, user=request.user, on=on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, hand_over, handover=handover, to=form.cleaned_data["to"], by=request.user, on=on)
        if done:
            messages.success(
                request, f"{done.taken_by} is {in_words(done.kind, request.user.agency)} of {done.subject} now."
            )
            return redirect("people:handovers")
    return render(request, "people/handover.html", {"form": form, "handover": handover})
