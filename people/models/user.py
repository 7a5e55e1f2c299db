"""A person's sign-in, and the named users that commands act as."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.models.agency import Agency
from people.models.person import Person
from people.roles import ROLE_PERMISSIONS, Permission, Role
from records.models import Recorded


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever its case, with the person and agency that every page shows."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """One query where a page would need three."""
        return super().get_queryset().select_related("person__agency")

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Recorded):
    """A sign-in by e-mail address. Deactivated, never deleted."""

    not_in_history: ClassVar[tuple[str, ...]] = ("password",)

    email = models.EmailField("e-mail address", unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    sign_outs = models.PositiveIntegerField("times signed out everywhere", null=True, editable=False)
    last_login = None  # sign-ins are counted elsewhere: a sign-in is not a change of the record

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(is_system=True, person=None) | Q(is_system=False, person__isnull=False),
                name="user_is_a_person_or_the_system",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The person's name, or what the system user is called."""
        return self.person.name if self.person else self.email.split("@")[0].capitalize()

    def end_sessions(self) -> None:
        """Let every session of theirs die with its next request, for good; save() afterwards."""
        self.sign_outs = (self.sign_outs or 0) + 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to live: it changes with the password, as Django has it, and with end_sessions."""
        before: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{before}{self.sign_outs}" if self.sign_outs else before

    @property
    def who(self) -> Person:
        """The person who signs in. A system user is nobody and asking is a mistake (ValueError)."""
        if self.person is None:
            raise ValueError(f"{self} is not a person")
        return self.person

    @property
    def agency(self) -> Agency:
        """The agency this user acts for; ValueError as in who()."""
        return self.who.agency

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles the person holds today."""
        if self.person is None or not self.is_active:
            return frozenset()
        granted = self.person.role_grants.on(timezone.localdate())
        return frozenset(Role(role) for role in granted.values_list("role", flat=True))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What those roles allow together."""
        return frozenset(permission for role in self.roles for permission in ROLE_PERMISSIONS[role])
