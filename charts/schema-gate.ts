import type { Container } from 'cdk8s-plus-28/lib/imports/k8s';
import { workload } from '../contract/workload';
import type { GatewayChartProps } from './gateway-chart';
import { litellmContainer } from './litellm-pod';

/**
 * The init container that starts a serving pod once the database has every migration of its image. It asks the
 * database and not for the Job (docs/decisions/0006-migrations-have-one-owner.md), which it names for the reader.
 */
export function schemaGate(props: GatewayChartProps, job: string): Container {
  const { migrationTimeoutSeconds } = props.environment.gateway.database;
  return {
    ...litellmContainer(props, 'wait-for-schema'),
    // Not from a ConfigMap: pods of an older revision must not get a newer program.
    command: ['python', '-c', PROGRAM, workload.namespace, job, String(migrationTimeoutSeconds)],
    // What it said last is the reason that `kubectl describe pod` shows.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** No backslash, and no "$(": the first means something here, the second to the kubelet. */
const PROGRAM = `"""Ends well once the database has every migration that this image ships."""
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import litellm_proxy_extras
import psycopg
from litellm.proxy.db.db_url_settings import DatabaseURLSettings

namespace, job, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
look = f"look at: kubectl -n {namespace} logs job/{job}"
shipped = sorted(
    path.parent.name
    for path in Path(litellm_proxy_extras.__file__).parent.glob("migrations/*/migration.sql")
)
LEDGER = (
    "SELECT migration_name, finished_at IS NOT NULL, coalesce(logs, '')"
    ' FROM "_prisma_migrations" WHERE rolled_back_at IS NULL'
)


def ledger():
    """What the database knows of migrations, asked with the gateway's own login: a fresh token where it uses one."""
    settings = DatabaseURLSettings.from_env()
    url = settings.build_writer_url() or settings.database_url
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as database:
            return database.execute(LEDGER).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    except psycopg.Error as error:
        # A URL that cannot be read is quoted in the error.
        raise ConnectionError(str(error).replace(urlsplit(url).password or url, "***")) from None


def state():
    """What to wait for; nothing when the schema is there."""
    try:
        rows = ledger()
    except Exception as error:
        return f"the database does not answer: {' '.join(str(error).split())[:500]}"
    for name, finished, logs in rows:
        if name in shipped and logs and not finished:
            sys.exit(f"migration {name} failed: {logs.strip()}; {look}")
    missing = sorted(set(shipped) - {name for name, finished, _ in rows if finished})
    return missing and f"{len(missing)} of {len(shipped)} migrations missing, next {missing[0]}"


if not shipped:
    sys.exit("this image ships no migrations: it is no LiteLLM image, or keeps them elsewhere")
deadline, said = time.monotonic() + seconds, None
while waiting := state():
    if time.monotonic() > deadline:
        hint = "if it ended well, before the database was restored, delete it and apply again"
        sys.exit(f"gave up after {seconds} s: {waiting}; {look}; {hint}")
    if waiting != said:
        print(f"waiting for Job {job}: {waiting}", flush=True)
    said = waiting
    time.sleep(2)
print(f"the schema is there: {len(shipped)} migrations", flush=True)
`;
