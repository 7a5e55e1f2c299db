"""Forms that accept that a requirement is not met for a time, and take that back."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assurance.models.accepted_exception import GATE_WORDS
from records.forms import NZDateField, let_choose


class ExceptionForm(forms.Form):
    """Which step it opens, why, and until when."""

    gate = forms.ChoiceField(label="Which step does it open?", widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why is this acceptable?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It is shown wherever the requirement is, in the PDF summary too.",
    )
    ends_on = NZDateField(label="Until when?", help_text="A year at most. It ends by itself.")

    def __init__(self, gates: Iterable[str], *args: Any, **kwargs: Any) -> None:
        """``gates`` that the requirement stops and that are still ahead."""
        super().__init__(*args, **kwargs)
        let_choose(self.fields["gate"], [(gate, GATE_WORDS[gate]) for gate in gates])


class WithdrawForm(forms.Form):
    """Why it ends before its day."""

    withdrawn_why = forms.CharField(
        label="Why is it withdrawn?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
