"""Show what an action refused: on its form, or beside its button."""

from collections.abc import Callable
from typing import Self, TypeVar

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


class WhyNot(str):
    """The sentence of a refusal. ``never``: no other time or state of the record would change it."""

    __slots__ = ("never",)
    never: bool

    def __new__(cls, sentence: str, *, never: bool = False) -> Self:
        """The sentence, which pages print like any other."""
        said = super().__new__(cls, sentence)
        said.never = never
        return said


def why_not(check: Callable[..., None], *args: object) -> WhyNot:
    """The sentence of a check that refuses, empty where it passes: it stands under the refused button."""
    try:
        check(*args)
    except Refused as refused:
        return WhyNot(str(refused), never=refused.never)
    return WhyNot("")


def reasons_why_not(check: Callable[..., None], *args: object) -> list[str]:
    """The same, a sentence each where several things are in the way."""
    try:
        check(*args)
    except Refused as refused:
        return list(getattr(refused, "reasons", [str(refused)]))
    return []
