"""The command add_agency: an agency joins the register, with the first of its administrators."""

from argparse import ArgumentParser
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.agency import add_agency
from people.actions.person import add_person
from people.actions.role import grant_role
from people.actions.system import system_user
from people.actions.user import invite
from people.models import User
from people.roles import Role
from records.errors import Refused


class Command(BaseCommand):
    """Everyone else is invited by that administrator, on the pages under People."""

    help = "Add an agency and its first administrator; says the link with which they choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to add."""
        parser.add_argument("code", help="two to eight capital letters, such as MSD: begins every reference")
        parser.add_argument("name", help="the agency's name in full")
        parser.add_argument("--administrator", required=True, help="the name of its first administrator")
        parser.add_argument("--email", required=True, help="their e-mail address")

    def handle(self, *_: Any, **options: Any) -> None:
        """Add both or nothing; raises CommandError with the sentences of what is wrong."""
        try:
            user = _add(options["code"], options["name"], options["administrator"], options["email"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.agency} is added. {user} chooses a password at (three days, once):")
        self.stdout.write(_link(user))


@transaction.atomic
def _add(code: str, name: str, administrator: str, email: str) -> User:
    by, on = system_user("setup"), timezone.localdate()
    agency = add_agency(code=code, name=name, by=by)
    person = add_person(agency=agency, values={"name": administrator, "email": email}, on=on, by=by)
    grant_role(person=person, role=Role.ADMINISTRATOR, on=on, by=by)
    return invite(person=person, on=on, by=by)


def _link(user: User) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}"
