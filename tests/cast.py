"""The small cast of people that tests are played by: one agency with a sign-in per role, and an outsider."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from django.db import transaction

from people.actions.system import system_user
from people.models import Agency, Person, RoleGrant, User
from people.roles import Role
from records.acting import acting

NOW = datetime(2026, 7, 14, 2, 0, tzinfo=UTC)
TODAY = date(2026, 7, 14)
PASSWORD = "kererū over the harbour"  # invented


@dataclass
class Cast:
    """People of one agency, made when first asked for: ``cast.privacy_officer`` and so on are users."""

    code: str = "MCW"
    name: str = "Ministry of Community Wellbeing"
    _users: dict[Role, User] = field(default_factory=dict)

    @cached_property
    def agency(self) -> Agency:
        """The agency everyone in this cast belongs to."""
        with acting(by=system_user("test")), transaction.atomic():
            agency = Agency(code=self.code, name=self.name, privacy_email=f"privacy@{self.code.lower()}.example.nz")
            agency.save()
        return agency

    def user(self, role: Role, name: str = "") -> User:
        """A user who holds the role; a second name makes a second person."""
        made_by = system_user("test")
        email = f"{(name or role.value).lower().replace(' ', '.')}@{self.code.lower()}.example.nz"
        with acting(by=made_by), transaction.atomic():
            person = Person(agency=self.agency, name=name or f"{role.label} of {self.code}", email=email)
            person.save()
            user = User(email=email, person=person)
            user.set_password(PASSWORD)
            user.save()
            RoleGrant(person=person, role=role, starts_on=date(2020, 1, 1), granted_by=made_by).save()
        return user

    def __getattr__(self, name: str) -> User:
        """The one user of a role, by the role's name in small letters."""
        role = Role(name) if name in Role.values else None
        if role is None:
            raise AttributeError(name)
        if role not in self._users:
            self._users[role] = self.user(role)
        return self._users[role]
