"""The harness of every test: a private Postgres, the schema's owner, and guards that catch what a reader would miss."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from config import embedded_postgres
from tests.cast import Cast
from tests.harness import database, reading


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at the private Postgres (or the one named in the environment), as the owner of the schema.

    Looking for garbage after every 700 new objects, as Python does unasked, is an eighth of the whole run.
    """
    gc.set_threshold(200_000, 20, 100)
    if settings.PRIVATE_DATABASE:
        embedded_postgres.start(settings.BASE_DIR)
    database.act_as_owner()
    database.name_after_migrations(tidy=not hasattr(config, "workerinput"))
    database.let_flush_pass_the_guards()


# Each takes the better part of a minute: begun last, they would keep one worker while the others are done.
BEGUN_FIRST = (
    "config/test_external_postgres.py",
    "demo/test_tell.py",
    "project/test_other_agency.py",
    "records/test_concurrency.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, none of which leaves anything behind; the order of the others stays."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(BEGUN_FIRST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Once each worker's database has its name: copy it from the migrated template."""
    if settings.PRIVATE_DATABASE:
        database.copy_from_template()


@pytest.fixture(autouse=True)
def reading_never_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GET that writes fails its test, unless the marker says why it may."""
    if not request.node.get_closest_marker("get_may_write"):
        reading.refuse_writes(monkeypatch)


@pytest.fixture(scope="session")
def empty_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where nothing is: no test needs collectstatic first."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def plain_storage(settings: Settings, tmp_path_factory: pytest.TempPathFactory, empty_directory: Path) -> None:
    """Static files by their plain names; stored files in a directory of the test's own."""
    files = {"OPTIONS": {"location": str(tmp_path_factory.mktemp("files"))}}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {"default": settings.STORAGES["default"] | files, "staticfiles": static}
    settings.STATIC_ROOT = empty_directory


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of one agency."""
    return Cast()


UNASSESSED = ("tests/agreements/", "tests/people/", "tests/records/")


@pytest.fixture(autouse=True)
def unassessed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No conformance runs and no clearance after each change where a test is not about them: a third of the whole run.

    Gates, panels, filters and cells stay as they are. ``@pytest.mark.assessed`` brings the runs back.
    """
    below = request.node.path.relative_to(settings.BASE_DIR).as_posix().startswith(UNASSESSED)
    if below and not request.node.get_closest_marker("assessed"):
        monkeypatch.setattr("assurance.extensions.conformance.reassess", lambda **_: 0)
        monkeypatch.setattr("conflicts.extension.keep_clearance", lambda **_: 0)
