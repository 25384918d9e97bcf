"""The gateway's database, with the login that its pods have. It goes before a program that runs in one of them."""
import sys
from urllib.parse import parse_qsl

import psycopg
from litellm.proxy.db.db_url_settings import DatabaseURLSettings
from psycopg import sql

# Migrations' own ledger is left out: it is the database's, and not the gateway's.
TABLES = """
SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations' ORDER BY 2
"""
END = "-- end of the export"


def connect():
    settings = DatabaseURLSettings.from_env()
    url, _, query = (settings.build_writer_url() or settings.database_url).partition("?")
    # What Prisma reads of a URL, libpq does not know, but for how the server's certificate is checked.
    tls = {name: value for name, value in parse_qsl(query) if name in ("sslmode", "sslrootcert")}
    return psycopg.connect(url, **{"sslmode": "require", **tls}, connect_timeout=10)


def tables(database):
    """Names by the number that PostgreSQL knows them by."""
    return dict(database.execute(TABLES).fetchall())
