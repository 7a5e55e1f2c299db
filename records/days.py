"""Days as JSON holds them: 2025-07-01, or null."""

from datetime import date


def day(text: str) -> date:
    """The day that a text holds. Raises ValueError for anything else."""
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    """The same; None where there is none."""
    return date.fromisoformat(text) if text else None
