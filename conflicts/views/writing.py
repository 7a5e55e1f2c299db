"""Write a declaration: when and why, anything or nothing, check, submit. Saved at each step."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.digest import digest
from conflicts.actions import declaration as actions
from conflicts.choices import Said
from conflicts.errors import Stale
from conflicts.fetch import reads_declaration
from conflicts.forms.declaration import AboutForm, HelperForm, SaidForm
from conflicts.forms.recorded import RecordedForm
from conflicts.models import Declaration
from conflicts.pages.writing import next_address, words_of
from conflicts.policies import check_may_write, speaks_for, what_is_missing
from conflicts.routes import route_of
from conflicts.seen import about_values, whole_values
from conflicts.views.seen import attempt_seen
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal, why_not

View = Callable[..., HttpResponseBase]


def writes(view: View) -> View:
    """The view is for whoever may write the draft; anybody else is led to what stands, and told why."""

    @wraps(view)
    def writing(request: SignedInRequest, declaration: Declaration, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = why_not(check_may_write, declaration, request.user)
        if refusal:
            messages.warning(request, f"{refusal}.")
            return redirect(declaration)
        return view(request, declaration, *args, **kwargs)

    return writing


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def start(request: SignedInRequest) -> HttpResponse:
    """Begin a declaration of one's own."""
    now = timezone.now()
    form = AboutForm(request.user, timezone.localdate(now), posted(request))
    if form.is_valid():
        try:
            who = request.user.who
            draft = actions.start_declaration(values=form.values(), person=who, by=request.user, now=now)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            return redirect(next_address(draft))
    return render(request, "conflicts/about.html", {"form": form, "declaration": None, "stale": None})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@writes
def about(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Change when, why and in which capacity."""
    seen, stale = request.POST.get("seen", digest(about_values(declaration))), None
    form = _about_form(request, declaration)
    if form.is_valid():
        given = {"declaration": declaration, "values": form.values(), "by": request.user}
        done, seen, stale = attempt_seen(form, actions.change_declaration, seen=seen, **given)
        if done:
            return redirect(next_address(declaration))
    context = {"form": form, "declaration": declaration, "seen": seen, "stale": stale}
    return render(request, "conflicts/about.html", context)


def _about_form(request: SignedInRequest, declaration: Declaration) -> AboutForm | RecordedForm:
    today = timezone.localdate()
    if declaration.recorded_by_id:
        return RecordedForm(today, posted(request), declaration)
    return AboutForm(request.user, today, posted(request), declaration)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@writes
def say(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Anything to declare, or nothing."""
    words = words_of(declaration, request.user)
    initial = {"said": declaration.said if declaration.said != Said.SILENT else ""}
    form = SaidForm(words.anything, posted(request), initial=initial)
    if form.is_valid():
        said = Said(form.cleaned_data["said"])
        try:
            changed = actions.say(declaration=declaration, said=said, by=request.user)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            none_yet = said == Said.INTERESTS and not changed.declared.exists()
            return redirect("conflicts:kinds", declaration.code) if none_yet else redirect(next_address(changed))
    return render(request, "conflicts/say.html", {"form": form, "declaration": declaration, "words": words})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
@writes
def check(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Everything on one page, and submit; what somebody else changed meanwhile is read first."""
    now, refusals, stale = timezone.now(), list(what_is_missing(declaration)), None
    seen = request.POST.get("seen", digest(whole_values(declaration)))
    if request.method == "POST":
        try:
            actions.submit_declaration(declaration=declaration, by=request.user, now=now, seen=seen)
        except Stale as newer:
            seen, stale = newer.seen, newer
        except (ValidationError, Refused) as problem:
            refusals = list(getattr(problem, "reasons", None) or getattr(problem, "messages", None) or [str(problem)])
        else:
            return redirect("conflicts:submitted", declaration.code)
    context = {
        "declaration": declaration,
        "declared": declaration.declared.order_by("pk"),
        "words": words_of(declaration, request.user),
        "routed": route_of(declaration, timezone.localdate(now)),
        "may_submit": speaks_for(declaration, request.user),
        "refusals": refusals,
        "next": next_address(declaration),
        "seen": seen,
        "stale": stale,
    }
    return render(request, "conflicts/check.html", context)


@require_safe
@open_to_all_signed_in
@reads_declaration
def submitted(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """The receipt: who decides, what they see, how long it is kept."""
    if declaration.is_being_written:
        return redirect(next_address(declaration))
    words = words_of(declaration, request.user)
    return render(request, "conflicts/submitted.html", {"declaration": declaration, "words": words})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@writes
def helper(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Let a colleague fill it in, who cannot submit it."""
    now = declaration.filled_in_by
    form = HelperForm(request.user.agency.pk, posted(request), initial={"email": now.email if now else ""})
    if form.is_valid():
        named, on = form.cleaned_data["email"], timezone.localdate()
        try:
            actions.let_fill_in(declaration=declaration, helper=named, by=request.user, on=on)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            told = f"{named} can fill it in; you submit it." if named else "Only you fill it in."
            messages.success(request, told)
            return redirect(declaration)
    return render(request, "conflicts/helper.html", {"form": form, "declaration": declaration})
