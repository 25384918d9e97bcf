import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { folderProblem } from '../config/option-problem';
import { workload } from '../contract/workload';
import { Refusal } from './failure';
import type { Kubectl } from './kubectl';
import type { Step } from './step';

/** A large one, over a slow line. */
const EXPORT_SECONDS = 6 * 60 * 60;

/** Runs in the pod, one after the other; commands run in the project's root. */
export const PROGRAMS = ['lifecycle/gateway_database.py', 'lifecycle/export_database.py'];

/** The last line of a complete export. */
const END = '-- end of the export';

/** What keeps the export from a file: one that is there already may be the only copy of something. */
export function fileProblem(file: string): string | undefined {
  return existsSync(file) ? 'exists already; name another file' : folderProblem(file);
}

/**
 * Writes the database's rows to a file, as `pg_dump --data-only` does; `import_database.py` brings them back. PostgreSQL
 * has no public address, so one of the gateway's pods reads it: it has the network and the identity, and its image, which
 * has no pg_dump, has psycopg.
 * @throws Error if the export is not complete; the file is not there then
 */
export async function exportDatabase(step: Step, kubectl: Kubectl, file: string): Promise<void> {
  const problem = fileProblem(file);
  if (problem) throw new Refusal(`${file}: ${problem}`);
  const part = `${file}.part`;
  const pod = `deployment/${workload.name}`;
  const place = [`--namespace=${workload.namespace}`, `--container=${workload.container}`];
  const args = ['exec', pod, ...place, '--stdin', '--', 'python', '-'];
  try {
    await kubectl.ok(args, {
      input: PROGRAMS.map(file => readFileSync(file, 'utf8')).join('\n'),
      output: part,
      timeoutSeconds: EXPORT_SECONDS,
    });
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
