"""Choose how to be reminded; open, renew and close one's own calendar."""

from people.actions.changes import check_and_save, lock
from people.models import DigestChoice, Person, Reminders, User
from records.acting import action


@action
def choose_digest(*, digest: DigestChoice, by: User) -> Reminders:
    """When the mail about what is due comes to oneself."""
    mine = _own(by.who)
    mine.digest = digest
    check_and_save(mine)
    return mine


@action
def open_calendar(*, by: User) -> Reminders:
    """A new secret address for one's own calendar; an older one stops working with it."""
    mine = _own(by.who)
    mine.calendar_open, mine.calendar_number = True, mine.calendar_number + 1
    check_and_save(mine)
    return mine


@action
def close_calendar(*, by: User) -> Reminders:
    """The address of one's own calendar stops working, for good."""
    mine = _own(by.who)
    mine.calendar_open = False
    check_and_save(mine)
    return mine


def _own(person: Person) -> Reminders:
    """The person's row, made when there is none; the person is locked, so that two never make one each."""
    lock(person)
    return Reminders.objects.filter(person=person).first() or Reminders(person=person)
