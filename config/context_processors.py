"""What every page knows: the name of the register, whose it is, its marking and its menu."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from people.models import Agency, User
from people.pages.mail import can_read_all
from people.permissions import may
from people.roles import Permission, Role

# Label, address, who sees it: a permission, a role, everyone when None. An address not served yet is left out.
MENU = (
    ("Home", "home", None),
    ("Agreements", "agreements:register", Permission.READ_AGREEMENTS),
    ("Conformance", "conformance_matrix", Permission.READ_AGREEMENTS),
    ("Plan", "plan", Permission.READ_AGREEMENTS),
    ("Contracts", "agreements:contracts", Permission.READ_AGREEMENTS),
    ("My contracts", "agreements:my_contracts", Role.CONTRACT_MANAGER),
    ("Organisations", "agreements:organisations", Permission.READ_AGREEMENTS),
    ("Legal bases", "agreements:legal_provisions", Permission.READ_AGREEMENTS),
    ("Conflicts", "conflicts:overview", Permission.COUNT_CONFLICTS),
    ("Interests", "conflicts:mine", None),
    ("Assurance", "assurance", Permission.READ_AGREEMENTS),
    ("Written assurance", "statements", Permission.READ_STATEMENTS),
    ("People", "people:people", Permission.READ_PEOPLE),
)
# Pages that stand in the menu where people look for them and not where their address begins: the first place seen.
ELSEWHERE = (
    (re.compile(r"/conflicts/(matches|what-if|rounds|samples|senior-leaders|too-late)/"), "conflicts:overview"),
    (re.compile(r"/conflicts/declarations/$"), "conflicts:overview"),
    (re.compile(r"/conflicts/what-if/"), "agreements:organisations"),
    (re.compile(r"/conflicts/(contracts|suppliers)/"), "agreements:contracts"),
    (re.compile(r"/conflicts/[A-Z]"), "agreements:register"),
    (re.compile(r"/verify/"), "assurance"),
)


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
    agency: Agency | None
    marking: str
    demo: bool
    menu: tuple[Place, ...]
    search_url: str
    demo_mail: str = ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The register's name for everyone; agency, marking and menu only for someone who is signed in."""
    user = getattr(request, "user", None)
    if user and getattr(request, "by_link", None):
        return {"frame": _linked_frame(user.agency)}
    if isinstance(user, User) and user.person:
        return {"frame": _frame_for(user, user.person.agency, request.path)}
    return {"frame": _public_frame()}


def _public_frame() -> Frame:
    return Frame(settings.REGISTER_NAME, None, "", demo=settings.PRIVATE_DATABASE, menu=(), search_url="")


def _linked_frame(agency: Agency) -> Frame:
    """Whoever came by a mailed link sees whose register it is, and no menu: nothing else opens to them."""
    return Frame(settings.REGISTER_NAME, None, agency.marking, demo=agency.demo, menu=(), search_url="")


def _frame_for(user: User, agency: Agency, path: str) -> Frame:
    seen = [(label, url) for label, name, needed in MENU if _opens(user, needed) and (url := _url(name))]
    current = _current([url for _, url in seen], path)
    return Frame(
        name=settings.REGISTER_NAME,
        agency=agency,
        marking=agency.marking,
        demo=agency.demo,
        menu=tuple(Place(label, url, url == current) for label, url in seen),
        search_url=_url("agreements:register") if may(user, Permission.READ_AGREEMENTS) else "",
        demo_mail=_url("people:demo_mails") if can_read_all(agency) else "",
    )


def _opens(user: User, needed: Permission | Role | None) -> bool:
    if isinstance(needed, Role):
        return needed in user.roles
    return needed is None or may(user, needed)


def _current(seen: list[str], path: str) -> str:
    """The address of the place in the menu that a page belongs to; empty where it belongs to none."""
    elsewhere = [url for pattern, name in ELSEWHERE if pattern.match(path) and (url := _url(name)) in seen]
    return next(iter(elsewhere), max((url for url in seen if _is_current(url, path)), key=len, default=""))


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
