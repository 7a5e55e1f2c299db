"""Show on the form what an action refused; nothing typed is lost."""

from records.refusals import show_refusal

__all__ = ["show_refusal"]
