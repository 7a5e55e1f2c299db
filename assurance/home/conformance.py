"""Conformance on home: the arrangements in scope by how they stand against the Standard, and exceptions in force."""

from agreements import filters
from agreements.models import Agreement
from assurance.extensions.in_lists import OF_IN_USE
from assurance.home.base import Asks, Figure, Found, Group, Viewer, asked_by, listed, numbers

MATRIX = "conformance_matrix"
FIGURES = {
    "met": ("Met", f"standard_is=met&{OF_IN_USE}", ""),
    "not_met": ("Not met", f"standard_is=not_met&{OF_IN_USE}", ""),
    "unknown": ("Unknown", f"standard_is=unknown&{OF_IN_USE}", "never counted as met"),
    "critical": ("Critical", f"critical=yes&{OF_IN_USE}", "something that admits no delay"),
    "excepted": ("With an exception", f"exception=yes&{OF_IN_USE}", "it stays not met"),
}


def ask_standing(viewer: Viewer) -> Asks:
    """As the list of agreements counts them: in use, and in the Standard's scope or not known to be out of it."""
    conditions = {name: asked_by(filters.read, viewer, query) for name, (_, query, _) in FIGURES.items()}
    return {"counts": numbers(Agreement.objects.visible_to(viewer.user), conditions)}


def standing(viewer: Viewer, found: Found) -> Group:
    """Unknown has its own number and is never part of met."""
    counts = found["counts"]
    figures = [
        Figure(label, counts[name], listed(MATRIX, query), note) for name, (label, query, note) in FIGURES.items()
    ]
    asked = sum(counts[name] for name in ("met", "not_met", "unknown"))
    empty = "" if asked else "No arrangement in use is in the scope of the Standard."
    return Group("Against the Standard", figures, listed("conformance_trend"), says=f"{asked:,} in scope", empty=empty)
