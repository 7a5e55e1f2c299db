"""Remember that a form did its work."""

from datetime import datetime, timedelta
from uuid import UUID

from records.acting import Actor, action
from records.models import SentForm

KEPT = timedelta(days=30)  # nobody goes back to a page of a month ago


@action
def note_sent(*, number: UUID, led_to: str, by: Actor, now: datetime) -> SentForm:
    """Remember where a form led, and forget the user's oldest. IntegrityError where the form was sent before."""
    SentForm.objects.filter(user_id=by.pk, at__lt=now - KEPT).delete()
    return SentForm.objects.create(user_id=by.pk, number=number, led_to=led_to, at=now)
