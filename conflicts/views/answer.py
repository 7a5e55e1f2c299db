"""Answer a round from the mailed link: say who one is, then declare. No password, and nothing else opens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conflicts.access import answering, remember
from conflicts.actions.invitation import begin_answer, report_astray
from conflicts.attempts import too_many
from conflicts.letters import first_name
from conflicts.links import Link, follow
from conflicts.models import Invitation
from conflicts.pages.writing import next_address
from people.access import open_to_all_signed_in, public
from people.actions.system import system_user
from people.actions.user import sign_in_for_link
from people.request import SignedInRequest
from records.errors import Refused

ME, OTHER = "me", "other"
LINK = "declaration link"  # the system user that acts before it is known who is there


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
def answer(request: SignedInRequest, token: str) -> HttpResponse:
    """Say whose link it is, by first name only, and ask whether that is who opened it."""
    if too_many(request):
        return render(request, "conflicts/answer_later.html", status=429)
    link = follow(token)
    if link.invitation is None:
        return _closed(request, link)
    if link.invitation.state == "returned":
        return render(request, "conflicts/answered.html", _known(link.invitation))
    who = request.POST.get("who", "")
    theirs = not request.user.is_authenticated or request.user.person_id == link.invitation.person_id
    if not theirs and who != OTHER:
        return render(request, "conflicts/answer_other.html", _known(link.invitation), status=403)
    if request.method == "POST":
        return _said(request, link.invitation, who)
    return render(request, "conflicts/answer.html", _known(link.invitation))


def _said(request: SignedInRequest, invitation: Invitation, who: str) -> HttpResponse:
    now, by = timezone.now(), system_user(LINK)
    if who == OTHER:
        report_astray(invitation=invitation, by=by, now=now)
        return render(request, "conflicts/answer_astray.html", _known(invitation))
    if who != ME:
        return render(request, "conflicts/answer.html", _known(invitation) | {"unsaid": True}, status=400)
    try:
        user = sign_in_for_link(person=invitation.person, by=by, on=timezone.localdate(now))
        draft = begin_answer(invitation=invitation, by=user, now=now)
    except Refused as refused:
        return render(request, "conflicts/answer.html", _known(invitation) | {"refused": str(refused)}, status=403)
    if not request.user.is_authenticated:
        remember(request, invitation)
    return redirect(next_address(draft))


@require_safe
@public
@never_cache
def answered(request: SignedInRequest) -> HttpResponse:
    """The receipt, to the browser that answered; to any other that there is nothing here."""
    link = answering(request)
    if link is None or link.invitation is None:
        return _closed(request, link or Link(problem="broken"))
    if link.invitation.state != "returned":
        return redirect(next_address(link.invitation.declaration) if link.invitation.declaration else "home")
    return render(request, "conflicts/answered.html", _known(link.invitation) | {"here": True})


@require_POST
@open_to_all_signed_in
def answer_mine(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin to answer a round that asked the person who is signed in."""
    mine = Invitation.objects.visible_to(request.user).filter(person=request.user.person_id, code=code).first()
    if mine is None:
        return render(request, "conflicts/answer_closed.html", {"problem": "broken"}, status=404)
    try:
        return redirect(next_address(begin_answer(invitation=mine, by=request.user, now=timezone.now())))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("home")


def _closed(request: SignedInRequest, link: Link) -> HttpResponse:
    status = 404 if link.problem == "broken" else 410
    return render(request, "conflicts/answer_closed.html", {"problem": link.problem}, status=status)


def _known(invitation: Invitation) -> dict[str, object]:
    """No more than the first name: whoever opens a forwarded link learns nothing else of the person."""
    return {
        "invitation": invitation,
        "first_name": first_name(invitation.person),
        "asking": invitation.person.agency,
        "round": invitation.round,
        "today": timezone.localdate(),
    }
