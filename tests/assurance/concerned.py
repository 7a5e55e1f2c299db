"""Concerns and complaints recorded by real actions."""

from datetime import date
from typing import Any

from assurance.actions.complaint import record_complaint
from assurance.actions.concern import raise_concern, raise_own_concern
from assurance.models import Complaint, Concern
from people.actions.system import system_user
from people.models import User
from tests.cast import NOW, TODAY, Cast

RECEIPT = "abcde-fghjk-mnpqr-stuvw"
WORDS = {"about": "process", "text": "Hemi Rangi signed before anybody had looked", "name": "Ana", "contact": "027"}


def anonymous_at(cast: Cast, receipt: str = RECEIPT, on: date = TODAY) -> Concern:
    """One that came through the open form, without a name."""
    by = system_user("concern")
    return raise_concern(agency=cast.agency, values=WORDS, anonymous=True, receipt=receipt, by=by, on=on)


def own_at(by: User, receipt: str = RECEIPT, on: date = TODAY) -> Concern:
    """One that somebody signed in raised by name."""
    return raise_own_concern(values=WORDS, receipt=receipt, by=by, on=on)


def complaint_at(cast: Cast, **given: Any) -> Complaint:
    """One from the Privacy Commissioner, recorded today."""
    values = {"received_on": TODAY, "source": "commissioner", "theme": "use", "text": "Used for marketing"}
    agreement = given.pop("agreement", None)
    return record_complaint(values=values | given, by=cast.privacy_officer, now=NOW, agreement=agreement)
