"""Concerns: the list of who handles them, one of them, one's own, and how many there are."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.models import Agreement
from assurance.actions.concern import answer_question, clock_of, raise_own_concern, set_concern_clock
from assurance.actions.concern_handling import check_may_handle
from assurance.acts.base import offered
from assurance.acts.concern import ACTS, BY_NAME
from assurance.forms.breach import words
from assurance.forms.concern import ClockForm, OwnConcernForm, SaidForm
from assurance.lists.complaint import by_theme, in_words_only
from assurance.lists.concern import HEADINGS, counts, named_by, read, sheet_rows, waiting_too_long
from assurance.models import Concern
from assurance.pages.concern import own_concerns, raised_page
from assurance.provider.receipts import new_receipt
from assurance.views.acting import do_act
from assurance.views.work_list import show, take
from people.access import open_to_all_signed_in, permission
from people.models import User
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def concerns(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it."""
    visible = Concern.objects.visible_to(request.user).select_related("agreement", "owner")
    address, clock = read(request.user, timezone.localdate(), request.GET), clock_of(request.user.agency)
    return show(request, "assurance/concerns.html", address, visible, named_by, clock=clock)


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def concern_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The concerns that the address asks for, without what they say and who raised them."""
    address, visible = read(request.user, timezone.localdate(), request.GET), Concern.objects.visible_to(request.user)
    return take(form, "Concerns", address, visible, named_by, sheet_rows, HEADINGS)


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def concern(request: SignedInRequest, reference: str) -> HttpResponse:
    """One concern, whole: to those who handle it and nobody else."""
    found = _concern(request.user, reference)
    context = {
        "concern": found,
        "steps": found.steps.select_related("by__person").order_by("-pk"),
        "acts": offered(ACTS, found, request.user),
        "refusal": why_not(check_may_handle, found, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "assurance/concern.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.HANDLE_CONCERNS)
@once
def concern_act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Acknowledge, ask, note, give, answer, open again (assurance/acts/concern.py)."""
    return do_act(request, BY_NAME, name, "concern", _concern(request.user, reference))


@require_http_methods(["GET", "POST"])
@permission(Permission.HANDLE_CONCERNS)
def concern_clock(request: SignedInRequest) -> HttpResponse:
    """Within how many working days the agency acknowledges and answers."""
    stands = clock_of(request.user.agency)
    initial = {"acknowledge_days": stands.acknowledge_days, "answer_days": stands.answer_days}
    form = ClockForm(posted(request), initial=initial)
    kept = attempt(form, set_concern_clock, **form.cleaned_data, by=request.user) if form.is_valid() else None
    if kept:
        messages.success(request, "Saved. It counts from the next concern on.")
        return redirect("concerns")
    return render(request, "assurance/concern_clock.html", {"form": form, "concern": None})


@require_safe
@permission(Permission.READ_BREACHES)
def concern_counts(request: SignedInRequest) -> HttpResponse:
    """How many there are, and which wait too long: without what they say, and small numbers in words."""
    today = timezone.localdate()
    context = {
        "counts": counts(request.user.agency, today),
        "themes": in_words_only(by_theme(request.user.agency, today)),
        "late": waiting_too_long(request.user, today),
        "today": today,
        "handles": may(request.user, Permission.HANDLE_CONCERNS),
        "hears": may(request.user, Permission.SIGN_STATEMENTS),
    }
    return render(request, "assurance/concern_counts.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def concern_raise(request: SignedInRequest) -> HttpResponse:
    """Raise one by name while signed in; ``?agreement=`` names the agreement that it is about."""
    agreements = Agreement.objects.visible_to(request.user)
    if not may(request.user, Permission.READ_AGREEMENTS):
        agreements = agreements.none()
    about = agreements.filter(reference=request.GET.get("agreement", "")).first()
    form = OwnConcernForm(agreements, posted(request), initial={"agreement": about})
    if form.is_valid():
        given = {
            "values": form.cleaned_data,
            "receipt": new_receipt(""),
            "agreement": form.cleaned_data.get("agreement"),
        }
        made = attempt(form, raise_own_concern, **given, by=request.user, on=timezone.localdate())
        if made:
            messages.success(request, f"Raised as {made.reference}. What comes of it stands here.")
            return redirect("my_concern", made.reference)
    return render(request, "assurance/concern_raise.html", {"form": form})


@require_safe
@open_to_all_signed_in
def my_concerns(request: SignedInRequest) -> HttpResponse:
    """Those that the person raised by name."""
    return render(request, "assurance/my_concerns.html", {"rows": own_concerns(request.user)})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def my_concern(request: SignedInRequest, reference: str) -> HttpResponse:
    """One's own concern: what happened, and a form to write to those who look into it."""
    found = get_object_or_404(own_concerns(request.user), reference=reference)
    form = SaidForm(posted(request))
    form.fields["said"] = words("Write to those who look into it", 4000, 3)
    if form.is_valid():
        given = {"concern": found, "text": form.cleaned_data["said"], "by": request.user, "on": timezone.localdate()}
        if attempt(form, answer_question, **given):
            messages.success(request, "Sent to those who look into it.")
            return redirect("my_concern", reference)
    return render(request, "assurance/my_concern.html", {"concern": found, "page": raised_page(found), "form": form})


def _concern(user: User, reference: str) -> Concern:
    rows = Concern.objects.visible_to(user).select_related("agreement", "owner", "raised_by", "closed_by__person")
    found: Concern = get_object_or_404(rows, reference=reference)
    return found
