"""What the register told whom, of everything that is open."""

from people.models import Notice


def told() -> list[tuple[str, str, str]]:
    """Whom, of which kind, and in which words."""
    rows = Notice.objects.open().select_related("recipient").order_by("pk")
    return [(notice.recipient.name, notice.kind, notice.text.replace("\xa0", " ")) for notice in rows]


def said() -> list[tuple[str, str]]:
    """Whom, and in which words."""
    return [(whom, text) for whom, _, text in told()]
