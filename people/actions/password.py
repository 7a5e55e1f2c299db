"""Keep a password: the one thing about a user that history must not hold."""

from people.models import User


def keep_password(user: User, password: str) -> None:
    """Hash and save a password. Whether it is good enough was checked by the form (AUTH_PASSWORD_VALIDATORS)."""
    user.set_password(password)
    user.save(update_fields=["password"])
