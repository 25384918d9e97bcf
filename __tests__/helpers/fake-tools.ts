import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a tool answers to a command line. */
interface FakeAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly status?: number;
  /** A line of shell that runs first; `$STATE` is a folder for what it has to remember, `$HERE` the name of the one that it runs in. */
  readonly run?: string;
}

/** Programs on a PATH of their own that write down how they were called and answer what they were told. */
export class FakeTools {
  readonly folder = mkdtempSync(join(tmpdir(), 'litellm-tools-'));
  readonly path = join(this.folder, 'bin');
  private readonly answers: { pattern: string; answer: FakeAnswer }[] = [];

  constructor(programs: readonly string[]) {
    mkdirSync(this.path);
    mkdirSync(join(this.folder, 'state'));
    for (const program of programs) this.install(program);
  }

  /**
   * The latest answer that fits counts.
   * @param pattern of the shell's `case`: `kubectl *get*nodes*`
   */
  on(pattern: string, answer: FakeAnswer = {}): this {
    this.answers.unshift({ pattern, answer });
    this.write();
    return this;
  }

  /** Takes the latest answer back. */
  off(pattern: string): this {
    this.answers.splice(
      this.answers.findIndex(known => known.pattern === pattern),
      1,
    );
    this.write();
    return this;
  }

  install(program: string): void {
    const script = `#!/bin/sh\nTOOL=${program}\n. ${join(this.folder, 'answers.sh')}\n`;
    writeFileSync(join(this.path, program), script);
    chmodSync(join(this.path, program), 0o755);
  }

  /** Puts a real program in the fake's place. */
  replace(program: string, real: string): void {
    this.remove(program);
    symlinkSync(real, join(this.path, program));
  }

  remove(program: string): void {
    rmSync(join(this.path, program));
  }

  /** Every command line so far that has this in it. */
  calls(...words: readonly string[]): string[] {
    const log = join(this.folder, 'calls');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return lines.filter(line => words.every(word => line.includes(word)));
  }

  forgetCalls(): void {
    rmSync(join(this.folder, 'calls'), { force: true });
  }

  /** Takes the folder away. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(): void {
    const cases = this.answers.map(({ pattern, answer }) => {
      const { stdout = '', stderr = '', status = 0, run = ':' } = answer;
      const glob = pattern.replaceAll(' ', '" "');
      // The shell's own printf: no process more.
      return `${glob})\n${run}\nprintf %s ${quoted(stdout)}; printf %s ${quoted(stderr)} >&2; exit ${status};;`;
    });
    const script = [
      `FOLDER=${this.folder}`,
      'STATE=$FOLDER/state',
      `HERE=\${PWD##*/}`,
      'LINE="$TOOL $*"',
      'printf "%s\\n" "$LINE" >> $FOLDER/calls',
      'case "$LINE" in',
      ...cases,
      'esac',
      'echo "no answer is known to: $LINE" >&2',
      'exit 97',
    ];
    writeFileSync(join(this.folder, 'answers.sh'), script.join('\n'));
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
