"""How often one network address may answer mailed links. Reading one counts for nothing: a signature is not guessed."""

from django.core.cache import cache
from django.http import HttpRequest

from people.sign_in.locked import address_of

MOST, WITHIN = 60, 60  # answers from one address, in so many seconds: a whole floor may share one


def too_many(request: HttpRequest) -> bool:
    """Count this answer; whether there were too many within a minute."""
    if request.method != "POST":
        return False
    key = f"mailed-links-{address_of(request)}"
    if cache.add(key, 1, WITHIN):
        return False
    try:
        return bool(cache.incr(key) > MOST)
    except ValueError:  # it ended between the two
        return False
