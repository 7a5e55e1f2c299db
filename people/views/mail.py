"""The operators' page: mail that waits, that could not be sent, that was sent; what ran by itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.access import permission
from people.pages.mail import can_be_read, mail_page
from people.request import SignedInRequest
from people.roles import Permission
from records.actions.mail import try_again
from records.errors import Refused
from records.models import Mail
from records.once import once


@require_safe
@permission(Permission.MANAGE_PEOPLE)
def outbox(request: SignedInRequest) -> HttpResponse:
    """What waits or failed, or with ``?sent=1`` what was sent."""
    sent, number = request.GET.get("sent") == "1", request.GET.get("page", "1")
    found = mail_page(request.user, sent=sent, number=number, now=timezone.now())
    return render(request, "people/outbox.html", {"found": found, "page": found.page})


@require_safe
@permission(Permission.MANAGE_PEOPLE)
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text of a mail about people, where no mail server brings it."""
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    if not can_be_read(mail):
        raise Http404("The text of this mail is not shown here")
    return render(request, "people/letter.html", {"mail": mail})


@require_POST
@permission(Permission.MANAGE_PEOPLE)
@once
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send it now."""
    mail = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    try:
        try_again(mail=mail, by=request.user, now=timezone.now())
        messages.success(request, f"The mail to {mail.to} is tried again now. Reload this page to see what came of it.")
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("people:outbox")
