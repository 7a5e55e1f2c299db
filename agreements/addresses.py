"""Where a part of an agreement is edited: on its own pages, or on those of the variation at hand."""

from typing import Any

from django.urls import reverse

from agreements.models import Agreement


def address(agreement: Agreement, name: str, *args: Any) -> str:
    """The address of a section, a row and so on of the terms at hand."""
    if agreement.terms_at_hand is None:
        return reverse(f"agreements:{name}", args=[agreement.reference, *args])
    return reverse(f"agreements:variation_{name}", args=[agreement.reference, agreement.terms_at_hand.number, *args])
