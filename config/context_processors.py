"""What every page knows: the name of the register, whose it is, its marking and its menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

# In the order of the menu. An address that no installed app serves is left out.
MENU = (("Home", "home"), ("Agreements", "agreement_list"), ("Organisations", "organisation_list"))


@dataclass(frozen=True)
class Place:
    """One entry of the main menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """The frame of a page, as `frame` in every template."""

    name: str
    agency: Any
    marking: str
    demo: bool
    menu: tuple[Place, ...]
    search_url: str


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The register's name for everyone; agency, marking and menu only for someone who is signed in."""
    person = getattr(getattr(request, "user", None), "person", None)
    agency = person.agency if person else None
    return {
        "frame": Frame(
            name=settings.REGISTER_NAME,
            agency=agency,
            marking=getattr(agency, "marking", ""),
            demo=agency.demo if agency else settings.PRIVATE_DATABASE,
            menu=tuple(_menu(request.path)) if agency else (),
            search_url=_url("agreement_list"),
        )
    }


def _menu(path: str) -> list[Place]:
    places = [(label, _url(name)) for label, name in MENU]
    return [Place(label, url, _is_current(url, path)) for label, url in places if url]


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
