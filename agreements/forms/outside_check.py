"""What the approval of a team of one asks besides: who outside checked it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from agreements.checkers import OutsideCheck
from records.forms import NZDateField


def outside_fields() -> dict[str, forms.Field]:
    """Four questions, all of them to be answered."""
    return {
        "checked_by": forms.CharField(
            label="Who outside your team checked it?",
            max_length=200,
            help_text="Nobody else here can approve what you wrote. Name and position of who read it.",
        ),
        "checked_for": forms.CharField(label="Of which organisation?", max_length=200),
        "checked_on": NZDateField(label="On which day?", help_text="For example 1 July 2026. Not in the future."),
        "checked_document": forms.CharField(
            label="What did they write, and where is it kept?",
            max_length=300,
            help_text="For example an e-mail of 1 July 2026, held in the agreement’s file.",
        ),
    }


def gathered(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a step's form as its action takes them: the four as one check."""
    names = outside_fields()
    rest = {name: value for name, value in answers.items() if name not in names}
    told = {name: answers[name] for name in names if name in answers}
    return rest | {"outside": OutsideCheck(**told)} if told else rest
