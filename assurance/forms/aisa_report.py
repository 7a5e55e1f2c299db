"""The texts and figures of a yearly report, notices before an adverse action, and why a year is reopened."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from assurance.actions.aisa_report import Said
from assurance.models import AdverseNotice, AdverseOutcome, AisaEntry
from assurance.models.aisa_report import LARGEST
from assurance.pages.aisa_report import Line, in_words
from records.forms import NZDateField, ask, say_instead

WHY = "Only where you change what was recorded. What stood there stays on record with it."
LONGEST = 8000


class ReportForm(forms.Form):
    """A field for each line; left empty it is not recorded. Last, why something recorded is corrected."""

    may_be_incomplete = True
    seen = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)

    def __init__(self, lines: Sequence[Line], seen: int, data: QueryDict | None) -> None:
        self.lines = {name_of(line): line for line in lines}
        stands = {name: _typed(line) for name, line in self.lines.items()}
        super().__init__(data, initial=stands | {"seen": seen})
        for name, line in self.lines.items():
            self.fields[name] = _field(line)
        self.more()
        self.fields["why"] = forms.CharField(
            label="Why do you correct it?", max_length=500, required=False, help_text=WHY
        )

    def more(self) -> None:
        """What else a form asks before the last question."""

    def said(self) -> list[Said]:
        """What is to stand at each place."""
        return [Said(*line.place, _plain(self.cleaned_data[name])) for name, line in self.lines.items()]

    def know(self, entries: Sequence[AisaEntry], seen: int) -> None:
        """Somebody entered these meanwhile: say so at each, and take what is typed as an answer to it when sent again.

        What the person did not touch takes on what stands now.
        """
        names, saw = {line.place: name for name, line in self.lines.items()}, self.seen_key()
        instead: dict[str, str | int | None] = {"seen": str(seen)}
        for one in self.said():
            line = self.lines.get(names.get(one.place, ""))
            if line and one.value == next((row.value for row in line.entries[::-1] if row.pk <= saw), None):
                instead[name_of(line)] = _typed(line) if _typed(line) is not None else ""
        say_instead(self, **instead)
        for entry in entries:
            said = in_words(entry.value) or "not recorded"
            self.add_error(names.get((entry.item, entry.of)), f"{entry.by} entered meanwhile: {said}")

    def seen_key(self) -> int:
        """The newest row that the person saw, 0 where there was none."""
        return self.cleaned_data["seen"] or 0


class FiguresForm(ReportForm):
    """The figures, and one more outcome in the agency's own words."""

    def more(self) -> None:
        """An outcome that is not on the list."""
        self.fields["new_outcome"] = forms.CharField(
            label="Another outcome, in your own words", max_length=200, required=False
        )
        self.fields["new_number"] = _number("How many of these")

    def clean(self) -> dict[str, Any]:
        """The other outcome is a name and a number, and is not on the list already."""
        data = super().clean() or {}
        name, number = " ".join(data.get("new_outcome", "").split()), data.get("new_number")
        if bool(name) != (number is not None):
            self.add_error("new_outcome" if number is not None else "new_number", "Enter both the outcome and how many")
        if name and any(line.place == ("outcome", name) for line in self.lines.values()):
            self.add_error("new_outcome", "It is on the list above: enter how many there")
        return data | {"new_outcome": name}

    def said(self) -> list[Said]:
        """With the other outcome."""
        new, number = self.cleaned_data["new_outcome"], self.cleaned_data["new_number"]
        return [*super().said(), *([Said("outcome", new, number)] if new else [])]


class ReopenForm(forms.Form):
    """Why a complete year is opened again."""

    why = forms.CharField(label="Why do you reopen it?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoticeForm(forms.ModelForm):
    """Notices of one day."""

    given_on = NZDateField(label="On which day were they given?")

    class Meta:
        model = AdverseNotice
        fields = ("given_on", "number", "reference")
        labels = {"number": "How many notices?", "reference": "Your own reference"}
        help_texts = {"reference": "Of the case or the run. Never a name: nobody is named here."}


class OutcomeForm(forms.ModelForm):
    """What came of some of them."""

    on = NZDateField(label="On which day?")

    class Meta:
        model = AdverseOutcome
        fields = ("became", "number", "on", "note")
        labels = {"became": "What happened?", "number": "Of how many notices?"}
        widgets = {"became": forms.RadioSelect}


def name_of(line: Line) -> str:
    """The name of a line's field: its key, and a short hash of the party or the outcome, whatever stands around it.

    Never the key alone: a field called "matches" would hide what browsers call so of a form, and stop its scripts.
    """
    of = f"-{hashlib.sha256(line.of.encode()).hexdigest()[:10]}" if line.of else ""
    return f"said-{line.asked.key}{of}"


def _typed(line: Line) -> str | int | None:
    """What was typed in: where dated notices count, that is not what is shown."""
    return line.entries[-1].value if line.entries else None


def _plain(value: str | int | None) -> str | int | None:
    """Nothing typed is not recorded, and 0 is a figure; lines end as they are stored, not as browsers send them."""
    return (value.replace("\r\n", "\n") or None) if isinstance(value, str) else value


def _field(line: Line) -> forms.Field:
    last = f"Last year: {in_words(line.before)}" if line.before is not None else "Last year: not recorded"
    field: forms.Field = _number(line.title, last)
    if not line.asked.is_figure:
        words = forms.Textarea(attrs={"rows": 4})
        field = forms.CharField(
            label=line.title, max_length=LONGEST, required=False, widget=words, help_text=line.asked.asks
        )
    source = ". ".join(part for part in (line.asked.source, line.asked.to_be_confirmed) if part)
    ask(field, source=source, width="short" if line.asked.is_figure else "")
    return field


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LARGEST, required=False, help_text=help_text)
