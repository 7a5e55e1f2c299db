"""The forms of a management plan: what is done, step by step; approving it; reviewing it; that it was not kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from conflicts.models import Declaration, ManagementPlan, ReviewFinding
from conflicts.plan_options import BY_NAME as OPTIONS
from people.forms.fields import PersonField
from people.models import Person
from records.forms import NZDateField, ask

# What procurement calls each family of options (domain.md 3.7), in words that need no explaining.
FAMILIES = {
    "report": "Say it openly",
    "recruit": "Bring somebody else in",
    "restrict": "Keep them out of part of it",
    "remove": "Take them out of it",
    "relinquish": "Give up the interest",
    "resign": "Leave one of the two roles",
}
STEP_FIELDS = ("what", "owner", "due_on")
MOST_STEPS = 30
ROWS, ADD, REMOVE = "rows", "add_step", "remove_step"


class PlanForm(forms.Form):
    """Everything of a plan but its steps."""

    may_be_incomplete = True  # no label says (optional): one option of any family is enough

    risk = forms.CharField(
        label="What could go wrong?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="If nothing were done: who could gain or lose, and how it would look.",
    )  # fmt: skip

    def __init__(self, declaration: Declaration, plan: ManagementPlan | None, on: date, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **(kw | {"initial": _initial(plan) | kw.get("initial", {})}))
        for family, title in FAMILIES.items():
            self.fields[f"options_{family}"] = _options(family, title)
        self.fields["why_these"] = _long("Why these, and what else was considered?", 2000)
        self.fields["told"] = _long("Who is told, and what?", 1000, "Only those who need it to keep the plan.")
        self.fields["restricted"] = _long("Which information is kept from them?", 1000)
        self.fields["monitored_by"] = _person(declaration, on, "Who sees that it is kept?")
        self.fields["monitored_by"].help_text = "They read the declaration only where they decide or approve too."
        self.fields["review_on"] = NZDateField(label="When is it looked at again?", help_text="At least once a year.")
        self.fields["ends_when"] = forms.CharField(
            label="When does it end?", max_length=300, help_text="For example: when the evaluation is over."
        )

    @property
    def families(self) -> list[forms.BoundField]:
        """The options, family by family."""
        return [self[f"options_{family}"] for family in FAMILIES]

    @property
    def others(self) -> list[forms.BoundField]:
        """What stands below the steps."""
        return [self[name] for name in self.fields if name != "risk" and not name.startswith("options_")]

    def values(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        chosen = {name for family in FAMILIES for name in said[f"options_{family}"]}
        options = [name for name in OPTIONS if name in chosen]
        names = ("risk", "why_these", "told", "restricted", "monitored_by", "review_on", "ends_when")
        return {"options": options} | {name: said[name] for name in names}


class StepRow(forms.Form):
    """One step: what, by whom, until when. An empty row counts for nothing."""

    def __init__(self, declaration: Declaration, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"empty_permitted": True, "use_required_attribute": False}))
        self.fields["what"] = forms.CharField(label="What is done", max_length=500)
        owner = _person(declaration, on, "By whom")
        owner.queryset, owner.required = Person.objects.filter(agency=declaration.agency_id).here_on(on), True
        owner.help_text = "Type a name. The person themselves may do it too."
        self.fields["owner"] = owner
        self.fields["due_on"] = NZDateField(label="Until when", required=False)

    @property
    def number(self) -> str:
        """Which row it is, from 1."""
        return str(int(str(self.prefix).rpartition("-")[2]) + 1)


class StepRows:
    """The rows of steps on the page; a row is added or taken away without JavaScript, and nothing typed is lost."""

    def __init__(self, declaration: Declaration, plan: ManagementPlan | None, on: date, data: QueryDict | None) -> None:
        self.changing = data is not None and (ADD in data or REMOVE in data)
        kept = _typed(data) if data is not None else _stored(plan)
        bound = None if data is None or self.changing else data
        count = _count(data) if bound is not None else max(len(kept), 1)
        initial = [] if bound else kept  # a bound row has none: whatever it says counts as written
        self.forms = [
            StepRow(declaration, on, bound, prefix=f"step-{row}", initial=initial[row] if row < len(initial) else None)
            for row in range(count)
        ]

    def is_valid(self) -> bool:
        """Whether every row that says anything can be read."""
        wrong = [form for form in self.forms if not form.is_valid()]  # each is asked, so that each shows its errors
        return not wrong

    def values(self) -> list[dict[str, Any]]:
        """The steps that were written, in their order."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and form.cleaned_data]


class ApproveForm(forms.Form):
    """Approve, on conditions or not."""

    conditions = forms.CharField(
        label="On what conditions?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Leave it empty to approve the plan as it stands.",
    )  # fmt: skip


class RefuseForm(forms.Form):
    """Send the plan back."""

    reason = forms.CharField(
        label="What has to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever wrote the plan reads this.",
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What a review found."""

    finding = forms.ChoiceField(label="What did you find?", choices=ReviewFinding.choices, widget=forms.RadioSelect)
    next_on = NZDateField(label="When is it looked at next?", required=False)
    note = forms.CharField(
        label="How do you know?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you looked at and whom you asked.",
    )  # fmt: skip
    on = NZDateField(label="Reviewed on")
    may_be_incomplete = True

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"on": today}} | kwargs))
        hints = {
            ReviewFinding.VARIED: "A new plan is written. This one applies until the new one is approved.",
            ReviewFinding.OVER: "The case is closed, and stays on record.",
        }
        ask(self.fields["finding"], choice_hints=hints)
        ask(self.fields["next_on"], shown_by=("finding", "confirmed"), owed_once_shown=True)


class NotKeptForm(forms.Form):
    """What happened, and what was done about it."""

    on = NZDateField(label="On which day?")
    what = forms.CharField(label="What happened?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    action = forms.CharField(
        label="What was done about it?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What was mended, who was told, and what follows for the person.",
    )  # fmt: skip


class PlanStepForm(forms.Form):
    """A step is done."""

    done_on = NZDateField(label="Done on which day?")
    note = forms.CharField(
        label="How do we know?", max_length=500, help_text="For example: the new panel list of 3 July names Anaru."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"done_on": today}} | kwargs))


def _initial(plan: ManagementPlan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    names = ("risk", "why_these", "told", "restricted", "monitored_by", "review_on", "ends_when")
    options = {f"options_{family}": [one for one in plan.options if _family(one) == family] for family in FAMILIES}
    return options | {name: getattr(plan, name) for name in names}


def _family(option: str) -> str:
    return OPTIONS[option].family


def _options(family: str, title: str) -> forms.MultipleChoiceField:
    mine = [option for option in OPTIONS.values() if option.family == family]
    field = forms.MultipleChoiceField(
        label=title, required=False, choices=[(option.name, option.title) for option in mine],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    ask(field, choice_hints={option.name: option.help for option in mine if option.help})
    return field


def _person(declaration: Declaration, on: date, label: str) -> PersonField:
    people = Person.objects.filter(agency=declaration.agency_id).here_on(on).exclude(declarations=declaration)
    return PersonField(label=label, queryset=people.order_by("name"), required=False)


def _long(label: str, longest: int, hint: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=area)


def _stored(plan: ManagementPlan | None) -> list[dict[str, Any]]:
    return [{name: getattr(step, name) for name in STEP_FIELDS} for step in plan.steps.order_by("pk")] if plan else []


def typed_plan(data: QueryDict) -> dict[str, Any]:
    """What was typed so far, to show the form again without asking for the rest yet."""
    return {name: data.getlist(name) if name.startswith("options_") else data.get(name, "") for name in data}


def _typed(data: QueryDict) -> list[dict[str, Any]]:
    """The rows as they were typed, without the one taken away, and with an empty one where one was asked for."""
    rows: list[dict[str, Any]] = [
        {name: data.get(f"step-{row}-{name}", "") for name in STEP_FIELDS}
        for row in range(_count(data))
        if data.get(REMOVE) != str(row)
    ]
    return [*rows, {}] if ADD in data else rows


def _count(data: Mapping[str, Any] | None) -> int:
    said = str((data or {}).get(ROWS, ""))
    return min(int(said), MOST_STEPS) if said.isdecimal() else 1
