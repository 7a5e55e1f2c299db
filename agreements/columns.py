"""The columns of the flat sheet: one row an agreement. The export writes them and the import reads the same names.

Names and headings are stable: a spreadsheet or a program that was built on them keeps working. A new column goes to
the end; one that is no longer filled stays, empty (docs/how-to/export-columns.md is made from this table).
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from agreements.models import Agreement, Terms

BETWEEN = "; "  # between several values in one cell


@dataclass(frozen=True)
class Column:
    """One column. ``field`` names a field of Agreement or Terms; without one the value is computed or gathered."""

    name: str
    heading: str
    says: str
    field: str = ""
    imported: bool = True

    @property
    def of_terms(self) -> bool:
        """Whether the field stands in the terms, not in the agreement itself."""
        return bool(self.field) and not _has(Agreement, self.field)

    @property
    def model_field(self) -> "Field[Any, Any] | None":
        """The field of Agreement or Terms, which knows choices, length and type; None where there is none."""
        if not self.field:
            return None
        found = (Terms if self.of_terms else Agreement)._meta.get_field(self.field)
        return found if isinstance(found, Field) else None


def _has(model: type[Agreement], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _asked(name: str, heading: str, says: str) -> Column:
    """A column that holds one field of the same name."""
    return Column(name, heading, says, field=name)


def _shown(name: str, heading: str, says: str) -> Column:
    """A column that only the export fills."""
    return Column(name, heading, says, imported=False)


COLUMNS = (
    Column("reference", "Reference", "The register's own reference; given on import, never read.", "reference", False),
    _asked("title", "Title", "What people call the agreement."),
    _asked("known_as", "Also known as", "An older or shorter name."),
    _asked("kind", "Kind", "What kind of arrangement it is."),
    _asked("status", "Status", "Where it stands; an import reads Signed or Ended."),
    _shown("standing", "In force", "In force, Not yet in force or Past its end, worked out from the dates of the day."),
    Column("parties", "Parties", "Names of the parties other than the agency itself, with a semicolon between."),
    Column("roles", "Roles of the parties", "The part each of them plays, in the same order."),
    _asked("purpose", "Purpose", "What it is for."),
    _asked("service", "Public service", "The public service it serves."),
    _asked("reason_for_sharing", "Reason for sharing", "The main reason why information is shared."),
    _asked("permitted_uses", "Permitted uses", "Which uses are allowed."),
    _asked("personal_information", "Personal information", "Whether personal information is shared: yes, no, unknown."),
    _asked("outside_state_services", "Outside the State services", "Whether another party stands outside them."),
    _asked("public_service", "Serves a public service", "Whether it delivers or supports a public service."),
    Column("information", "Information shared", "Each kind of information, with a semicolon between."),
    _shown("sensitivity", "Sensitivity", "The highest sensitivity of any information shared."),
    _shown("children", "About children", "Yes where any of the information is about children or young people."),
    _shown("health", "About health", "Yes where any of the information is about health."),
    _asked("maori_data", "Māori data", "Whether any of it is Māori data: yes, no or unknown."),
    _asked("overseas", "Overseas", "Whether any of it is stored or seen outside New Zealand."),
    _asked("overseas_countries", "Countries", "Which countries."),
    Column("legal_bases", "Legal bases", "The provisions of law it rests on, with a semicolon between."),
    _asked("people_affected", "People affected", "How many people it concerns in a year."),
    _asked("safeguards", "Safeguards", "How the information is kept safe."),
    _asked("breach_hours", "Hours to tell of a breach", "How many hours the other party has to tell the agency."),
    _asked("retention", "Retention", "How long it is kept."),
    _asked("at_end", "At the end", "What happens to the information when it ends."),
    _asked("binding", "Legally binding", "Yes, no or unknown."),
    _asked("instrument", "Instrument", "What kind of document it is."),
    _asked("signed_on", "Signed on", "The day every party had signed."),
    _asked("starts_on", "Starts on", "The first day."),
    _asked("ends_on", "Ends on", "The last day."),
    _asked("open_ended", "No end date", "Yes where it is said to have none."),
    _asked("cycle_months", "Assurance cycle", "How many months lie between one assurance and the next."),
    _asked("review_due_on", "Next review", "The day the next review is due."),
    _asked("owner", "Owner", "Name of the person here who answers for it."),
    _asked("manager", "Contract manager", "Name of the person here who manages it."),
    _asked("senior_owner", "Senior owner", "Name of the senior leader who answers for it."),
    _asked("classification", "Classification", "Unclassified, In Confidence or Sensitive."),
    _asked("procurement_ref", "Contract reference", "The reference of the contract or procurement."),
    _asked("recorded_from", "Recorded from", "The document it was recorded from, and where that is kept."),
    Column("origin", "Origin", "By which door it came into the register.", "origin", False),
    _shown("missing", "Sections missing", "The sections asked of it that are not complete."),
    _shown("created_on", "Recorded on", "The day it came into the register."),
    _shown("touched_on", "Last changed on", "The day anything of it was last changed."),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
IMPORTED = tuple(column for column in COLUMNS if column.imported)
