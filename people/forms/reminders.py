"""How somebody wants to be reminded."""

from django import forms

from people.models import DigestChoice


class DigestForm(forms.Form):
    """When the mail with what is due comes."""

    digest = forms.ChoiceField(
        label="Mail about what is due",
        choices=DigestChoice.choices,
        widget=forms.RadioSelect,
        help_text="At most one a working day, in the morning. It names agreements by their reference only.",
    )
