"""The invented agencies and their people; one sign-in a role."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config.demo_sign_ins import DEMO_PASSWORD
from people.actions.agency import add_agency, change_agency
from people.actions.delegation import add_delegation
from people.actions.password import keep_password
from people.actions.person import add_person
from people.actions.role import grant_role
from people.actions.unit import add_unit
from people.actions.user import invite
from people.models import Agency, Person, Power, User

STORY = Path(__file__).parent / "story"


@dataclass
class Cast:
    """Everyone in the story by the short name that the story calls them."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def add_cast(*, by: User, on: date) -> Cast:
    """Make agencies, units, people, roles, sign-ins and delegations as story/people.toml has them."""
    cast = Cast()
    for code, told in _read("people.toml").items():
        values = {name: told[name] for name in ("name_mi", "head_title", "privacy_email", "names_shared")}
        agency = add_agency(code=code, name=told["name"], values=values | {"demo": True}, by=by)
        change_agency(agency=agency, values={}, labels=told.get("labels"), by=by)
        cast.agencies[code] = agency
        units = {name: add_unit(agency=agency, values={"name": name}, by=by) for name in told["units"]}
        for short, person in told["people"].items():
            _add(cast, agency, short, person, units, by, on)
        _delegate(cast, agency, told.get("delegation"), by, on)
    return cast


def _read(name: str) -> dict[str, Any]:
    with (STORY / name).open("rb") as file:
        return tomllib.load(file)


def _add(
    cast: Cast, agency: Agency, short: str, told: dict[str, Any], units: dict[str, Any], by: User, on: date
) -> None:
    address = told.get("email") or f"{told['name'].lower().replace(' ', '.')}@{agency.code.lower()}.example.nz"
    values = {
        "name": told["name"],
        "email": _plain(address),
        "engagement": told.get("engagement", "staff"),
        "senior": told.get("senior", False),
        "unit": units[told["unit"]],
        "manager": cast.people.get(told.get("manager", "")),
        "position": told["position"],
    }
    person = add_person(agency=agency, values=values, on=on, by=by)
    cast.people[short] = person
    for role in told.get("roles", []):
        grant_role(person=person, role=role, by=by, on=on)
    if told.get("roles"):
        cast.users[short] = invite(person=person, by=by, on=on)
        keep_password(cast.users[short], DEMO_PASSWORD)


def _plain(address: str) -> str:
    return address.translate(str.maketrans("āēīōū", "aeiou"))


def _delegate(cast: Cast, agency: Agency, told: dict[str, Any] | None, by: User, on: date) -> None:
    told = told or {}
    for power in told.get("powers", []):
        values = {
            "giver": cast.people[told["giver"]],
            "holder": cast.people[told["holder"]],
            "power": Power(power),
            "starts_on": on,
            "ends_on": on + timedelta(days=1095),
            "document": told["document"],
        }
        add_delegation(agency=agency, values=values, by=by, on=on)
