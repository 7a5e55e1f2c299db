"""Bring the reference data into the register: add what is missing, overwrite nothing."""

from dataclasses import dataclass

from agreements.models import LegalProvision, Organisation, OrganisationName
from agreements.normalise import normalise
from agreements.reference_data import ReferenceOrganisation, legal_provisions, organisations
from people.models import User
from records import bulk
from records.acting import action
from records.locks import hold


@dataclass(frozen=True)
class Loaded:
    """How many rows were added."""

    organisations: int
    legal_provisions: int


@action
def load_reference_data(*, by: User, reason: str = "") -> Loaded:
    """Add the organisations and legal provisions that the register does not have yet.

    An organisation is known again by its key, or by its name where somebody entered it first; what people changed
    since stays. Safe to run again, and by two at once.
    """
    hold("reference data")
    return Loaded(_load_organisations(), _load_provisions())


def _load_organisations() -> int:
    known = set(Organisation.objects.values_list("reference_key", flat=True))
    known |= set(Organisation.objects.current().values_list("normalised", flat=True))
    missing = [entry for entry in organisations() if entry.key not in known]
    made = bulk.create([_organisation(entry) for entry in missing])
    bulk.create([name for body, entry in zip(made, missing, strict=True) for name in _names(body, entry)])
    return len(made)


def _organisation(entry: ReferenceOrganisation) -> Organisation:
    body = Organisation(reference_key=entry.key, **entry.values)
    body.set_name(entry.name)
    body.clean_fields()
    return body


def _names(body: Organisation, entry: ReferenceOrganisation) -> list[OrganisationName]:
    return [
        OrganisationName(organisation=body, name=name, normalised=normalise(name)[:200], kind=kind)
        for name, kind in entry.names
    ]


def _load_provisions() -> int:
    known = set(LegalProvision.objects.values_list("code", flat=True))
    missing = [LegalProvision(**row) for row in legal_provisions() if row["code"] not in known]
    for provision in missing:
        provision.clean_fields()
    return len(bulk.create(missing))
