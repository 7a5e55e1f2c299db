"""The invented organisations of the story, found again by name together with the real ones."""

import tomllib

from agreements.actions.organisation import add_organisation
from agreements.models import Organisation
from agreements.normalise import normalise
from config.demo.people import STORY, Cast
from people.models import User


def add_organisations(cast: Cast, *, by: User) -> None:
    """Add the agencies of the story and the bodies of story/organisations.toml, each marked as invented."""
    for agency in cast.agencies.values():
        values = {"agency": agency, "kind": "public_service_department", "state_services": "yes", "demo": True}
        names = {agency.name_mi: "maori", agency.code: "abbreviation"}
        add_organisation(name=agency.name, values=values | {"public_service": "yes"}, names=names, by=by)
    with (STORY / "organisations.toml").open("rb") as file:
        told = tomllib.load(file)["organisation"]
    for body in told:
        name, names = body.pop("name"), body.pop("names", {})
        add_organisation(name=name, values=body | {"demo": True}, names=names, by=by)


class Finder:
    """Organisations by any of their names; one that is missing is added as it was written."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.known: dict[str, Organisation] = {}
        for body in Organisation.objects.current().prefetch_related("names"):
            for name in [body.name, *(other.name for other in body.names.all())]:
                self.known.setdefault(normalise(name), body)

    def __call__(self, name: str, **values: str) -> Organisation:
        """The organisation of that name."""
        key = normalise(name)
        if key not in self.known:
            self.known[key] = add_organisation(name=name, values=values, by=self.by)
        return self.known[key]
