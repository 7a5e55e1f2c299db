"""The table of routes in words: who decides, who approves, and where each row comes from."""

from dataclasses import dataclass

from conflicts.routes import OUTSIDE, ROUTES, Route
from people.labels import role_label
from people.models import Agency
from people.roles import Role

BY_RELATION = {
    OUTSIDE: "Public Service Commission, outside the register",
    "manager": "Their manager",
    "managers_manager": "The manager of their manager",
}
BY_ROLE = {
    "head": Role.CHIEF_EXECUTIVE,
    "integrity": Role.INTEGRITY_CHAMPION,
    "contract_manager": Role.CONTRACT_MANAGER,
    "owner": Role.BUSINESS_OWNER,
}
OF_WORK = ("contract_manager", "owner")
NIL = {"noted": "Noted, without a decision", "decided": "Decided and kept"}


@dataclass(frozen=True)
class RouteInWords:
    """One row of the table as it is read."""

    route: Route
    decides: str
    approves: str
    nil: str


def routes_in_words(agency: Agency | None) -> list[RouteInWords]:
    """Every row, in the order in which the register tries them; with an agency, in its words for roles."""
    return [
        RouteInWords(route, _place(route.decides, agency), _place(route.approves, agency), NIL[route.nil])
        for route in ROUTES
    ]


def _place(place: str, agency: Agency | None) -> str:
    if place in BY_RELATION:
        return BY_RELATION[place]
    label = role_label(agency, BY_ROLE[place]) if agency else BY_ROLE[place].label
    return f"{label} of the contract or agreement" if place in OF_WORK else label
