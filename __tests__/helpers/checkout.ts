import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './environment';

interface Run {
  /** Of Node. */
  readonly options?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A checkout of a program, of ours or of a few lines, with our launcher. */
export class Checkout {
  readonly cache: string;

  constructor(readonly folder: string) {
    this.cache = join(folder, 'node_modules/.cache/litellm-aks');
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Writes other bytes, and leaves everything as it was that a file system says of a file. */
  forge(path: string, from: string, to: string): void {
    const file = join(this.folder, path);
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, readFileSync(file, 'latin1').replaceAll(from, to), 'latin1');
    utimesSync(file, atime, mtime);
    expect(statSync(file)).toMatchObject({ size, mtime });
  }

  run(args: readonly string[] = [], { options = [], cwd, env }: Run = {}) {
    return new Promise<{ status: number; said: string; err: string }>(resolve => {
      execFile(
        process.execPath,
        [...options, join(this.folder, 'run'), ...args],
        { cwd, ...(env && { env }) },
        (error, stdout, stderr) =>
          resolve({ status: Number(error?.code ?? 0), said: stdout.trim(), err: stderr }),
      );
    });
  }

  /** What a run prints that is expected to work. */
  async says(args: readonly string[] = []): Promise<string> {
    const { status, said, err } = await this.run(args);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    return said;
  }
}

const NOT_COPIED = ['node_modules', 'build', 'dist', 'e2e', 'bench', 'docs', '__tests__'];

/** This project with a cache of its own, to be changed. */
export function copyOfProject(folder: string): Checkout {
  for (const entry of readdirSync(root)) {
    if (entry.startsWith('.') || NOT_COPIED.includes(entry)) continue;
    cpSync(join(root, entry), join(folder, entry), { recursive: true });
  }
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (entry !== '.cache') symlinkSync(join(root, 'node_modules', entry), join(packages, entry));
  }
  return new Checkout(folder);
}
