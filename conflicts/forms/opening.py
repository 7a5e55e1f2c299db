"""What somebody opens a declaration for."""

from django import forms
from django.http import QueryDict

from records.forms import let_choose

OTHER = "other"


class PurposeForm(forms.Form):
    """The usual purposes to choose from, or their own words."""

    purpose = forms.ChoiceField(label="What do you open it for?", widget=forms.RadioSelect)
    other = forms.CharField(label="In a few words", max_length=200, required=False)

    def __init__(self, usual: list[str], data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"purpose": usual[0]})
        choices = [*((one, one) for one in usual), (OTHER, "Something else")]
        let_choose(self.fields["purpose"], choices)

    def clean(self) -> None:
        """Their own words where none of the usual purposes is theirs."""
        super().clean()
        if self.cleaned_data.get("purpose") == OTHER and not self.cleaned_data.get("other", "").strip():
            self.add_error("other", "Say in a few words what you open it for")

    def said(self) -> str:
        """The purpose as it is shown to the declarant."""
        chosen: str = self.cleaned_data["purpose"]
        return self.cleaned_data["other"].strip() if chosen == OTHER else chosen
