"""Providers on home: what the viewer asked of them and is late, went astray, or named a subcontractor to take up."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from assurance.home.base import EACH, Asks, Found, Queue, Viewer, Work, asked_by, first, listed, numbers
from assurance.lists.provider import read
from assurance.models import WAITING, ProviderRequest
from records.words import distance, nz_date

MINE = "whose=me&look=late&look=astray&look=subcontractor"


def ask_providers(viewer: Viewer) -> Asks:
    """As the list counts them; the longest late first."""
    rows = ProviderRequest.objects.visible_to(viewer.user).filter(asked_by(read, viewer, MINE))
    shown = first(
        rows.order_by("due_on", "pk"), EACH, reference="reference", name="organisation__name", day="due_on",
        answered="submitted_at", astray="misdirected_at",
    )  # fmt: skip
    return {"counts": numbers(rows, {"all": Q(), "late": WAITING & Q(due_on__lt=viewer.on)}), "rows": shown}


def providers(viewer: Viewer, found: Found) -> Queue:
    """One line a request, with what it needs."""
    lines = [_line(viewer.on, one) for one in found["rows"]]
    counts = found["counts"]
    return Queue("Providers", lines, counts["all"], counts["late"], listed("provider_requests", MINE))


def _line(on: date, one: Found) -> Work:
    day = date.fromisoformat(one["day"])
    late = not one["answered"] and day < on
    what = "It reached somebody else" if one["astray"] else f"Not answered, asked for by {nz_date(day)}"
    return Work(
        tone="bad" if late else "warn", icon="late" if late else "flag",
        when=distance(day, on).capitalize() if late else "To take up", title=f"Confirmation of {one['name']}",
        url=reverse("provider_request", args=[one["reference"]]), verb="Open", reference=one["reference"],
        what="They named a subcontractor" if one["answered"] else what, day=day,
    )  # fmt: skip
