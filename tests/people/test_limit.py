"""How often one address may try: counted by all processes together, and the address itself nowhere."""

import pytest
from django.db import connection

from people.limit import Limit

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.7"


def rows() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM people_cache WHERE cache_key LIKE 'limit only here %'")
        return cursor.fetchall()


def test_one_count_for_every_process_begun_anew_after_its_time_and_no_address_kept() -> None:
    here, there = (
        Limit("only here tries", most=10, within=60.0),
        Limit("only here tries", most=10, within=60.0),
    )  # two processes
    assert [limit.too_many(ADDRESS) for limit in (here, there) * 5] == [False] * 10
    assert here.too_many(ADDRESS)
    assert there.too_many(ADDRESS)
    assert not there.too_many("198.51.100.1")
    assert not Limit("only here another", most=10, within=60.0).too_many(ADDRESS)
    assert not here.too_many(None)
    kept = rows()
    assert len(kept) == 4
    assert ADDRESS not in str(kept)
    assert max(len(key.rpartition(" ")[2]) for key, _ in kept) <= 4, "one of 4,096 numbers"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_cache SET expires = now() - interval '1 second'")
    assert not here.too_many(ADDRESS)
    assert len(rows()) == 4, "the same row begins anew"
