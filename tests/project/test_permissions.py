"""Every address says who may open it, the matrix says the same, and the register does as both say."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.roles import ROLE_PERMISSIONS, Permission, Role
from tests.cast import Cast
from tests.project.permission_matrix import MATRIX, OF_ALLAUTH
from tests.project.permission_matrix_assurance import PUBLIC, SIGNED_IN

SAMPLES = {"IntConverter": 1, "UUIDConverter": "6f1c7f0e-5a5e-4bb5-8c7a-3f3f0c8f0a11"}


def walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


@cache
def addresses() -> dict[str, URLPattern]:
    """The patterns by name."""
    return dict(walk(get_resolver()))


def declared(pattern: URLPattern) -> str | Permission | None:
    """What the view says; the views of allauth say it by asking for a sign-in or not."""
    said: str | None = getattr(pattern.callback, "permission", None)
    return said or (PUBLIC if not getattr(pattern.callback, "login_required", True) else None)


def sample(name: str) -> str:
    """An address of this name, of nothing that exists."""
    converters = getattr(addresses()[name].pattern, "converters", {})
    values = {key: SAMPLES.get(type(value).__name__, "MCW-2026-9999") for key, value in converters.items()}
    return reverse(name, kwargs=values)


def test_every_address_stands_in_the_matrix_as_its_view_says() -> None:
    ours = {name: declared(pattern) for name, pattern in addresses().items() if name not in {*OF_ALLAUTH, "None"}}
    assert ours == MATRIX


def test_only_old_addresses_of_allauth_have_no_name() -> None:
    nameless = [str(pattern.pattern) for name, pattern in walk(get_resolver()) if name.endswith("None")]
    assert [address for address in nameless if not address.startswith("social/")] == []


def test_every_view_of_allauth_is_known() -> None:
    for name, said in OF_ALLAUTH.items():
        if name in addresses():
            assert (declared(addresses()[name]) or SIGNED_IN) == said, name


@pytest.mark.django_db
def test_nobody_gets_in_without_signing_in(client: Client) -> None:
    login, asked = reverse("account_login"), [name for name, needed in MATRIX.items() if needed != PUBLIC]
    led = {name: [ask(sample(name)).get("Location", "") for ask in (client.get, client.post)] for name in asked}
    assert [name for name, places in led.items() if not all(one.startswith(login) for one in places)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_permission_is_refused(client: Client, role: Role) -> None:
    """Before anything is looked for: 404 is for another agency's things, and says nothing about permissions.

    Every address is read by every role; whoever may do least tries to write to each.
    """
    client.force_login(Cast().user(role))
    wrong, tries = {}, (client.get, client.post) if role == Role.STAFF_MEMBER else (client.get,)
    for name, needed in MATRIX.items():
        if isinstance(needed, Permission) and needed not in ROLE_PERMISSIONS[role]:
            said = {ask(sample(name)).status_code for ask in tries}
            if said - {403, 405} or (len(tries) > 1 and 403 not in said):
                wrong[name] = said
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_each_role_gets_in_where_the_matrix_says(client: Client, role: Role) -> None:
    """By a real request to every address; of things that do not exist, so whoever gets in finds 404."""
    client.force_login(Cast().user(role))
    wrong = {}
    for name, needed in MATRIX.items():
        if not isinstance(needed, Permission) or needed in ROLE_PERMISSIONS[role]:
            status = client.get(sample(name)).status_code
            if status not in {200, 302, 404, 405}:
                wrong[name] = status
    assert wrong == {}
