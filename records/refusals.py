"""Show what an action refused: on its form, or beside its button."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from records.errors import Refused

R = TypeVar("R")


def show_refusal(form: BaseForm, problem: ValidationError | Refused) -> None:
    """Put each sentence at its field, and those of no field above the form; nothing typed is lost."""
    if isinstance(problem, Refused):
        form.add_error(None, str(problem))
        return
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def attempt(form: BaseForm, act: Callable[..., R], **given: object) -> R | None:
    """What the action gives; None where it refused, and then its sentences stand on the form."""
    try:
        return act(**given)
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
        return None


def why_not(check: Callable[..., None], *args: object) -> str:
    """The sentence of a check that refuses, empty where it passes: it stands under the refused button."""
    try:
        check(*args)
    except Refused as refused:
        return str(refused)
    return ""


def reasons_why_not(check: Callable[..., None], *args: object) -> list[str]:
    """The same, a sentence each where several things are in the way."""
    try:
        check(*args)
    except Refused as refused:
        return list(getattr(refused, "reasons", [str(refused)]))
    return []
