"""The forms of a contract, of the agreements it serves, and of its subcontractors."""

from typing import Any

from django import forms

from agreements.actions import contract as of_contract
from agreements.actions import subcontractor as of_subcontractor
from agreements.forms.organisation import OrganisationChoiceField
from agreements.forms.section import form_field, kept
from agreements.models import Agreement, Contract, Subcontractor
from people.models import User
from records.forms import PickField, ask, let_choose

WORDS = {
    "reference": ("What is its number in the finance system?", "As it stands there, for example C-2026-0147."),
    "title": ("Title", "What people call it."),
    "supplier": ("Who is the supplier?", "Type its name, a former name, an abbreviation or its NZBN."),
    "stage": ("Where does it stand?", ""),
    "manager": ("Who manages it?", "Type a name and choose from the list."),
    "starts_on": ("Starts on", "For example 1 July 2026."),
    "ends_on": ("Ends on", "The last day, without extensions that nobody has agreed yet."),
    "value_band": (
        "What is it worth over its whole life?",
        "Without GST. The exact figure stays in the finance system.",
    ),
    "procurement_ref": ("Procurement reference", "For example the number of the notice or of the business case."),
    "template": ("Which template was it written on?", ""),
    "gmc_considered": ("Were the model contract’s newer conflict-of-interest terms considered?", ""),
    "gmc_note": ("What was decided?", "Where that is written down, too."),
}
WHY = {
    "template": "A Government Model Contract is not recommended where a supplier sees personal information.",
    "gmc_considered": (
        "The model contract was revised in March 2025: suppliers name conflicts of their subcontractors as well. "
        "The Public Service Commissioner asked that this be considered whenever an existing contract is reviewed."
    ),
}
SOURCES = {
    "template": "New Zealand Government Procurement, on the Information Sharing Standard",
    "gmc_considered": "Commissioner’s letter of 18 February 2025, paragraph 2",
}
REQUIRED = {"reference", "title", "supplier", "stage"}
WIDTHS = {"reference": "medium", "procurement_ref": "medium"}


class ContractForm(forms.Form):
    """Everything about a contract but what hangs on it."""

    def __init__(self, user: User, *args: Any, new: bool = False, **kwargs: Any) -> None:
        """``new``: it asks where the contract stands, too; later its stage changes by steps."""
        super().__init__(*args, **kwargs)
        for name in of_contract.FIELDS:
            self.fields[name] = self._field(name, user)
            if new and name == "supplier":
                self.fields["stage"] = self._field("stage", user)
        ask(self.fields["gmc_note"], shown_by=("gmc_considered", "yes no"))

    def _field(self, name: str, user: User) -> forms.Field:
        column = Contract._meta.get_field(name)
        supplier = name == "supplier"
        field = OrganisationChoiceField() if supplier else form_field(column, user, required=name in REQUIRED)  # type: ignore[arg-type]
        field.label, field.help_text = WORDS[name]
        if name in WHY:
            ask(field, why=WHY[name], source=SOURCES[name])
        if name in WIDTHS:
            ask(field, width=WIDTHS[name])
        return field

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        columns = Contract._meta
        return {name: kept(columns.get_field(name), value) for name, value in self.cleaned_data.items()}  # type: ignore[arg-type]


class AgreementField(PickField):
    """An agreement of the agency, picked by reference or title."""

    default_error_messages = {"invalid_choice": "No agreement of yours is called “%(value)s”. Choose one from the list"}

    def label_from_instance(self, obj: Any) -> str:
        """Reference and title."""
        return str(obj)

    def to_python(self, value: Any) -> Any:
        """The agreement; its reference alone will do, in any case."""
        text = str(forms.CharField(required=False).clean(value))
        found = self.queryset.filter(reference=text.upper()).first() if self.queryset is not None and text else None
        return found or super().to_python(value)


class LinkForm(forms.Form):
    """Which agreement the contract serves."""

    agreement = AgreementField(
        queryset=Agreement.objects.none(),
        label="Which agreement?",
        help_text="Type its reference or title and choose from the list.",
    )

    def __init__(self, user: User, contract: Contract, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Agreement.objects.visible_to(user).in_use().exclude(contract_links__contract=contract)
        let_choose(self.fields["agreement"], mine.order_by("reference"))


SUBCONTRACTOR_WORDS = {
    "organisation": ("Which organisation?", "Type its name, a former name, an abbreviation or its NZBN."),
    "parent": ("Whom does it work for?", ""),
    "does": ("What does it do?", "For example hosting, or night calls."),
    "starts_on": ("Starts on", "Its conflicts are cleared before this day."),
    "ends_on": ("Until", "Leave it empty while it works on the contract."),
}


class SubcontractorForm(forms.Form):
    """One organisation that does part of the work."""

    def __init__(self, user: User, contract: Contract, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = contract.subcontractors.select_related("organisation").order_by("organisation__name")
        choosers: dict[str, forms.Field] = {
            "organisation": OrganisationChoiceField(),
            "parent": forms.ModelChoiceField(above, required=False, empty_label=f"The supplier, {contract.supplier}"),
        }
        for name in of_subcontractor.FIELDS:
            column = Subcontractor._meta.get_field(name)
            self.fields[name] = choosers.get(name) or form_field(column, user, required=False)  # type: ignore[arg-type]
            self.fields[name].label, self.fields[name].help_text = SUBCONTRACTOR_WORDS[name]

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        columns = Subcontractor._meta
        return {name: kept(columns.get_field(name), value) for name, value in self.cleaned_data.items()}  # type: ignore[arg-type]


def shown(value: Any, name: str, model: type[Contract | Subcontractor] = Contract) -> str:
    """An answer as a person reads it, for the table of answers that differ."""
    choices = dict(getattr(model._meta.get_field(name), "choices", None) or ())
    return str(choices.get(value, value)) if value not in (None, "") else "Nothing"
