"""A cast, and browsers that are signed in, as for the pages of agreements."""

from tests.agreements.views.conftest import cast, officer, sign_in

__all__ = ["cast", "officer", "sign_in"]
