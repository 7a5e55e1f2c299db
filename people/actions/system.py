"""The named users that commands act as."""

from people.models import User
from records.acting import acting


def system_user(name: str) -> User:
    """The system user called ``name`` (for example import or demo), made on first use. It has no agency."""
    email = f"{name}@system.invalid"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = User(email=email, is_system=True)
    user.set_unusable_password()
    with acting(by=user, reason=f"First use of the system user {name}"):
        user.save()
    return user
