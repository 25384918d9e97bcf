import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCommandLines } from './harness/command-lines';
import { prepareCrds } from './harness/crds';
import { missingGo, prepareCoreDns, prepareCyclonus, prepareGoTools } from './harness/go-tool';
import { missingRoot, runInNamespaces } from './harness/namespaces';
import { preparePrisma } from './harness/prisma';
import { announce, projectFolder, runFolder } from './harness/project';
import { prepareSchemas } from './harness/schemas';
import { announceTerraforms } from './harness/terraform';
import { findPostgres, findPython, missingTools } from './harness/tools';
import { prepareTraefik } from './harness/traefik';
import { prepareVenv } from './harness/venv';

function main(): number {
  const python = findPython();
  const postgres = findPostgres();
  const missing = [
    ...missingRoot('test:e2e'),
    ...missingTools([
      'bwrap',
      'etcd',
      'ip',
      'nginx',
      'nsenter',
      'openssl',
      'redis-server',
      'setpriv',
      'unshare',
    ]),
    ...missingGo(),
    ...('missing' in postgres ? [postgres.missing] : []),
  ];
  if ('missing' in python || missing.length > 0) {
    const lines = 'missing' in python ? [...missing, python.missing] : missing;
    for (const line of lines) announce(line);
    return 1;
  }
  // While there still is a network.
  preparePrisma(prepareVenv(python.python));
  prepareCommandLines();
  prepareGoTools();
  prepareCrds();
  prepareCyclonus();
  prepareCoreDns();
  prepareSchemas();
  prepareTraefik();
  announceTerraforms();

  rmSync(runFolder, { recursive: true, force: true });
  mkdirSync(runFolder, { recursive: true });
  announce(`logs are in ${runFolder}`);
  // One after the other, each in a network of its own: the suites serve the same addresses.
  const statuses = [
    test('jest.e2e.config.json', ''),
    test('jest.identity.config.json', 'identity'),
    test('jest.coredns.config.json', 'coredns'),
  ];
  return Math.max(...statuses);
}

function test(config: string, suite: string): number {
  const jest = join(projectFolder, 'node_modules/jest/bin/jest.js');
  const filters = process.argv.slice(2);
  // A name that one suite has, the other has not.
  const options = ['--config', config, ...(filters.length > 0 ? ['--passWithNoTests'] : []), ...filters];
  const tests = [process.execPath, jest, ...options];
  return runInNamespaces(tests, suite);
}

process.exitCode = main();
