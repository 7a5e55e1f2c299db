"""Actions about findings: the list, and what their owners and those who verify do."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assurance.actions.action import add_action, do_action, drop_action, move_action, send_back, verify_action
from assurance.forms.activity import WhyForm
from assurance.forms.finding import ActionForm, DoneForm, MoveActionForm, VerifyForm
from assurance.lists.action import WORDS, listed, read
from assurance.models import Action
from assurance.policies.work import (
    check_may_change,
    check_may_drop,
    check_may_take,
    check_may_verify,
    check_may_work_on,
)
from assurance.views.asking import Asks, ask
from assurance.views.attaching import with_file
from assurance.views.finding import finding_or_404
from assurance.views.work_list import show
from people.access import open_to_all_signed_in, permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import why_not


@require_safe
@open_to_all_signed_in
def finding_actions(request: SignedInRequest) -> HttpResponse:
    """What is to be done or verified, the next first; without reading agreements, one's own alone."""
    address = read(request.user, timezone.localdate(), request.GET)
    return show(request, "assurance/actions.html", address, listed(request.user, address), WORDS, place="actions")


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def action_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Say what has to be done about a finding."""
    found = finding_or_404(request.user, code)
    form = ActionForm(request.user, timezone.localdate(), posted(request))
    refusal = why_not(check_may_work_on, found, request.user)
    asks = Asks("Add an action", "Add it", found.get_absolute_url(), "Added.", found.title, refusal=refusal)
    return ask(request, form, asks, add_action, lambda: {"finding": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def action_do(request: SignedInRequest, code: str) -> HttpResponse:
    """Say that it is done, with what shows it."""
    found = _action(request.user, code)
    form = with_file(request, found, DoneForm) if found.finding.agreement else DoneForm(None, posted(request))
    asks = Asks(
        "Say that it is done", "It is done", found.get_absolute_url(), "Recorded. Somebody else verifies it now.",
        found.finding.title, found.what, why_not(check_may_take, found, request.user),
    )  # fmt: skip
    return ask(
        request, form, asks, do_action,
        lambda: {"action_": found, "note": form.cleaned_data["note"], "shown": form.shown()},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def action_verify(request: SignedInRequest, code: str) -> HttpResponse:
    """Say that it is done indeed, or send it back."""
    found = _action(request.user, code)
    form = VerifyForm(posted(request))
    is_done = request.POST.get("verdict") != "no"
    asks = Asks(
        "Verify that it is done", "Save", found.get_absolute_url(), "Verified." if is_done else "Sent back.",
        found.finding.title, f"{found.what}: {found.done_note}", why_not(check_may_verify, found, request.user),
    )  # fmt: skip
    word = "note" if is_done else "why"
    return ask(
        request, form, asks, verify_action if is_done else send_back,
        lambda: {"action_": found, word: form.cleaned_data["note"]},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def action_move(request: SignedInRequest, code: str) -> HttpResponse:
    """Give it another owner or day."""
    found = _action(request.user, code)
    stands = {"owner": found.owner, "due_on": found.due_on}
    form = MoveActionForm(request.user, timezone.localdate(), posted(request), initial=stands)
    refusal = why_not(check_may_change, found, request.user)
    asks = Asks("Move the action", "Save", found.get_absolute_url(), "Moved.", found.finding.title, found.what, refusal)
    return ask(request, form, asks, move_action, lambda: {"action_": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def action_drop(request: SignedInRequest, code: str) -> HttpResponse:
    """Say that it need not be done any more."""
    found = _action(request.user, code)
    form = WhyForm(posted(request))
    refusal = why_not(check_may_drop, found, request.user)
    asks = Asks(
        "Drop the action", "Drop it", found.get_absolute_url(), "Dropped.", found.finding.title, found.what, refusal
    )
    return ask(request, form, asks, drop_action, lambda: {"action_": found} | form.cleaned_data)


def _action(user: User, code: str) -> Action:
    rows = Action.objects.visible_to(user).select_related("owner", "finding__agreement")
    found: Action = get_object_or_404(rows, code=code)
    return found
