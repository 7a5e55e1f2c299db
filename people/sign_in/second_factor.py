"""The second factor: its secrets are kept encrypted under SECRET_KEY."""

import base64
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps authenticator secrets and recovery codes unreadable for whoever sees the database alone."""

    def get_totp_issuer(self) -> str:
        """The name that an authenticator app shows."""
        name: str = settings.REGISTER_NAME
        return name

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, ready to stand inside HTML (an image in a data address would break our policy)."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def encrypt(self, text: str) -> str:
        """The text, encrypted with the present key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; SECRET_KEY_FALLBACKS still open what was encrypted before a change of key."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(f"second factor {key}".encode()).digest())) for key in keys]
    )
