"""What is still open of an item of the plan, each with why and the page that answers it."""

from datetime import date

from agreements.models import Agreement
from assurance.actions.plan_item import mandatory_of
from assurance.left import Left, Open
from assurance.models import ConformanceEntry
from assurance.pages.conformance import results_of
from assurance.places import place_of


def still_open(agreement: Agreement, on: date) -> list[Left]:
    """One list, as the other pages of conformance show it; none where nothing mandatory is open. One query."""
    entry = ConformanceEntry.objects.filter(agreement=agreement).select_related("run").first()
    asked = mandatory_of(entry, on)
    results = results_of(entry.run) if entry else {}
    return [Left("", [Open(one, results[one.id], place_of(agreement, one)) for one in asked])] if asked else []
