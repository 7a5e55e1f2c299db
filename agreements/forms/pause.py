"""Pausing an organisation, and lifting the pause: both ask why."""

from django import forms


class PauseForm(forms.Form):
    """Why it is paused."""

    reason = forms.CharField(
        label="Why is it paused?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept with the pause. People of your agency read it; other agencies do not.",
    )


class LiftForm(forms.Form):
    """Why it may go on."""

    reason = forms.CharField(
        label="Why is the pause lifted?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept with the pause, for good.",
    )
