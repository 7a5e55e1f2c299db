"""Browsers that are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from tests.cast import Cast

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Sign a user in with a browser of their own."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Client:
    """The privacy officer's browser."""
    return sign_in(cast.privacy_officer)
