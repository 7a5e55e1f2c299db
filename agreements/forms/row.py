"""The form of one repeating row: a party, a flow, a kind of information, a legal basis, a holder of access."""

from typing import Any

from django import forms

from agreements.forms.legal_provision import LegalProvisionChoiceField
from agreements.forms.organisation import OrganisationChoiceField
from agreements.forms.section import form_field, kept
from agreements.models import Agreement, Flow, LegalProvision, Organisation, Party
from agreements.rows import RowKind
from people.models import User
from records.forms import ask

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "party": {
        "organisation": (
            "Which organisation?",
            "Type its name, a former name, an abbreviation or its NZBN.",
        ),
        "role": ("Which part does it play?", ""),
        "acts_as": (
            "How does it hold the information?",
            "A provider that only acts for you is your agent (Privacy Act 2020, section 11).",
        ),
        "parent": ("Whose subcontractor is it?", "Leave it empty for a party to the agreement itself."),
        "starts_on": ("Takes part from", "For example 1 July 2026."),
        "contact": ("Contact", "Name and telephone number."),
        "contact_email": ("Contact’s e-mail address", ""),
        "breach_contact": ("Whom do you ring about a privacy breach?", "Name and a number that is answered at night."),
        "acknowledged_on": ("When did it acknowledge its responsibilities?", "For example 1 July 2026."),
    },
    "flow": {
        "sender": ("From", ""),
        "receiver": ("To", ""),
        "method": ("How does it move?", "For example secure file transfer."),
        "control": ("How does the receiver reach it?", "View only is lower risk than a copy."),
        "frequency": ("How often?", ""),
        "volume": ("How much?", "Records a year; an estimate will do."),
    },
    "information": {
        "flow": ("Which flow carries it?", ""),
        "name": ("What information?", "For example name, address and phone."),
        "category": ("Where does it come from?", ""),
        "identifiability": ("How far does it identify people?", ""),
        "sensitivity": ("How much harm could misuse do?", ""),
        "about_whom": ("Whose is it?", "For example adults who opt in."),
        "children": ("Is it about children or young people?", ""),
        "health": ("Is it about health?", ""),
        "maori": ("Is it Māori data?", ""),
    },
    "legal_basis": {
        "provision": (
            "Which provision?",
            "Type words of the Act, the section or what it allows. An agreement or memorandum is not a legal basis.",
        ),
        "note": ("How does it apply?", "For example who may share what under it."),
    },
    "access_holder": {
        "organisation": ("At which organisation?", ""),
        "person": ("Which person of your agency?", "Leave it empty for people elsewhere."),
        "described_as": ("Who?", "A name, or a role such as case workers."),
        "starts_on": ("From", ""),
        "ends_on": ("Until", ""),
    },
}
REQUIRED = {"organisation", "role", "sender", "receiver", "flow", "name", "provision", "described_as"}


class RowForm(forms.Form):
    """The questions of one kind of row."""

    def __init__(self, kind: RowKind, agreement: Agreement, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in kind.fields:
            self.fields[name] = self._field(name, agreement, user)

    def _field(self, name: str, agreement: Agreement, user: User) -> forms.Field:
        column = self.kind.model._meta.get_field(name)
        chooser = _choosers(agreement, user).get((self.kind.name, name))
        field = chooser or form_field(column, user, required=name in REQUIRED)
        field.required = name in REQUIRED
        field.label, field.help_text = WORDS[self.kind.name][name]
        if name == "volume":
            ask(field, width="date", suffix="records a year")
        return field

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        columns = self.kind.model._meta
        return {name: kept(columns.get_field(name), value) for name, value in self.cleaned_data.items()}


def _choosers(agreement: Agreement, user: User) -> dict[tuple[str, str], forms.Field]:
    terms = agreement.terms_now
    parties = Party.objects.filter(terms=terms).select_related("organisation").order_by("id")
    in_it = Organisation.objects.visible_to(user).filter(parties__terms=terms).distinct().order_by("name")
    flows = Flow.objects.filter(terms=terms).select_related("sender__organisation", "receiver__organisation")
    return {
        ("party", "organisation"): OrganisationChoiceField(),
        ("party", "parent"): forms.ModelChoiceField(parties, empty_label="Nobody’s: a party to the agreement"),
        ("flow", "sender"): forms.ModelChoiceField(parties, empty_label="Choose a party"),
        ("flow", "receiver"): forms.ModelChoiceField(parties, empty_label="Choose a party"),
        ("information", "flow"): forms.ModelChoiceField(flows, empty_label="Choose a flow"),
        ("legal_basis", "provision"): LegalProvisionChoiceField(
            queryset=LegalProvision.objects.visible_to(user).filter(retired_why="").order_by("act", "code")
        ),
        ("access_holder", "organisation"): forms.ModelChoiceField(in_it, empty_label="Choose a party"),
    }
