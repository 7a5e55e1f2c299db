"""What belongs to an agreement when its history is read."""

from agreements.models import (
    AccessHolder,
    Agreement,
    Flow,
    Information,
    LegalBasis,
    Party,
    Provision,
    Responsibility,
    StatusChange,
    Terms,
)
from records.family import Branch

TERMS = Branch(
    Terms,
    "agreement",
    (
        Branch(Party, "terms"),
        Branch(Flow, "terms", (Branch(Information, "flow"),)),
        Branch(LegalBasis, "terms"),
        Branch(Provision, "terms"),
        Branch(Responsibility, "terms"),
    ),
)
AGREEMENT = Branch(Agreement, branches=(TERMS, Branch(AccessHolder, "agreement"), Branch(StatusChange, "agreement")))
