"""The form of a decision: one verdict an interest, and who decided where that was outside the register."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from conflicts.actions.decision import Verdict
from conflicts.choices import ConflictType, Outcome
from conflicts.models import DeclaredInterest
from records.forms import NZDateField, ask

OUTCOME_HINTS = {
    Outcome.NONE: "The interest does not meet their work. This too is decided and kept.",
    Outcome.MANAGEABLE: "It meets their work, and something can be done that an outsider would find enough.",
    Outcome.UNMANAGEABLE: "Nothing that could be done would be enough. What it touches stops.",
}
TYPE_HINTS = {
    ConflictType.ACTUAL: "Their duty and the interest pull apart now.",
    ConflictType.POTENTIAL: "They do not today, and could: a new matter, a new role, a new contract.",
    ConflictType.PERCEIVED: "They may do everything right, and a reasonable person outside could still doubt it.",
}


class DecideForm(forms.Form):
    """Asks about each interest declared, or once where nothing was declared."""

    may_be_incomplete = True  # no label says (optional): what has to be answered depends on the answer before it

    def __init__(self, declared: Sequence[DeclaredInterest], outside: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared, self.outside = {row.pk: row for row in declared}, outside
        for key in self.declared:
            self.fields |= _about_interest(key)
        if not self.declared:
            self.fields["reasons_0"] = _long("Why is there nothing to decide about?", 4000)
        if outside:
            self.fields |= _outside()

    @property
    def groups(self) -> list[tuple[DeclaredInterest, list[BoundField]]]:
        """Each interest with its questions; the type stands below the outcome that opens it."""
        names = ("outcome", "outsider", "reasons")
        return [(row, [self[f"{name}_{key}"] for name in names]) for key, row in self.declared.items()]

    @property
    def others(self) -> list[BoundField]:
        """What is asked once."""
        mine = {f"{name}_{key}" for key in self.declared for name in ("outcome", "type", "outsider", "reasons")}
        return [self[name] for name in self.fields if name not in mine]

    def clean(self) -> dict[str, Any]:
        """A conflict has a type."""
        said = super().clean() or self.cleaned_data
        for key in self.declared:
            if said.get(f"outcome_{key}") not in (None, Outcome.NONE) and not said.get(f"type_{key}"):
                self.add_error(f"type_{key}", "Say which type of conflict it is")
        return said

    def verdicts(self) -> list[Verdict]:
        """What was decided, as the action takes it."""
        said = self.cleaned_data
        if not self.declared:
            return [Verdict(Outcome.NONE, said["reasons_0"])]
        return [
            Verdict(outcome, said[f"reasons_{key}"], row, _type(outcome, said[f"type_{key}"]), said[f"outsider_{key}"])
            for key, row in self.declared.items()
            for outcome in [Outcome(said[f"outcome_{key}"])]
        ]

    def made_outside(self) -> dict[str, Any]:
        """Who decided outside the register, when and in which document; nothing where it is decided here."""
        return {name: self.cleaned_data[name] for name in ("decided_by", "document", "on")} if self.outside else {}


def _type(outcome: Outcome, said: str) -> str:
    return "" if outcome == Outcome.NONE else said


def _about_interest(key: int) -> dict[str, forms.Field]:
    outcome = _radios("What do you decide?", Outcome.choices)
    ask(outcome, choice_hints=OUTCOME_HINTS)
    kind = _radios("Which type of conflict is it?", ConflictType.choices, required=False)
    ask(kind, choice_hints=TYPE_HINTS, shown_by=(f"outcome_{key}", "manageable unmanageable"))
    outsider = _long("What would an outsider think?", 2000, "Someone fair, who does not know the person.")
    reasons = _long("Why?", 4000, "The declarant reads this. Say what it touches, how near, and what you relied on.")
    ask(reasons, why="Every decision is kept with its reasons, that there is no conflict as well.",
        source="Model standards for conflicts of interest, in our words; to be confirmed")  # fmt: skip
    return {f"outcome_{key}": outcome, f"type_{key}": kind, f"outsider_{key}": outsider, f"reasons_{key}": reasons}


def _outside() -> dict[str, forms.Field]:
    return {
        "decided_by": forms.CharField(label="Who decided?", max_length=200, initial="Public Service Commission"),
        "document": forms.CharField(
            label="In which document?",
            max_length=300,
            help_text="For example their letter, its number and where it is.",
        ),
        "on": NZDateField(label="On which day?", help_text="For example 1 July 2026. Not in the future."),
    }


def _radios(label: str, choices: Sequence[tuple[Any, Any]], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.RadioSelect)


def _long(label: str, longest: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}))
