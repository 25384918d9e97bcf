import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingRoot, runInNamespaces } from '../e2e/harness/namespaces';
import { preparePrisma } from '../e2e/harness/prisma';
import { findPostgres, findPython, missingTools } from '../e2e/harness/tools';
import { prepareVenv } from '../e2e/harness/venv';
import type { Numbers } from './gateway/numbers';
import { COLUMNS, rows } from './gateway/table';
import { benchFolder } from './harness/checkout';
import type { Measurement } from './harness/measurement';

/** What the end-to-end tests' harness needs to run pods. */
function missing(): string[] {
  const needs = [findPython(), findPostgres()].flatMap(found => ('missing' in found ? [found.missing] : []));
  return [
    ...missingRoot('bench -- gateway'),
    ...missingTools(['bwrap', 'ip', 'nsenter', 'openssl', 'redis-server', 'setpriv', 'unshare']),
    ...needs,
  ];
}

export const gateway: Measurement = {
  name: 'gateway',
  title: 'The gateway',
  how: 'LiteLLM itself in pods of `environments/prod.ts`, with passwords in the place of its identity; Redis over TLS, PostgreSQL, and a provider that takes 0.4 s to answer and 0.2 s to begin a stream, all on this machine. One question at a time; the load is 16 clients, and a provider that answers at once.',
  missing,
  measure: () => {
    const python = findPython();
    if ('missing' in python) throw new Error(python.missing);
    // While there still is a network.
    preparePrisma(prepareVenv(python.python));
    const folder = benchFolder('gateway');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'numbers.json');
    const inside = [process.execPath, join(__dirname, 'gateway/inside.js'), file];
    if (runInNamespaces(inside, 'bench') !== 0) throw new Error('the gateway was not measured; see above');
    const raw: Numbers = JSON.parse(readFileSync(file, 'utf8'));
    return { columns: COLUMNS, rows: rows(raw), raw };
  },
};
