"""Write a draft only on what its writer saw: two may write one."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from conflicts.errors import Stale
from records.errors import Refused
from records.refusals import show_refusal


def attempt_seen(
    form: BaseForm, act: Callable[..., object], *, seen: str, **given: object
) -> tuple[bool, str, Stale | None]:
    """Whether it was done; if not, the digest of what stands now and, where somebody else was quicker, what changed.

    Any other refusal stands on the form.
    """
    try:
        act(seen=seen, **given)
    except Stale as newer:
        return False, newer.seen, newer
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
        return False, seen, None
    return True, seen, None
