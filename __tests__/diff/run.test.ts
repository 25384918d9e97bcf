import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../commands/program';
import type { EnvironmentFiles } from '../../config/environment-files';
import { type DiffOptions, runDiff } from '../../diff/run';
import type { Host } from '../../host';
import { run } from '../../synth/run';
import { environmentFiles } from '../helpers/environment';
import { testHost } from '../helpers/host';
import { withValue } from '../helpers/objects';
import { outputs } from '../helpers/render';
import { Tools } from '../helpers/tools';

const temporary = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const dev = environmentFiles().get('dev');
const files: ReadonlyMap<string, unknown> = new Map([['dev', dev]]);

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Writes the output of environments, as npm run synth does. */
function synth(folder: string, environments: EnvironmentFiles): void {
  run({
    files: environments,
    chosen: [],
    environmentsFolder: join(folder, 'environments'),
    folders: { terraform: join(folder, 'dist/terraform'), kubernetes: join(folder, 'dist/kubernetes') },
  });
}

/** A repository whose main has dev, deployed, and whose branch `change` is checked out: one for all, and copies of it. */
const original = mkdtempSync(join(temporary, 'original-'));
mkdirSync(join(original, 'environments'));
writeFileSync(join(original, 'environments/dev.outputs.json'), JSON.stringify({ dev: outputs }));
synth(original, files);
git(original, 'init', '-q', '-b', 'main');
git(original, 'add', '-A');
git(original, 'commit', '-qm', 'base');
git(original, 'checkout', '-qb', 'change');

function repository(): string {
  const folder = mkdtempSync(join(temporary, 'repo-'));
  cpSync(original, folder, { recursive: true });
  return folder;
}

function diff(
  folder: string,
  environments: EnvironmentFiles = files,
  given: Partial<DiffOptions> & { chosen?: string[]; interactive?: boolean; env?: Host['env'] } = {},
): { code: number; out: string; err: string } {
  const { chosen = [], interactive = false, env = process.env, ...options } = given;
  const host = testHost({ interactive, env });
  const code = runDiff({
    files: environments,
    chosen,
    options: { format: 'text', detailedExitcode: true, ...options },
    host,
    folder,
  });
  return { code, out: host.said.out.join('\n'), err: host.said.err.join('\n') };
}

const withReplicas = new Map([['dev', withValue(dev, 'gateway.replicas.max', 5)]]);
const withoutData = new Map([['dev', withValue(dev, 'postgres.geoRedundantBackup', true)]]);

describe('a repository with one environment', () => {
  const folder = repository();

  test('has no changes where there are none: 0', () => {
    const { code, out, err } = diff(folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Compared with [0-9a-f]{8} \(merge base with main\)\n\ndev {2}no changes$/);
  });

  test('has changes: 2, and those that destroy: 3; 0 both times where nobody asks', () => {
    expect(diff(folder, withReplicas).code).toBe(2);
    expect(diff(folder, withoutData).code).toBe(3);
    expect(diff(folder, withoutData, { detailedExitcode: false }).code).toBe(0);
  });

  test('with a dirty tree is compared as its sources are, not as its dist/ is', () => {
    const { out, err } = diff(folder, withReplicas);
    expect(out).toContain('~ spec.maxReplicas: 3 → 5');
    expect(err).toMatch(/^Note: dist\/ is not what the sources make; .* npm run synth$/);
  });

  test('is answered in JSON for machines', () => {
    const answer = JSON.parse(diff(folder, withReplicas, { format: 'json' }).out);
    expect(answer).toMatchObject({
      version: 1,
      base: { commit: git(folder, 'rev-parse', 'main') },
      verdict: 'changes',
      environments: [
        { name: 'dev', status: 'changed', changes: [{ kind: 'HorizontalPodAutoscaler', action: 'update' }] },
      ],
      costs: { dev: { before: { min: expect.any(Number) }, unpriced: [] } },
    });
  });

  test('has colours at a terminal only, and not where NO_COLOR is set', () => {
    const paint = '\u001b[';
    expect(diff(folder, withReplicas, { interactive: true }).out).toContain(paint);
    expect(
      diff(folder, withReplicas, { interactive: true, env: { ...process.env, NO_COLOR: '1' } }).out,
    ).not.toContain(paint);
    expect(diff(folder, withReplicas).out).not.toContain(paint);
  });

  test('says what the change costs', () => {
    const larger = new Map([['dev', withValue(dev, 'cluster.userPool.minCount', 2)]]);
    expect(diff(folder, larger).out).toMatch(
      /USD per month: \d+\.\d\d to \d+\.\d\d \(\+159\.87 to \+0\.00\)$/,
    );
  });

  test('takes any revision as base, and knows one that does not exist', () => {
    expect(diff(folder, files, { base: 'HEAD' }).out).toContain('(HEAD)');
    expect(() => diff(folder, files, { base: 'nosuch' })).toThrow(
      /given {4}nosuch\n.*no revision that git knows/,
    );
    expect(() => diff(folder, files, { base: '--output=x' })).toThrow(/no revision that git knows/);
  });

  test('refuses environments that do not exist', () => {
    expect(() => diff(folder, files, { chosen: ['nosuch'] })).toThrow(/is in neither state; there are dev/);
    expect(() => diff(folder, files, { chosen: ['devv'] })).toThrow(/did you mean dev\? There are dev$/);
  });

  test('says at once what is wrong with options, environments and the tree', () => {
    const wrong = new Map([['dev', withValue(dev, 'gateway.replicas.min', 99)]]);
    const options = { base: 'nosuch', format: 'markdwn', chosen: ['dev', 'devv'] };
    expect(() => diff(folder, wrong, options)).toThrow(
      /^4 problems\n\n {2}--format\n {4}given {4}markdwn\n {4}problem {2}is unknown; did you mean markdown\? Use text, markdown, json\n\n {2}--base\n[\s\S]*environments: devv\n.*is not in the working tree; did you mean dev\?[\s\S]*gateway\.replicas\.min/,
    );
  });

  test('on main itself is compared with the last commit', () => {
    git(folder, 'checkout', '-q', 'main');
    expect(diff(folder, withReplicas).code).toBe(2);
    git(folder, 'checkout', '-q', '--detach');
    expect(diff(folder, withReplicas).out).toContain('(merge base with main)');
    git(folder, 'checkout', '-q', 'change');
  });

  test('is compared with where it left main, not with what main is now', () => {
    git(folder, 'checkout', '-q', 'main');
    rmSync(join(folder, 'dist'), { recursive: true });
    git(folder, 'commit', '-qam', 'somebody else removes everything');
    git(folder, 'checkout', '-q', 'change');
    expect(diff(folder).code).toBe(0);
  });
});

test('an environment that is new is counted, not listed', () => {
  const { code, out } = diff(
    repository(),
    new Map([...files, ['test', withValue(dev, 'host', 'test.example.com')]]),
  );
  expect(code).toBe(2);
  expect(out).toMatch(/\ntest {2}a new environment: \d+ resources, \d+ objects\n/);
});

test('an environment that is gone stays in Azure, and that is said', () => {
  const folder = repository();
  const { code, out } = diff(folder, new Map([['other', withValue(dev, 'location', 'australiaeast')]]), {
    chosen: ['dev'],
  });
  expect(code).toBe(3);
  expect(out).toContain('dev  the environment is gone: ');
  expect(out).toContain('removing the files destroys nothing');
});

test('a renamed environment is recognized: Azure knows no renaming', () => {
  const { code, out } = diff(repository(), new Map([['stage', dev]]));
  expect(code).toBe(3);
  expect(out).toContain('looks like dev under another name. Azure knows no renaming');
  expect(out).toContain('looks like it became stage, which starts empty');
});

test('a copy of an environment is no renaming, chosen alone or not', () => {
  const copied = new Map([...files, ['stage', dev]]);
  for (const chosen of [[], ['stage']]) {
    const { out, code } = diff(repository(), copied, { chosen });
    expect({ code, rename: out.includes('looks like') }).toEqual({ code: 2, rename: false });
  }
});

test('a revision without the project makes every environment new', () => {
  const folder = mkdtempSync(join(temporary, 'empty-'));
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'commit', '-qm', 'nothing', '--allow-empty');
  const { code, out, err } = diff(folder);
  expect(code).toBe(2);
  expect(out).toContain('dev  a new environment');
  expect(err).toContain('has no dist/ here');
});

test('a project in a folder of a larger repository is found', () => {
  const folder = mkdtempSync(join(temporary, 'mono-'));
  const project = join(folder, 'platform/gateway');
  mkdirSync(join(project, 'environments'), { recursive: true });
  cpSync(join(original, 'environments'), join(project, 'environments'), { recursive: true });
  cpSync(join(original, 'dist'), join(project, 'dist'), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'base');
  expect(diff(project)).toMatchObject({ code: 0, err: '' });
});

test('a base that cannot be read is named, file by file, with a way out', () => {
  const folder = repository();
  writeFileSync(join(folder, 'dist/terraform/stacks/dev/cdk.tf.json'), '{ "resource": ');
  writeFileSync(join(folder, 'dist/kubernetes/dev/70-service.yaml'), 'a: [');
  git(folder, 'commit', '-qam', 'broken');
  expect(() => diff(folder, files, { base: 'HEAD' })).toThrow(
    /^2 problems[\s\S]*70-service\.yaml\n[\s\S]*cdk\.tf\.json\n.*cannot be read .* another revision: --base/,
  );
});

test('notes and lock files beside the output are no objects', () => {
  const folder = repository();
  writeFileSync(join(folder, 'dist/kubernetes/dev/connections.md'), '# not YAML: [');
  writeFileSync(join(folder, 'dist/terraform/stacks/dev/.terraform.lock.hcl'), 'provider {');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'notes');
  expect(diff(folder, files, { base: 'HEAD' }).code).toBe(0);
});

test('manifests in folders of their own and stacks beside the main one belong to the environment', () => {
  const folder = repository();
  writeFileSync(
    join(folder, 'dist/kubernetes/dev/after-dns/99.yaml'),
    'kind: Issuer\napiVersion: x/v1\nmetadata: { name: a }\n',
  );
  writeFileSync(
    join(folder, 'dist/terraform/stacks/dev-addons/cdk.tf.json'),
    '{"resource":{"helm_release":{"a":{}}}}',
  );
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'more');
  const { out } = diff(folder, files, { base: 'HEAD' });
  expect(out).toContain('-   dev-addons/a');
  expect(out).toContain('-   a  (TLS)');
});

test('a shallow clone says how to get the rest of its history', () => {
  const origin = repository();
  for (const text of ['one', 'two']) {
    git(origin, 'commit', '-qm', text, '--allow-empty');
  }
  const folder = join(mkdtempSync(join(temporary, 'shallow-')), 'clone');
  git(
    temporary,
    'clone',
    '-q',
    '--depth',
    '1',
    '--no-single-branch',
    '-b',
    'change',
    `file://${origin}`,
    folder,
  );
  expect(() => diff(folder)).toThrow(/the clone is shallow: git fetch --unshallow/);
});

test('without a main branch, or without a repository, it says what to name', () => {
  const folder = repository();
  git(folder, 'branch', '-D', 'main');
  expect(() => diff(folder)).toThrow(/there is no origin\/main, main, .*--base HEAD~1/);
  const nowhere = mkdtempSync(join(temporary, 'nowhere-'));
  expect(() => diff(nowhere)).toThrow(/finds no repository here/);
});

test('git is understood whatever language a person has it speak', () => {
  const tools = new Tools();
  tools.shell(
    'git',
    '[ "$LC_ALL" = C ] && m="not a git repository" || m="Kein Git-Repository"; echo "fatal: $m" >&2; exit 128',
  );
  const env = { PATH: tools.folder, LC_ALL: 'de_DE.UTF-8' };
  expect(() => diff(temporary, files, { env })).toThrow(/finds no repository here/);
  tools.remove();
});

test('without git it says what to install', () => {
  const env = { PATH: '/nowhere' };
  expect(() => diff(repository(), files, { env })).toThrow(/git\n.*cannot be run; .* install git/);
});

/** A git that is told what to do with one of its commands, and does the others. */
function gitWith(command: string, does: string): Host['env'] {
  const folder = mkdtempSync(join(temporary, 'bin-'));
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh\ncase $1 in ${command}) ${does};; *) exec ${real} "$@";; esac\n`;
  writeFileSync(join(folder, 'git'), script);
  chmodSync(join(folder, 'git'), 0o755);
  return { ...process.env, PATH: `${folder}:${process.env.PATH}` };
}

test.each([
  ["somebody else's repository", 'rev-parse', 'echo "fatal: dubious ownership" >&2; exit 128'],
  ['a git that is ended', 'rev-parse', 'kill -9 $$', 'nothing, ended by SIGKILL'],
  ['a git that says nothing', 'ls-tree', 'exit 3', 'nothing, ended with 3'],
  ['a blob that cannot be fetched', 'cat-file', 'echo "fatal: dubious ownership" >&2; exit 128'],
  ['a blob that is not there', 'cat-file', 'echo "0123 missing"', '0123 missing'],
  ['an answer that is cut off', 'cat-file', 'echo "0123 blob 999"', '0123 blob 999'],
  ['no answer', 'cat-file', 'exit 0', 'no [0-9a-f]{40}'],
])('%s is told in the words of git, and as no absence', (_, command, does, says = 'fatal: dubious ownership') => {
  const env = gitWith(command, does);
  expect(() => diff(repository(), files, { env })).toThrow(
    new RegExp(`^1 problem\n\n  git\n    given    git ${command} .*\n    problem  says: ${says}$`),
  );
});

test('a tree with mistakes is reported as synth reports it', () => {
  const wrong = new Map([['dev', withValue(dev, 'gateway.replicas.min', 99)]]);
  expect(() => diff(repository(), wrong)).toThrow(/gateway\.replicas\.min/);
});

test('the command line knows diff', async () => {
  const host = testHost({ environments: files, env: process.env });
  const here = process.cwd();
  process.chdir(repository());
  try {
    expect(await runProgram(['diff', 'dev', '--base', 'HEAD', '--format', 'json'], host)).toBe(0);
  } finally {
    process.chdir(here);
  }
  expect(JSON.parse(host.said.out.join('\n')).environments).toHaveLength(1);
});
