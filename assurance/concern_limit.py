"""How often one network address may send concerns or ask for one: counted in the memory of the process alone.

Nothing is written anywhere. What is remembered for a minute is a hash of the address with a salt of this process, which
nobody can turn back once the process has ended.
"""

import hashlib
import secrets
from collections import deque
from time import monotonic

MOST, WITHIN = 10, 60.0  # from one address, in so many seconds
_SALT = secrets.token_bytes(32)
_seen: deque[tuple[float, bytes]] = deque()


def too_many(address: str | None) -> bool:
    """Count this one, and forget what is older than a minute; whether there were too many."""
    now = monotonic()
    while _seen and _seen[0][0] < now - WITHIN:
        _seen.popleft()
    who = hashlib.sha256(_SALT + str(address).encode()).digest()
    _seen.append((now, who))
    return sum(one == who for _, one in _seen) > MOST


def forget() -> None:
    """Begin anew: for tests."""
    _seen.clear()
