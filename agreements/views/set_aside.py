"""Set a document aside that was added by mistake, and bring it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.document import check_may_add
from agreements.actions.set_aside import bring_back, check_may_set_aside, set_aside
from agreements.forms.document import AsideForm
from agreements.pages.document import Shelf
from agreements.policies.agreement import why_not
from agreements.views.document import readable_or_404
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def document_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask why, then set it aside."""
    found = readable_or_404(request, pk, own=True)
    form = AsideForm(posted(request))
    if form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        if attempt(form, set_aside, document=found, reason=reason, by=request.user, now=now):
            messages.success(request, f"“{found}” is set aside. It can be brought back.")
            return redirect(Shelf(found.holder).url)
    refusal = why_not(check_may_set_aside, found, request.user)
    context = {"document": found, "holder": found.holder, "form": form, "refusal": refusal}
    return render(request, "agreements/document_aside.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def document_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then bring it back."""
    found = readable_or_404(request, pk, own=True)
    refusal = why_not(check_may_add, found.holder, request.user)
    if request.method == "POST":
        try:
            bring_back(document=found, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"“{found}” is back among the documents.")
            return redirect(found)
    context = {"document": found, "holder": found.holder, "refusal": refusal}
    return render(request, "agreements/document_back.html", context)
