"""Tags of the pages of agreements."""

from typing import Any

from django import template

from agreements.addresses import address as address_of
from agreements.models import Agreement

register = template.Library()


@register.simple_tag
def address(agreement: Agreement, name: str, *args: Any) -> str:
    """Where a part of the terms at hand is edited: `{% address agreement "section" "purpose" %}`."""
    return address_of(agreement, name, *args)
