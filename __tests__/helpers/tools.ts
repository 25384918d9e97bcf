import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the PATH, with programs that a test wrote, and no others. */
export class Tools {
  readonly folder = mkdtempSync(join(tmpdir(), 'litellm-aks-tools-'));

  /** A shell script of builtins. */
  shell(name: string, script: string): void {
    this.write(name, `#!/bin/sh\n${script}\n`);
  }

  /** A script of Node's. */
  node(name: string, script: string): void {
    this.write(name, `#!${process.execPath}\n${script}\n`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private write(name: string, content: string): void {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    chmodSync(path, 0o755);
  }
}
