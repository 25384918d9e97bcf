import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of one run: a log for each stage, and for as long as they are needed a plan and a kubeconfig. Its owner's
 * alone, because a plan holds values of resources.
 */
export class Journal {
  readonly folder: string;
  private logs = 0;

  /** @param command such as `up` */
  constructor(root: string, environment: string, command: string, now: Date) {
    const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    this.folder = join(root, `${environment}-${command}-${time}`);
  }

  /** A path within the folder, for tools that run elsewhere too. */
  path(name: string): string {
    return resolve(this.folder, name);
  }

  /** Everything in it but the logs. */
  leftovers(): string[] {
    if (this.logs === 0) return [];
    return readdirSync(this.folder)
      .filter(name => !name.endsWith('.log'))
      .map(name => this.path(name));
  }

  /** A log for the next stage, the first of which makes the folder; files sort as the stages ran. */
  open(stage: string): Log {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.logs += 1;
    const words = stage.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const path = join(this.folder, `${String(this.logs).padStart(2, '0')}-${words.join('-')}.log`);
    return { path, write: line => appendFileSync(path, `${line}\n`, { mode: 0o600 }) };
  }
}

export interface Log {
  readonly path: string;
  /** Appends a line. */
  readonly write: (line: string) => void;
}
