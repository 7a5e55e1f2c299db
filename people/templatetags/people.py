"""Tags of the pages of people."""

from typing import Any

from django import template
from django.urls import reverse

from people.roles import Permission

register = template.Library()

PLACES = (
    ("People", "people:people", Permission.READ_PEOPLE),
    ("Units", "people:units", Permission.READ_PEOPLE),
    ("What roles allow", "people:roles", Permission.READ_PEOPLE),
    ("Delegations", "people:delegations", Permission.READ_PEOPLE),
    ("Hand-over", "people:handovers", Permission.HAND_OVER),
    ("Agency settings", "people:agency", Permission.MANAGE_PEOPLE),
)


@register.inclusion_tag("people/_places.html", takes_context=True)
def people_places(context: template.Context) -> dict[str, Any]:
    """Links to the neighbouring pages that this person may open."""
    request = context["request"]
    open_ones = [(label, reverse(name)) for label, name, needed in PLACES if needed in request.user.permissions]
    return {"places": [(label, url, url == request.path) for label, url in open_ones]}
