import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { workload } from '../contract/workload';
import { Refusal } from './failure';
import type { Kubectl } from './kubectl';
import type { Step } from './step';

/** A large one, over a slow line. */
const EXPORT_SECONDS = 6 * 60 * 60;

/** The last line of a complete export. */
const END = '-- end of the export';

/** @throws Refusal if the file is there already: it may be the only copy of something */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Refusal(`${file} exists already. Nothing was changed: name another file.`);
}

/**
 * Writes the database's rows to a file, as `pg_dump --data-only` does: `psql -f` brings them back into a database that
 * the same version of LiteLLM has migrated. PostgreSQL has no public address, so one of the gateway's pods reads it:
 * it has the network and the identity, and its image, which has no pg_dump, has psycopg.
 * @throws Error if the export is not complete; the file is not there then
 */
export async function exportDatabase(step: Step, kubectl: Kubectl, file: string): Promise<void> {
  refuseExisting(file);
  const part = `${file}.part`;
  const pod = `deployment/${workload.name}`;
  const place = [`--namespace=${workload.namespace}`, `--container=${workload.container}`];
  const args = ['exec', pod, ...place, '--stdin', '--', 'python', '-'];
  try {
    await kubectl.ok(args, { input: PROGRAM, output: part, timeoutSeconds: EXPORT_SECONDS });
    if (!endsWith(part, `${END}\n`))
      throw new Error('the export ended early; the connection to the pod was lost');
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  step.note(
    `${file}: ${statSync(file).size} bytes. It holds credentials, encrypted with the salt key: keep both, apart`,
  );
}

/**
 * One snapshot of every table, each after those that it refers to, in the same order every time. Migrations' own ledger is
 * left out: the database that takes the rows has its own.
 */
export const PROGRAM = `"""Writes every row of the gateway's database to standard output, as SQL for psql."""
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
    out.write(text.encode() + b"\\n")


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
        say("\\\\.")
    for name, value in database.execute(SEQUENCES).fetchall():
        say(f"SELECT setval('{name}', {value});")
    say("COMMIT;")
    say("${END}")
`;

function endsWith(file: string, end: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(Math.min(size, end.length));
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return tail.toString() === end;
  } finally {
    closeSync(descriptor);
  }
}
