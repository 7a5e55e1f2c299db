"""The form that answers a requirement no check can answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements.forms.evidence import evidence_fields
from agreements.models import Document
from assurance.models import Attested

IN_WORDS = "Say what shows it: the document, its page and date, and where it is kept."
KEPT_HERE = "It is shown wherever the requirement is."


class AttestationForm(forms.Form):
    """Met, not met or not applicable, why, and for an agreement the document that shows it."""

    value = forms.ChoiceField(label="Your answer", choices=Attested.choices, widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why do you say so?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=IN_WORDS
    )
    seen = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)

    def __init__(self, documents: Sequence[Document] | None, *args: Any, **kwargs: Any) -> None:
        """``documents`` that can be pointed to; None where the evidence is told in words."""
        super().__init__(*args, **kwargs)
        if documents is not None:
            self.fields["why"].help_text = KEPT_HERE
            self.fields |= evidence_fields(documents)
            self.fields["evidence"].help_text = f"Met needs one. {self.fields['evidence'].help_text}"

    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def seen_key(self) -> int:
        """The newest answer that the person saw, 0 where there was none."""
        return self.cleaned_data["seen"] or 0
