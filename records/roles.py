"""The two database roles: the owner of the schema, and the app, which may only add to history."""

import environ
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper


def app_role() -> str:
    """The app's database role: the user of DATABASE_URL."""
    return str(environ.Env.db_url_config(settings.DATABASE_URL).get("USER", ""))


def role_to_grant(connection: BaseDatabaseWrapper) -> str | None:
    """The app's role when it is another than the one now connected and the server knows it, else None."""
    role = app_role()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        return role if cursor.fetchone() else None


def default_grants(role: str) -> list[str]:
    """What the app may do with tables that no guard narrows: use them, never define them; and only read the ledger."""
    uses = "SELECT, INSERT, UPDATE, DELETE"
    return [
        f'GRANT {uses} ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {uses} ON TABLES TO "{role}"',
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{role}"',
        *(
            f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM "{role}"'
            for table in ("records_ledgerentry", "records_ledgerlink", "records_ledgerrename", "django_migrations")
        ),
    ]
