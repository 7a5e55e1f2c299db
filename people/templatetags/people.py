"""Tags of the pages of people."""

from typing import Any

from django import template
from django.urls import reverse

from people.labels import a_role as one_who
from people.labels import role_in_text
from people.owned import in_words
from people.roles import Permission, Role

register = template.Library()

PLACES = (
    ("People", "people:people", Permission.READ_PEOPLE),
    ("Units", "people:units", Permission.READ_PEOPLE),
    ("What roles allow", "people:roles", Permission.READ_PEOPLE),
    ("Delegations", "people:delegations", Permission.READ_PEOPLE),
    ("Hand-over", "people:handovers", Permission.HAND_OVER),
    ("Mail and daily work", "people:outbox", Permission.MANAGE_PEOPLE),
    ("Agency settings", "people:agency", Permission.MANAGE_PEOPLE),
)


@register.inclusion_tag("people/_places.html", takes_context=True)
def people_places(context: template.Context) -> dict[str, Any]:
    """Links to the neighbouring pages that this person may open."""
    request = context["request"]
    open_ones = [(label, reverse(name)) for label, name, needed in PLACES if needed in request.user.permissions]
    return {"places": [(label, url, url == request.path) for label, url in open_ones]}


@register.simple_tag(takes_context=True)
def the_role(context: template.Context, role: str) -> str:
    """What the reader's agency calls a role, in the middle of a sentence: "administrator"."""
    return role_in_text(context["request"].user.agency, Role(role))


@register.simple_tag(takes_context=True)
def a_role(context: template.Context, role: str) -> str:
    """The same with its article: "an administrator"."""
    return one_who(context["request"].user.agency, Role(role))


@register.simple_tag(takes_context=True)
def part(context: template.Context, kind: str) -> str:
    """What kind of thing is handed over, in the words of the reader's agency."""
    return in_words(kind, context["request"].user.agency)


@register.simple_tag(takes_context=True)
def reads_agreements(context: template.Context) -> bool:
    """Whether the reader may see what agreements hold, their titles included: administrators of people may not."""
    return Permission.READ_AGREEMENTS in context["request"].user.permissions
