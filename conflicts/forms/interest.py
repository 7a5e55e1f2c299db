"""What is said of one interest. No organisation is ever offered: what others declared must not show."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from agreements.models.organisation import check_nzbn
from conflicts.choices import Declared, Standing
from conflicts.interest_kinds import InterestKind
from conflicts.models import DeclaredInterest
from records.forms import NZDateField, ask

NO_OFFERS = {"autocomplete": "off"}
OF_LAST_TIME = [(one.value, one.label) for one in (Standing.SAME, Standing.CHANGED, Standing.ENDED)]


def _long(label: str, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3} | NO_OFFERS)
    return forms.CharField(label=label, max_length=2000, required=False, help_text=hint, widget=area)


class InterestForm(forms.Form):
    """One interest of one kind; what the kind does not ask for is left out."""

    named_as = forms.CharField(
        label="Which organisation or matter?",
        max_length=200,
        help_text="In your own words. Only you and those who deal with your declaration see it.",
        widget=forms.TextInput(attrs=NO_OFFERS),
    )
    says = _long("What is the interest?", "A sentence or two is enough.")
    connected = forms.CharField(
        label="Who is connected, if not you?",
        max_length=200,
        required=False,
        help_text="“My partner” is enough; a name only where it is needed.",
        widget=forms.TextInput(attrs=NO_OFFERS),
    )
    nzbn = forms.CharField(
        label="Its New Zealand Business Number (NZBN)",
        max_length=17,
        required=False,
        help_text="If you know it.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"} | NO_OFFERS),
    )
    touches = _long("How could it touch your work?", "Think of what somebody outside would think.")
    declared_as = forms.ChoiceField(
        label="What do you think it is?", choices=Declared.choices, initial=Declared.UNSURE, widget=forms.RadioSelect
    )
    starts_on = NZDateField(label="Since when?", required=False, help_text="If you know it; about when is enough.")
    ends_on = NZDateField(label="Until when?", required=False, help_text="Leave it empty while it goes on.")
    stand_down_until = NZDateField(
        label="From which day does it no longer matter?",
        required=False,
        help_text="For example the end of a stand-down that your contract names.",
    )

    def __init__(self, kind: InterestKind, *args: Any, organisation: bool = False, **kwargs: Any) -> None:
        """``organisation``: a supplier declares."""
        super().__init__(*args, **kwargs)
        left_out = set() if kind.stand_down else {"stand_down_until"}
        left_out |= set() if kind.connected else {"connected"}
        left_out |= set() if organisation or kind.name == "business" else {"nzbn"}
        for name in left_out:
            del self.fields[name]
        if organisation:
            self.fields["touches"].label = "How could it touch the work?"
            self.fields["named_as"].help_text = "In their own words."

    def clean_nzbn(self) -> str:
        """The number without its spaces; ValidationError where its check digit is wrong."""
        typed = "".join(str(self.cleaned_data["nzbn"]).split())
        if typed:
            check_nzbn(typed)
        return typed

    def clean(self) -> None:
        """An end lies after the start."""
        super().clean()
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "It cannot end before it began")


class LastTimeForm(forms.Form):
    """How an interest declared last time stands now."""

    standing = forms.ChoiceField(label="Is it still as you said?", choices=OF_LAST_TIME, widget=forms.RadioSelect)
    ends_on = NZDateField(label="When did it end?", required=False, help_text="About when is enough.")

    def __init__(self, row: DeclaredInterest, on: date, data: QueryDict | None = None) -> None:
        initial = {"standing": "" if row.standing == Standing.ASKED else row.standing, "ends_on": row.ends_on}
        super().__init__(data, initial=initial)
        self.row, self.on = row, on
        ask(self.fields["ends_on"], shown_by=("standing", Standing.ENDED))

    def clean(self) -> None:
        """What has ended has its last day, which is past and not before the first."""
        super().clean()
        if self.cleaned_data.get("standing") != Standing.ENDED or "ends_on" in self.errors:
            return
        ends = self.cleaned_data.get("ends_on")
        if ends is None:
            self.add_error("ends_on", "Say when it ended; about when is enough")
        elif ends > self.on:
            self.add_error("ends_on", "That day is still to come: choose “Changed”, and say until when")
        elif self.row.starts_on and ends < self.row.starts_on:
            self.add_error("ends_on", "It cannot end before it began")

    def values(self) -> dict[str, Any]:
        """What the row keeps: the last day of what ended."""
        said: dict[str, Any] = {"standing": self.cleaned_data["standing"]}
        return said | ({"ends_on": self.cleaned_data["ends_on"]} if said["standing"] == Standing.ENDED else {})
