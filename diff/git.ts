import { spawnSync } from 'node:child_process';
import { type Problem, ProblemsError } from '../config/problem';
import type { Host } from '../host';

/** A state of the project that git keeps. */
interface Revision {
  /** Its commit, in full. */
  readonly commit: string;
  /** As a reader knows it: `4f3c2a1b (merge base with main)`. */
  readonly label: string;
}

/** Branches that a change is measured against, the first that exists. */
const MAIN_BRANCHES = ['origin/main', 'main', 'origin/master', 'master'];

/** Git, asked in one folder; it never changes anything. */
export class Git {
  constructor(
    private readonly folder: string,
    private readonly env: Host['env'],
  ) {}

  /**
   * What to compare with.
   * @param given a revision that the user names; without it, where the branch left main
   */
  base(given?: string): Revision {
    if (given !== undefined) {
      return { commit: this.commitOf(given), label: `${short(this.commitOf(given))} (${given})` };
    }
    const main = MAIN_BRANCHES.find(branch =>
      this.ask('rev-parse', '--verify', '--quiet', `${branch}^{commit}`),
    );
    if (!main) {
      throw problem(
        '--base',
        `has no default, because there is no ${MAIN_BRANCHES.join(', ')}; name a revision: --base HEAD~1`,
      );
    }
    this.commitOf('HEAD');
    const base = this.ask('merge-base', 'HEAD', main);
    if (!base) {
      const cause = this.ask('rev-parse', '--is-shallow-repository') === 'true' ? SHALLOW : UNRELATED;
      throw problem(
        '--base',
        `has no default, because HEAD and ${main} have no common commit here; ${cause}`,
      );
    }
    return { commit: base, label: `${short(base)} (merge base with ${main.replace('origin/', '')})` };
  }

  /** Contents by path below the folder, of every file that a revision has in one of its folders. */
  files({ commit }: Revision, below: string): Map<string, string> {
    const listed = this.run(['ls-tree', '-r', '-z', commit, '--', `${below}/`])
      .stdout.toString()
      .split('\0');
    const entries = listed.flatMap(line => {
      const [, id = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
      return path ? [{ id, path }] : [];
    });
    // Sizes in the answer count bytes, so it is read as such.
    const input = entries.map(({ id }) => `${id}\n`).join('');
    const args = ['cat-file', '--batch'];
    const { stdout } = this.run(args, { input });
    let offset = 0;
    return new Map(
      entries.map(({ id, path }): [string, string] => {
        const head = stdout.indexOf('\n', offset);
        const line = stdout.toString('utf8', offset, head);
        // A damaged repository may not have it: "<id> missing".
        const [, bytes] = /^\S+ blob (\d+)$/.exec(line) ?? [];
        const end = head + 1 + Number(bytes);
        if (bytes === undefined || end > stdout.length) throw refused(args, line || `no ${id}`);
        offset = end + 1;
        return [path, stdout.toString('utf8', head + 1, end)];
      }),
    );
  }

  private commitOf(revision: string): string {
    const commit = this.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
    if (commit) return commit;
    throw problem('--base', 'is no revision that git knows here; fetch it, or name another', revision);
  }

  /** The answer of a question that may have none. */
  private ask(...args: string[]): string | undefined {
    const { status, stdout } = this.run(args, { mayHaveNone: true });
    return status === 0 ? stdout.toString().trim().split('\n')[0] || undefined : undefined;
  }

  /** @param mayHaveNone git ends with 1 where it has no answer, and with more where it cannot answer */
  private run(
    args: readonly string[],
    { input, mayHaveNone = false }: { input?: string; mayHaveNone?: boolean } = {},
  ): { status: number; stdout: Buffer } {
    const { status, signal, stdout, stderr } = spawnSync('git', args, {
      cwd: this.folder,
      // What it says is read, so it speaks English.
      env: { ...this.env, LC_ALL: 'C' },
      input,
      maxBuffer: 2 ** 28,
    });
    // An error alone says less: a git that refuses reads no input.
    if (status === null && signal === null)
      throw problem('git', 'cannot be run; a diff reads the former state from it: install git');
    const said = stderr.toString().trim();
    if (/not a git repository/i.test(said)) {
      throw problem(
        'git',
        'finds no repository here; a diff needs one to know the former state: git init, commit',
      );
    }
    if (status === 0 || (status === 1 && mayHaveNone)) return { status, stdout };
    throw refused(args, said || (signal ? `nothing, ended by ${signal}` : `nothing, ended with ${status}`));
  }
}

const SHALLOW =
  'the clone is shallow: git fetch --unshallow (actions/checkout: fetch-depth: 0), or name a revision: --base <revision>';
const UNRELATED = 'name a revision: --base <revision>';

function short(commit: string): string {
  return commit.slice(0, 8);
}

/** In git's own words, which often say what helps: of a repository that somebody else owns, or a damaged one. */
function refused(args: readonly string[], said: string): ProblemsError {
  return problem('git', `says: ${said}`, `git ${args.join(' ')}`);
}

function problem(where: string, message: string, given?: string): ProblemsError {
  const found: Problem = { where, path: '', message, ...(given === undefined ? {} : { given }) };
  return new ProblemsError([found]);
}
