"""The forms of signing in, in our words."""

from typing import Any

from allauth.account.forms import (  # fmt: skip
    ChangePasswordForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django import forms

ADDRESS = "E-mail address"
LONG_ENOUGH = (
    "At least 12 characters. A few words that belong together only for you are easier to remember than symbols."
)


def _plain(form: forms.BaseForm, **labels: str) -> None:
    """Our labels; no placeholder stands in for one."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, LONG_ENOUGH if name == "password1" else ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=ADDRESS, password="Password")  # noqa: S106 - a label


class AskForCodeForm(RequestLoginCodeForm):
    """The address that a code is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=ADDRESS)


class AskForLinkForm(ResetPasswordForm):
    """The address that a link is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=ADDRESS)


class NewPasswordForm(ResetPasswordKeyForm):
    """A password, after the link was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1="New password", password2="New password, once more")


class OtherPasswordForm(ChangePasswordForm):
    """Another password for somebody who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self, oldpassword="Present password", password1="New password", password2="New password, once more"
        )  # fmt: skip


class FirstPasswordForm(SetPasswordForm):
    """A first password, for somebody who signed in with a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1="New password", password2="New password, once more")
