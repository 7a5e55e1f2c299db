"""Privacy breaches on home: the clocks that run, for whoever decides; how many are open, for whoever may read them."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from assurance.breach_clock import GUIDANCE, hours
from assurance.home.base import Asks, Clock, Figure, Found, Group, Queue, Viewer, first, listed, numbers
from assurance.lists.breach import read
from assurance.models import PrivacyBreach
from records.words import nz_datetime

LOOKS = ("open", "running", "amber", "people")


def _read(viewer: Viewer, query: str) -> Q:
    return read(viewer.user, viewer.now, QueryDict(query)).condition()


def ask_clocks(viewer: Viewer) -> Asks:
    """Breaches whose clock runs, the one known longest first."""
    running = PrivacyBreach.objects.visible_to(viewer.user).filter(_read(viewer, "look=running")).order_by("aware_at")
    fields: dict[str, Any] = {"reference": "reference", "title": "title", "notifiable": "notifiable"}
    counts = numbers(running, {"running": Q(), "amber": Q(aware_at__lte=viewer.now - GUIDANCE)})
    return {"counts": counts, "rows": first(running, aware="aware_at", **fields)}


def clocks(viewer: Viewer, found: Found) -> Queue:
    """72 hours is guidance, so that what is over is amber and late; what still runs comes before everything else."""
    counts, url = found["counts"], listed("breaches", "look=running")
    return Queue("Breaches", [_clock(viewer, one) for one in found["rows"]], counts["running"], counts["amber"], url)


def _clock(viewer: Viewer, one: Found) -> Clock:
    aware = datetime.fromisoformat(one["aware"])
    over = viewer.now - aware >= GUIDANCE
    since = hours(int((viewer.now - aware).total_seconds() // 3600))
    decided = one["notifiable"] == "yes"
    url = reverse("breach", args=[one["reference"]])
    return Clock(
        tone="bad" if over else "warn", icon="alert", when=since.capitalize(), title=one["title"], url=url,
        verb="Notify" if decided else "Decide",
        go=reverse("breach_act", args=[one["reference"], "commissioner" if decided else "decide"]),
        what="The Commissioner is to be notified" if decided else "To be decided: notify or not",
        reference=one["reference"], note=f"known since {nz_datetime(aware)}", day=localdate(aware),
    )  # fmt: skip


def ask_breaches(viewer: Viewer) -> Asks:
    """As the list of breaches counts them."""
    conditions = {name: _read(viewer, f"look={name}") for name in LOOKS}
    return {"counts": numbers(PrivacyBreach.objects.visible_to(viewer.user), conditions)}


def breaches(viewer: Viewer, found: Found) -> Group:
    """Open ones, clocks that run, clocks past 72 hours, people not told."""
    counts = found["counts"]
    words = {
        "open": ("Not closed", ""),
        "running": ("The clock runs", "since anybody knew, a provider included"),
        "amber": ("Over 72 hours", "guidance of the Commissioner"),
        "people": ("People not told yet", ""),
    }
    figures = [
        Figure(label, counts[name], listed("breaches", f"look={name}"), note, tone=_tone(name))
        for name, (label, note) in words.items()
    ]
    empty = "No breach or near miss is open." if not counts["open"] else ""
    return Group("Privacy breaches", figures, listed("breaches"), empty=empty)


def _tone(name: str) -> str:
    return "bad" if name == "amber" else ""
