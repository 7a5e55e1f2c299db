"""Reviews by month, the reviews of one agreement, and the use of its provisions."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.review import record_exercise, record_review
from agreements.choices import ReviewOutcome
from agreements.fetch import agreement_or_404
from agreements.forms.evidence import documents_to_choose
from agreements.forms.review import ExerciseForm, ReviewForm
from agreements.models import Agreement
from agreements.pages.review import HEADINGS, find, months, reviews_of, sheet_rows, uses_of
from agreements.pages.review_beside import beside
from agreements.policies.agreement import check_may_edit
from agreements.provisions import BY_CODE
from agreements.views.sheet import as_file, refused_sheet
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

NEXT = {
    ReviewOutcome.VARY: "Next: start the variation.",
    ReviewOutcome.END: "Next: end the agreement, and say what became of the information.",
    ReviewOutcome.REPLACE: "Next: make the agreement that replaces it.",
}


@require_safe
@permission(Permission.READ_AGREEMENTS)
def reviews(request: SignedInRequest) -> HttpResponse:
    """When each signed agreement is looked at next, by month; what is late stands first."""
    today = timezone.localdate()
    found = find(request.user, today, request.GET)
    address = found.address
    page = address.page(found.rows, found.count)
    context = {
        "found": found,
        "address": address,
        "page": page,
        "months": months(page, today) if address.sort_in_use == "due" else [],
        "fields": address.fields({}),
        "headings": address.headings(),
        "today": today,
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "beside": beside(request.user, today, only_mine="whose" in address.values),
    }
    return render(request, "agreements/reviews.html", context, status=400 if address.problems else 200)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def reviews_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same as csv or xlsx. An address that is refused exports nothing."""
    today = timezone.localdate()
    found = find(request.user, today, request.GET)
    if found.address.problems:
        return refused_sheet(found.address)
    return as_file("Reviews", form, HEADINGS, sheet_rows(found.rows, today))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def reviews_of_agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """The reviews of one agreement and when its provisions were used; also a region of its page."""
    agreement = agreement_or_404(request.user, reference)
    context = {"agreement": agreement, "today": timezone.localdate()}
    context |= {"reviews": reviews_of(agreement, request.user), "uses": uses_of(agreement, request.user)}
    context |= {"refusal": why_not(check_may_edit, agreement, request.user)}
    return render(request, "agreements/reviews_of.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def review_add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record a review, and when the next one is."""
    agreement = agreement_or_404(request.user, reference)
    form = ReviewForm(documents_to_choose(agreement, request.user), posted(request), today=timezone.localdate())
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        made = attempt(form, record_review, agreement=agreement, values=values, by=request.user, now=now)
        if made:
            messages.success(request, f"Review recorded. {NEXT.get(ReviewOutcome(made.outcome), '')}".strip())
            return redirect(agreement)
    return render(request, "agreements/review_form.html", _asked(request, agreement) | {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def exercise_add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that a provision was used; ``?code=`` names which."""
    agreement = agreement_or_404(request.user, reference)
    code = request.GET.get("code", "")
    initial, documents = {"code": code} if code in BY_CODE else {}, documents_to_choose(agreement, request.user)
    form = ExerciseForm(documents, posted(request), today=timezone.localdate(), initial=initial)
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        made = attempt(form, record_exercise, agreement=agreement, values=values, by=request.user, now=now)
        if made:
            messages.success(request, f"Recorded: {made} was used.")
            return redirect(f"{agreement.get_absolute_url()}#provisions")
    return render(request, "agreements/exercise_form.html", _asked(request, agreement) | {"form": form})


def _asked(request: SignedInRequest, agreement: Agreement) -> dict[str, object]:
    return {"agreement": agreement, "refusal": why_not(check_may_edit, agreement, request.user)}
