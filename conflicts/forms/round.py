"""Preparing a round, and what is done about one person in it."""

from typing import Any

from django import forms
from django.utils import timezone

from conflicts.choices import Occasion
from conflicts.models import Round
from people.labels import role_labels
from people.models import Unit, User
from records.forms import NZDateField, ask, let_choose

OCCASIONS = (Occasion.ANNUAL, Occasion.ELECTION, Occasion.CHANGE)


class RoundForm(forms.Form):
    """Whom a round asks, why, and by when."""

    title = forms.CharField(label="Title", max_length=120, help_text="People read it first: “Declarations 2027”.")
    occasion = forms.ChoiceField(
        label="Why now?", widget=forms.RadioSelect, choices=[(one.value, one.label) for one in OCCASIONS]
    )
    opens_on = NZDateField(label="Opens on")
    due_on = NZDateField(label="To be answered by")
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Only these units, and those below them", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="None ticked: every unit.",
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="Only people with one of these roles", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: with any role, or with none.",
    )  # fmt: skip
    senior_only = forms.BooleanField(label="Only senior leaders", required=False)
    note = forms.CharField(
        label="What people read first", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, round_: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(round_)
        today = timezone.localdate()
        let_choose(self.fields["units"], Unit.objects.visible_to(user).on(today).order_by("name"))
        labels = role_labels(user.agency)
        let_choose(self.fields["roles"], [(role.value, label) for role, label in labels.items()])
        ask(self.fields["due_on"], why="Reminders go out a week and a day before, then every week.")

    def values(self) -> dict[str, Any]:
        """What the round says of itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "units"}


class ExtendForm(forms.Form):
    """Give one person longer."""

    to = NZDateField(label="New last day")
    reason = forms.CharField(label="Why?", max_length=300, help_text="It stands in the round, and in the history.")


class ExcuseForm(forms.Form):
    """Ask one person no longer."""

    reason = forms.CharField(label="Why?", max_length=300, help_text="It stands in the round, and in the history.")


def _initial(round_: Round | None) -> dict[str, Any]:
    if round_ is None:
        return {"occasion": Occasion.ANNUAL, "opens_on": timezone.localdate()}
    fields = ("title", "occasion", "roles", "senior_only", "opens_on", "due_on", "note")
    return {name: getattr(round_, name) for name in fields} | {
        "units": list(round_.round_units.values_list("unit", flat=True))
    }
