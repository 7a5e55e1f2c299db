"""Raise a concern without a sign-in, and follow it by its code. Who wrote is noted nowhere (settings.UNNUMBERED).

There is no redirect and no session: the code stands on the page that answers, and never in an address.
"""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assurance.actions.concern import answer_question, raise_concern
from assurance.forms.concern import FollowForm, OpenConcernForm
from assurance.pages.concern import by_receipt, raised_page, taking
from assurance.provider.receipts import new_receipt
from people.access import public
from people.actions.system import system_user
from people.limit import Limit
from people.request import posted
from people.sign_in.locked import address_of
from records.refusals import attempt

TRIES = Limit("concern", most=10, within=60.0)  # sent or asked for
WRITER = "concern"  # the system user in whose name it is kept


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
@sensitive_post_parameters()
def concern_open(request: HttpRequest) -> HttpResponse:
    """The form; sent, the page that answers shows the code once."""
    if request.method == "POST" and TRIES.too_many(address_of(request)):
        return render(request, "assurance/concern_later.html", status=429)
    agencies = taking()
    form = OpenConcernForm(agencies, posted(request), initial={"number": str(uuid4())})
    if form.is_valid():
        receipt = new_receipt(form.cleaned_data["number"])
        given: dict[str, Any] = {"agency": form.cleaned_data.get("agency") or agencies[0], "values": form.cleaned_data}
        given |= {"anonymous": form.anonymous, "receipt": receipt, "by": system_user(WRITER)}
        made = attempt(form, raise_concern, **given, on=timezone.localdate())
        if made:
            context = {"concern": made, "receipt": receipt, "page": raised_page(made)}
            return render(request, "assurance/concern_sent.html", context)
    context = {"form": form, "agencies": agencies, "signed_in": request.user.is_authenticated}
    return render(request, "assurance/concern_open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
@sensitive_post_parameters()
def concern_follow(request: HttpRequest) -> HttpResponse:
    """Show where it stands to who has the code; an answer of theirs goes to those who look into it."""
    if request.method == "POST" and TRIES.too_many(address_of(request)):
        return render(request, "assurance/concern_later.html", status=429)
    form = FollowForm(posted(request))
    if not form.is_valid():
        return render(request, "assurance/concern_follow.html", {"form": form})
    found = by_receipt(form.cleaned_data["receipt"])
    if found is None:
        form.add_error("receipt", "No concern has this code. Look for a letter that was left out or mistaken")
        return render(request, "assurance/concern_follow.html", {"form": form})
    text, sent = form.cleaned_data["text"], None
    if text:
        given = {"concern": found, "text": text, "by": system_user(WRITER), "on": timezone.localdate()}
        sent = attempt(form, answer_question, **given)
    context = {"form": form, "concern": found, "page": raised_page(found), "sent": sent}
    return render(request, "assurance/concern_state.html", context | {"receipt": form.cleaned_data["receipt"]})
