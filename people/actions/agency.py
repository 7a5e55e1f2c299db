"""Bring an agency into the register, and change what it calls itself and its roles."""

from collections.abc import Mapping
from typing import Any

from people.actions.changes import check_and_save, lock
from people.errors import NotYours
from people.models import Agency, RoleLabel, User
from people.policies import check_keeps
from people.roles import Role
from records.acting import action

SETTINGS = ("name", "name_mi", "head_title", "marking", "privacy_email", "names_shared")


@action
def add_agency(*, code: str, name: str, by: User, values: Mapping[str, Any] | None = None) -> Agency:
    """Bring an agency into the register; only commands do. Raises ValidationError, NotYours."""
    if not by.is_system:
        raise NotYours("An agency is added by whoever runs the register: manage.py add_agency")
    agency = Agency(code=code, name=name, **(values or {}))
    check_and_save(agency)
    return agency


@action
def change_agency(
    *, agency: Agency, values: Mapping[str, Any], by: User, labels: Mapping[str, str] | None = None
) -> Agency:
    """Change the settings of one's own agency, named in SETTINGS; the code stands in every reference and stays.

    ``labels`` says what the agency calls its roles; an empty one goes back to the register's own word. Raises
    ValidationError, NotYours, NotPermitted.
    """
    check_keeps(by, agency)
    locked = lock(agency)
    for name in SETTINGS:
        if name in values:
            setattr(locked, name, values[name])
    check_and_save(locked)
    kept = {label.role: label for label in RoleLabel.objects.filter(agency=agency)}
    for role, text in (labels or {}).items():
        _label(locked, Role(role), text.strip(), kept.get(role))
    return locked


def _label(agency: Agency, role: Role, text: str, kept: RoleLabel | None) -> None:
    if kept is not None and text in ("", role.label):
        kept.delete()
    elif text not in ("", role.label) and (kept is None or kept.label != text):
        label = kept or RoleLabel(agency=agency, role=role)
        label.label = text
        check_and_save(label)
