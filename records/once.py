"""A form sent twice does its work once: a double click, or going back and sending it again.

In the template, inside the form: ``{% once %}`` (the form layout has it). On the view, innermost: ``@once``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from records.acting import Actor
from records.actions.sent_form import note_sent
from records.locks import hold
from records.models import SentForm

FIELD = "once"
AGAIN = "This form had been sent already: nothing was done a second time. For another, start from an empty form."

View = Callable[..., HttpResponseBase]


def number_for(request: HttpRequest) -> UUID:
    """The number that a form carries: the one it came with where it is shown again, else a new one."""
    return _sent_number(request) or uuid4()


def once(view: View) -> View:
    """The view does the work of one form once: sent again, it leads where it led the first time.

    Done means that the view redirected. The first holds a lock until it has committed, so of two at the same moment the
    second waits; the database's own constraint stands behind. A form without a number is not remembered.
    """

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = _sent_number(request)
        if request.method != "POST" or number is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            hold(f"form {number}")
            before = _led_to(request.user, number)
            if before:
                messages.info(request, AGAIN)
                return HttpResponseRedirect(before)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                note_sent(number=number, led_to=response.url, by=request.user, now=timezone.now())
            return response

    return sent


def _led_to(by: Actor, number: UUID) -> str | None:
    return SentForm.objects.filter(user_id=by.pk, number=number).values_list("led_to", flat=True).first()


def _sent_number(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
