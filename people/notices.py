"""What the daily tick finds due, for whom, and which of it somebody may still read about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from people.models import Notice, NoticeKind, Person, RoleGrant, User
from people.roles import ROLE_PERMISSIONS, Permission, Role

# (user, references) -> the title of each record that the user may read about now.
Reader = Callable[[User, list[str]], Mapping[str, str]]
Key = tuple[int, str, str, date]


@dataclass(frozen=True)
class Due:
    """Something found due for one person, by the key of the person."""

    recipient: int
    kind: NoticeKind
    about: str
    due_on: date
    text: str
    url: str

    @property
    def key(self) -> Key:
        """What is never noticed twice."""
        return self.recipient, self.kind.value, self.about, self.due_on


@dataclass(frozen=True)
class Shown:
    """A notice somebody may read about now, with the title of its record where it has one."""

    notice: Notice
    title: str


def who_may(permission: Permission, on: date) -> dict[int, set[int]]:
    """The people, by agency, who are here, can sign in and hold a role with this permission. One query."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]
    return _holders(roles, on)


def privacy_officers(on: date) -> dict[int, set[int]]:
    """The privacy officers, by agency: who hears of what nobody else answers for."""
    return _holders([Role.PRIVACY_OFFICER], on)


def heads_of_agencies(on: date) -> dict[int, set[int]]:
    """The heads, by agency: who hears of what is grave, and of what nobody else answered in time."""
    return _holders([Role.CHIEF_EXECUTIVE], on)


def _holders(roles: list[Role], on: date) -> dict[int, set[int]]:
    people = Person.objects.here_on(on).filter(user__is_active=True)
    grants = RoleGrant.objects.on(on).filter(role__in=roles, person__in=people)
    found: dict[int, set[int]] = {}
    for agency, person in grants.values_list("person__agency", "person"):
        found.setdefault(agency, set()).add(person)
    return found


def shown(notices: Iterable[Notice], user: User) -> list[Shown]:
    """The notices about what the user may read now; a query for each matter that has any (settings.NOTICE_READERS)."""
    listed = list(notices)
    titles: dict[str, Mapping[str, str]] = {}
    for matter in {notice.matter for notice in listed}:
        reader: Reader = import_string(settings.NOTICE_READERS[matter])
        titles[matter] = reader(user, [notice.about for notice in listed if notice.matter == matter])
    return [
        Shown(notice, titles[notice.matter][notice.about])
        for notice in listed
        if notice.about in titles[notice.matter]
    ]  # fmt: skip


def due_for(user: User) -> list[Shown]:
    """Everything on the user's list that they may read about now, the most pressing first."""
    return shown(Notice.objects.visible_to(user).open().order_by("due_on", "pk"), user)
