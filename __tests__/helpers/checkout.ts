import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

  run(args: readonly string[] = [], options: readonly string[] = []) {
    return new Promise<{ status: number; said: string; err: string }>(resolve => {
      execFile(process.execPath, [...options, join(this.folder, 'run'), ...args], (error, stdout, stderr) =>
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
