"""The page of one thing that people do with a record (assurance/acts/): its form, or back to the record once done."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assurance.acts.base import Act, act_context
from people.request import SignedInRequest, posted
from records.refusals import attempt


def do_act(request: SignedInRequest, acts: Mapping[str, Act], name: str, noun: str, record: Any) -> HttpResponse:
    """Ask and do. ``noun`` is what the action, the address and the crumbs call the record: "breach"."""
    act, now = acts.get(name), timezone.now()
    if act is None:
        raise Http404
    form = act.form(request.user, record, now, posted(request))
    form.files = request.FILES
    given = {noun: record, "by": request.user, "now": now}
    if form.is_valid() and attempt(form, act.perform, **form.cleaned_data, **given):
        messages.success(request, act.done)
        return redirect(noun, record.reference)
    context = act_context(act, form, record, request.user, f"assurance/_{noun}_crumbs.html")
    context |= {noun: record, "back": reverse(noun, args=[record.reference])}
    return render(request, "assurance/act.html", context)
