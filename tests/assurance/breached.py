"""Privacy breaches recorded by real actions."""

from datetime import timedelta
from typing import Any

from assurance.actions.breach import record_breach
from assurance.models import PrivacyBreach
from tests.cast import NOW, Cast


def breach_at(cast: Cast, *, hours: int = 51, **given: Any) -> PrivacyBreach:
    """One that the agency has known of for so many hours, and nothing decided."""
    links = {name: given.pop(name, None) for name in ("agreement", "organisation")}
    values = {
        "kind": "breach",
        "title": "Letters to a wrong address",
        "what_happened": "Forty letters went to another household",
        "agency_aware_at": NOW - timedelta(hours=hours),
        "severity": "moderate",
        "contained": "unknown",
    }
    return record_breach(values=values | given, by=cast.privacy_officer, now=NOW, **links)
