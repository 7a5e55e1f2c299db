"""The rhythm of a page that says anew what stands: what somebody said meanwhile is set beside it, nothing is lost."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from agreements.digest import digest
from agreements.errors import Stale
from people.request import SignedInRequest
from records.errors import Refused
from records.refusals import show_refusal
from records.words import nz_date, nz_datetime


def say_anew(
    request: SignedInRequest, form: forms.BaseForm, stands: Mapping[str, Any], act: Callable[[dict[str, Any], str], Any]
) -> dict[str, Any] | None:
    """Do what the form asks: ``act(values, seen)``. None once it is saved, else what agreements/_stale.html needs.

    ``stands`` is what is said now; of each answer that differs the person chose which to keep.
    """
    seen = request.POST.get("seen", digest(stands))
    more: dict[str, Any] = {"seen": seen, "stale": None, "differences": []}
    if not form.is_valid():
        return more
    kept = {name: stands[name] for name in stands if request.POST.get(f"keep-{name}") == "theirs"}
    try:
        act(form.cleaned_data | kept, seen)
    except Stale as stale:
        return {"seen": stale.seen, "stale": stale, "differences": _differences(form, stale)}
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
        return more
    return None


def _differences(form: forms.BaseForm, stale: Stale) -> list[dict[str, Any]]:
    return [
        {
            "field": each.field,
            "label": form.fields[each.field].label,
            "theirs": _shown(form.fields[each.field], each.theirs),
            "yours": _shown(form.fields[each.field], each.yours),
        }
        for each in stale.differences
    ]


def _shown(field: forms.Field, value: Any) -> str:
    """An answer as a person reads it."""
    if value in (None, ""):
        return "Nothing"
    if isinstance(value, datetime):
        return nz_datetime(value)
    if isinstance(value, date):
        return nz_date(value)
    chosen = isinstance(field, forms.ChoiceField) and not isinstance(value, Model)
    return str(dict(field.choices).get(value, value) if chosen else value)  # type: ignore[attr-defined]
