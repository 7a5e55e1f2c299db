"""Asking a provider, and what can be done about a request that waits."""

from typing import Any

from django import forms

from agreements.models import Agreement, Organisation
from records.forms import NZDateField, PickField, let_choose


class AgreementsField(forms.ModelMultipleChoiceField):
    """Agreements as checkboxes, by reference and title."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """`MCW-2026-0012 School attendance liaison`."""
        return f"{obj.reference} {obj.title}"


class WhichProviderForm(forms.Form):
    """Which organisation is asked: one that takes part in an agreement in use."""

    organisation = PickField(
        queryset=Organisation.objects.none(), label="Which organisation is asked?",
        help_text="Offered are the parties of your agreements in use. Type a name.",
    )  # fmt: skip

    def __init__(self, providers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["organisation"], providers)


class LinkForm(forms.Form):
    """To whom the link goes."""

    contact = forms.CharField(label="Who is asked there?", max_length=200, help_text="The name of a person.")
    email = forms.EmailField(label="Their e-mail address")


class AskProviderForm(LinkForm):
    """What is asked, by when, and whom they can ring."""

    field_order = ("agreements", "contact", "email", "due_on", "ring", "note")

    agreements = AgreementsField(queryset=Agreement.objects.none(), label="About which agreements?")
    due_on = NZDateField(
        label="To be answered by", help_text="At most 60 days from today, because the link works for that long."
    )
    ring = forms.CharField(
        label="Who can they contact?",
        max_length=200,
        help_text="A name and a phone number. Shown in the e-mail and on their page.",
    )
    note = forms.CharField(
        label="Message", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text="Shown in the e-mail and on their page. No personal information.",
    )  # fmt: skip

    def __init__(self, agreements: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["agreements"], agreements)

    def values(self) -> dict[str, Any]:
        """What the action takes besides the agreements."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreements"}


class ExtendForm(forms.Form):
    """Until when, and why."""

    due_on = NZDateField(
        label="To be answered by", help_text="At most 60 days from today, because the link works for that long."
    )
    why = forms.CharField(
        label="Why do they get more time?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands with the request; the provider does not read it.",
    )  # fmt: skip


class TakeUpForm(forms.Form):
    """What was done about a subcontractor."""

    what = forms.CharField(
        label="What was done?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: recorded with contract C-2026-0147; or not agreed to, and why.",
    )  # fmt: skip
