"""The small form of a conversation: stage, day, who, what came of it, a note."""

from datetime import date
from typing import Any

from django import forms

from conflicts.choices import ConversationOutcome, Stage
from records.forms import NZDateField


class ConversationForm(forms.Form):
    """Half a minute: most of it is filled in."""

    stage = forms.ChoiceField(label="At which stage?", choices=Stage.choices)
    outcome = forms.ChoiceField(label="What came of it?", choices=ConversationOutcome.choices, widget=forms.RadioSelect)
    with_whom = forms.CharField(
        label="Who talked?", max_length=300, help_text="The people on both sides, by name or by role."
    )
    on = NZDateField(label="When?")
    note = forms.CharField(
        label="Anything to note?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody who reads the agreement reads this: what somebody declares belongs in their declaration.",
    )

    def __init__(self, *args: Any, today: date, stage: str = Stage.BEFORE_SIGNING, **kwargs: Any) -> None:
        usual = {"on": today, "stage": stage, "outcome": ConversationOutcome.NOTHING}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
