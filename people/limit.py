"""How often one network address may do something, counted by all web processes together in the table of the cache.

What is kept is a number from 0 to 4,095 into which the address falls, and a count: a million addresses share each,
so that nobody can turn one back, whoever reads the table. Two of them rarely meet within a minute.
"""

from dataclasses import dataclass
from hashlib import sha256
from hmac import new

from django.conf import settings
from django.db import connection

BUCKETS = 4096
COUNT = """
INSERT INTO "people_cache" AS counted (cache_key, value, expires)
VALUES (%(key)s, '1', statement_timestamp() + make_interval(secs => %(within)s))
ON CONFLICT (cache_key) DO UPDATE SET
  value = CASE WHEN counted.expires < statement_timestamp() THEN '1' ELSE (counted.value::int + 1)::text END,
  expires = CASE WHEN counted.expires < statement_timestamp() THEN excluded.expires ELSE counted.expires END
RETURNING value::int
"""


@dataclass(frozen=True)
class Limit:
    """So ``most`` times from one address, ``within`` so many seconds of the first of them."""

    name: str
    most: int
    within: float

    def too_many(self, address: str | None) -> bool:
        """Count this one; whether there were too many. One statement, whichever process asks."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"key": f"limit {self.name} {self._bucket(address)}", "within": self.within})
            return bool(cursor.fetchone()[0] > self.most)

    def _bucket(self, address: str | None) -> int:
        digest = new(settings.SECRET_KEY.encode(), f"{self.name} {address}".encode(), sha256).digest()
        return int.from_bytes(digest[:8]) % BUCKETS
