"""Writes every row of the gateway's database to standard output, as SQL for psql.

One snapshot of every table, each after those that it refers to, in the same order every time. Migrations' own ledger is
left out: the database that takes the rows has its own.
"""
import graphlib
import sys
from urllib.parse import parse_qsl

import psycopg
from litellm.proxy.db.db_url_settings import DatabaseURLSettings
from psycopg import sql

TABLES = """
SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations' ORDER BY 2
"""
REFERENCES = """
SELECT conrelid, confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
ORDER BY conrelid::regclass::text, confrelid::regclass::text
"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
SEQUENCES = """
SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1
"""

settings = DatabaseURLSettings.from_env()
url, _, query = (settings.build_writer_url() or settings.database_url).partition("?")
# What Prisma reads of a URL, libpq does not know, but for how the server's certificate is checked.
tls = {name: value for name, value in parse_qsl(query) if name in ("sslmode", "sslrootcert")}
out = sys.stdout.buffer


def say(text):
    out.write(text.encode() + b"\n")


with psycopg.connect(url, **{"sslmode": "require", **tls}, connect_timeout=10) as database:
    database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    database.read_only = True
    tables = dict(database.execute(TABLES).fetchall())
    order = graphlib.TopologicalSorter({table: set() for table in tables})
    for table, referred in database.execute(REFERENCES).fetchall():
        if table in tables and referred in tables:
            order.add(table, referred)
    say("SET client_encoding = 'UTF8';")
    say("BEGIN;")
    for table in order.static_order():
        columns = [name for (name,) in database.execute(COLUMNS, [table]).fetchall()]
        target = sql.SQL("{} ({})").format(
            sql.Identifier("public", tables[table]), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        say(f"COPY {target.as_string(database)} FROM stdin;")
        with database.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(target)) as rows:
            for block in rows:
                out.write(block)
        say("\\.")
    for name, value in database.execute(SEQUENCES).fetchall():
        say(f"SELECT setval('{name}', {value});")
    say("COMMIT;")
    say("-- end of the export")
