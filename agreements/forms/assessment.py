"""The form of an assessment, made from what its kind asks."""

from typing import Any

from django import forms

from agreements.assessment_kinds import AssessmentKind, AssessmentQuestion
from agreements.forms.evidence import documents_to_choose, evidence_fields, evidence_initial
from agreements.models import EVIDENCE_FIELDS, Agreement, Assessment, Rating, Trigger
from people.models import User
from records.choices import YesNoUnknown
from records.forms import NZDateField, YesNoUnknownField, ask

USUAL = "Usual after a high or critical risk: 12 months; medium: 24 months; low: 36 months. Your agency decides."


class AssessmentForm(forms.Form):
    """A draft may be saved as far as it goes; what is missing is asked for when it is made final."""

    may_be_incomplete = True

    def __init__(
        self, kind: AssessmentKind, agreement: Agreement, user: User, row: Assessment | None, *args: Any, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(row) if row else {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        for question in kind.questions:
            self.fields[_of(question)] = _question(question)
        self.fields |= _ratings() if kind.rated else {}
        self.fields |= _binding() if kind.binding else {}
        self.fields |= _end() | evidence_fields(documents_to_choose(agreement, user, *([row] if row else [])), row)

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        said = self.cleaned_data
        answers = {question.name: said[_of(question)] for question in self.kind.questions}
        names = ("conclusion", "inherent", "residual", "lba_required", "lba_why", "done_on", "again_on", "triggers")
        return {"answers": answers} | {name: said[name] for name in (*names, *EVIDENCE_FIELDS) if name in said}


def _of(question: AssessmentQuestion) -> str:
    return f"q_{question.name}"


def _initial(row: Assessment) -> dict[str, Any]:
    answers = {f"q_{name}": value for name, value in row.answers.items()}
    names = ("conclusion", "inherent", "residual", "lba_required", "lba_why", "done_on", "again_on", "triggers")
    return answers | {name: getattr(row, name) for name in names} | evidence_initial(row)


def _question(question: AssessmentQuestion) -> forms.Field:
    if question.asks == "yes_no":
        return YesNoUnknownField(label=question.label, help_text=question.hint, initial=YesNoUnknown.UNKNOWN)
    return _long(question.label, 4000, question.hint)


def _long(label: str, longest: int, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=area)


def _ratings() -> dict[str, forms.Field]:
    def rating(label: str) -> forms.Field:
        return forms.ChoiceField(label=label, choices=Rating.choices, initial=Rating.UNKNOWN, widget=forms.RadioSelect)

    before, after = rating("Risk before anything is done about it"), rating("Risk that remains")
    ask(after, why="It decides how often the sharing is looked at again, and who has to accept it.", source="ISS-07")
    return {"inherent": before, "residual": after}


def _binding() -> dict[str, forms.Field]:
    needed = YesNoUnknownField(label="Is a legally binding agreement needed?", initial=YesNoUnknown.UNKNOWN)
    ask(
        needed,
        why="A contract or a deed can be enforced. Where the risk asks for one, nothing is signed without it.",
        source="Information Sharing Standard, legally binding agreements (ISS-08)",
    )
    return {"lba_required": needed, "lba_why": _long("Why, or why not?", 2000)}


def _end() -> dict[str, forms.Field]:
    triggers = forms.MultipleChoiceField(
        label="What would make you assess it again before that?",
        choices=Trigger.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    return {
        "conclusion": _long("What came of it?", 4000, "One or two sentences that somebody else understands."),
        "done_on": NZDateField(label="Done on", required=False),
        "again_on": NZDateField(label="To be done again on", required=False, help_text=USUAL),
        "triggers": triggers,
    }
