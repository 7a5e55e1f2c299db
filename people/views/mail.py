"""The operators' page: mail that waits, that could not be sent, that was sent; what ran by itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.access import open_to_all_signed_in, permission
from people.models import User
from people.pages.mail import all_mail, can_be_read, can_read_all, mail_page
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


@require_safe
@open_to_all_signed_in
def demo_mails(request: SignedInRequest) -> HttpResponse:
    """What the demonstration mailed, with ``?to=`` to one address: nowhere else is it there."""
    to = request.GET.get("to", "")
    page = all_mail(_demo_reader(request), to=to, number=request.GET.get("page", "1"))
    return render(request, "people/demo_mails.html", {"page": page, "to": to})


@require_safe
@open_to_all_signed_in
def demo_mail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them, with its links."""
    mail = get_object_or_404(Mail.objects.visible_to(_demo_reader(request)), pk=pk)
    return render(request, "people/demo_mail.html", {"mail": mail})


def _demo_reader(request: SignedInRequest) -> User:
    if not can_read_all(request.user.agency):
        raise Http404("Mail is read by whom it is for")
    return request.user


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
