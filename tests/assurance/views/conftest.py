"""Browsers that are signed in, as for the pages of agreements."""

from tests.agreements.views.conftest import officer, sign_in

__all__ = ["officer", "sign_in"]
