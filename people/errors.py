"""What may be refused about people, in sentences meant for the person."""

from records.errors import Refused


class NotNow(Refused):
    """It is not possible as things stand."""


class NotYours(Refused):
    """It belongs to another agency, or somebody else has to do it."""
