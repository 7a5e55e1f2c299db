"""The rhythm of a page that asks: form, one action, a word that it is done; refused, nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from people.request import SignedInRequest
from records.refusals import attempt


@dataclass(frozen=True)
class Asks:
    """What the page says: ``back`` is where it came from and leads to, ``done`` the word after it."""

    heading: str
    button: str
    back: str
    done: str
    eyebrow: str = ""
    lede: str = ""
    refusal: str = ""


def ask(
    request: SignedInRequest,
    form: forms.Form,
    asks: Asks,
    act: Callable[..., Any],
    given: Callable[[], Mapping[str, Any]],
) -> HttpResponse:
    """Show the form, or do what it asks for: ``given`` is what the action is told besides who and when."""
    if form.is_valid():
        made = attempt(form, act, by=request.user, now=timezone.now(), **given())
        if made is not None:
            messages.success(request, asks.done)
            return redirect(made.get_absolute_url() if hasattr(made, "get_absolute_url") else asks.back)
    return render(request, "assurance/ask.html", {"form": form, "asks": asks})
