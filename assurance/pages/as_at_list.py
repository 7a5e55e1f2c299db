"""What the register held at the end of a day, from status changes and the newest assessment by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agreements.choices import Kind, Status
from agreements.models.agreement import IN_USE
from agreements.sheets import Cell
from assurance.figures.standing import Standing, known
from people.models import User

HEADINGS = ("Reference", "Title", "Status then", "Kind", "Signed on", "In the Standard’s scope", "Residual risk")
SCOPE = {"yes": "In scope", "no": "Out of scope", "unknown": "Not known"}


@dataclass(frozen=True)
class Then:
    """An agreement as the register knew it at the end of the day."""

    one: Standing

    @property
    def status(self) -> str:
        """Its status then, in words."""
        return str(Status(self.one.status).label)

    @property
    def kind(self) -> str:
        """Its kind then; not assessed means that the register had not looked yet."""
        return str(Kind(self.one.kind).label) if self.one.assessed else "Not recorded"

    @property
    def scope(self) -> str:
        """Whether the Standard was about it."""
        return SCOPE[self.one.scope]


def register_then(user: User, day: date) -> list[Then]:
    """Everything that was not withdrawn, what was in use first, by reference. One query."""
    rows = known(user.agency, day)
    return [Then(one) for one in sorted(rows, key=lambda one: (one.status not in IN_USE, one.reference))]


def sheet_rows(user: User, day: date) -> Iterator[list[Cell]]:
    """One line an agreement, in the order of HEADINGS."""
    for row in register_then(user, day):
        one = row.one
        yield [one.reference, one.title, row.status, row.kind, one.signed_on, row.scope, one.residual.capitalize()]
