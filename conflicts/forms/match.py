"""The form that says whether an interest is about an organisation."""

from django import forms

from conflicts.choices import MatchState

ANSWERS = (
    (MatchState.CONFIRMED, "Yes, it is about this organisation"),
    (MatchState.REJECTED, "No, it is about something else, for good"),
)


class MatchForm(forms.Form):
    """One answer and why."""

    state = forms.ChoiceField(label="Is it about this organisation?", choices=ANSWERS, widget=forms.RadioSelect)
    why = forms.CharField(
        label="How do you know?", max_length=500, help_text="For example the address, the directors, or a call."
    )
