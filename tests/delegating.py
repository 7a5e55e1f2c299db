"""Delegations by the chief executive of a cast, as the action records them."""

from datetime import date

from people.actions.delegation import add_delegation
from people.models import Delegation, Power, User
from tests.cast import TODAY, Cast


def delegated(
    cast: Cast, to: User, power: Power, *, starts_on: date = date(2026, 1, 1), ends_on: date | None = None
) -> Delegation:
    """The power, given to somebody of the cast's agency; without an end unless the test says one."""
    values = {
        "giver": cast.chief_executive.who, "holder": to.who, "power": power, "starts_on": starts_on,
        "ends_on": ends_on, "document": "Instrument 7",
    }  # fmt: skip
    return add_delegation(agency=cast.agency, values=values, by=cast.administrator, on=TODAY)
