"""The named users that commands act as."""

from django.db import transaction

from people.models import User
from records.acting import acting
from records.locks import hold


def system_user(name: str) -> User:
    """The system user called ``name`` (for example import or demo), made on first use. It has no agency."""
    email = f"{name}@system.invalid"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = User(email=email, is_system=True)
    user.set_unusable_password()
    with acting(by=user, reason=f"First use of the system user {name}"), transaction.atomic():
        hold(f"system user {name}")  # two commands that both come first make one
        user = User.objects.filter(email=email).first() or user
        if user.pk is None:
            user.save()
    return user
