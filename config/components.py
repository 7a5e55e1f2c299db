"""Template tags and filters of the whole register; built in, so that no template loads them."""

from django import template

register = template.Library()
