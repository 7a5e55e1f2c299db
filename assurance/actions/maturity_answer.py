"""Answer an element of the yearly self-assessment of privacy maturity. Each answer stays; the newest counts."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save
from agreements.errors import NotNow
from assurance.maturity.elements import element
from assurance.models import MaturityAnswer
from assurance.years import called, is_known
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.errors import Refused
from records.locks import hold


class RatedMeanwhile(Refused):
    """Somebody rated it after this person opened the form; nothing was saved and nothing typed is lost."""

    def __init__(self, answer: MaturityAnswer) -> None:
        super().__init__(
            f"{answer.by} rated this after you opened it: {answer.get_level_display()}. Save again and yours counts"
        )
        self.answer = answer


@action
def rate_element(
    *, key: str, year: int, level: str, comment: str, facts: Sequence[Sequence[str]], seen: int, by: User, now: datetime
) -> MaturityAnswer:
    """Rate an element for the year that ends on 30 June ``year``. ``seen`` is the newest answer the person saw, or 0.

    ``facts`` are what stood beside it, as label and words. Raises NotPermitted, NotNow, RatedMeanwhile,
    ValidationError.
    """
    check_may(by, Permission.KEEP_POLICIES)
    hold(f"maturity {by.agency.pk} {year} {key}")
    if element(key) is None or not is_known(year, localdate(now)):
        raise NotNow(f"Nothing of that kind is rated for {called(year)}")
    newest = MaturityAnswer.objects.filter(agency=by.agency, year=year, element=key).order_by("-pk").first()
    if newest is not None and newest.pk != seen:
        raise RatedMeanwhile(newest)
    made = MaturityAnswer(agency=by.agency, year=year, element=key, level=level, comment=comment.strip(), by=by, at=now)
    made.facts = [list(one) for one in facts]
    check_and_save(made)
    return made
