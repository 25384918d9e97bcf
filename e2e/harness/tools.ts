import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** LiteLLM 1.102 and the lock file take these minors of Python 3. */
const PYTHON_MINORS = [11, 12, 13];

/** What a program is for and where it comes from, for whoever does not have it. */
const packages = {
  bwrap: 'bubblewrap',
  etcd: 'etcd-server',
  ip: 'iproute2',
  nginx: 'nginx-light',
  nsenter: 'util-linux',
  openssl: 'openssl',
  'redis-server': 'redis-server',
  setpriv: 'util-linux',
  unshare: 'util-linux',
} as const;

type Tool = keyof typeof packages;

/** One line for each of the programs that is missing; empty when the machine has them all. */
export function missingTools(tools: readonly Tool[]): string[] {
  return tools
    .filter(tool => findOnPath(tool) === undefined)
    .map(tool => `${tool} is missing: apt-get install ${packages[tool]}`);
}

/** A Python that can run LiteLLM, or the line that says what to install. */
export function findPython(): { python: string } | { missing: string } {
  const names = [...PYTHON_MINORS.map(minor => `python3.${minor}`), 'python3'];
  const python = names.map(findOnPath).find(path => path !== undefined && canRunLiteLLM(path));
  if (python) return { python };
  const versions = PYTHON_MINORS.map(minor => `3.${minor}`).join(', ');
  return { missing: `Python ${versions} with venv is missing: apt-get install python3 python3-venv` };
}

/** PostgreSQL's programs, which Debian keeps off the PATH: the newest version, or the line that says what to install. */
export function findPostgres(): { folder: string } | { missing: string } {
  const root = '/usr/lib/postgresql';
  const versions = listFolder(root).map(Number).filter(Number.isInteger);
  const folder = join(root, String(Math.max(0, ...versions)), 'bin');
  return isExecutable(join(folder, 'initdb'))
    ? { folder }
    : { missing: 'PostgreSQL is missing: apt-get install postgresql' };
}

function canRunLiteLLM(python: string): boolean {
  const script = 'import sys, venv, ensurepip; print(*sys.version_info[:2])';
  const [major, minor] = spawnSync(python, ['-c', script], { encoding: 'utf8' }).stdout.trim().split(' ');
  return major === '3' && PYTHON_MINORS.includes(Number(minor));
}

export function findOnPath(name: string): string | undefined {
  // Administrators' programs, such as ip, are not on everybody's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map(folder => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
