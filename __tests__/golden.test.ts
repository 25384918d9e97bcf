import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnvironmentFiles } from '../config/environment-files';
import { ProblemsError } from '../config/problem';
import { run } from '../synth/run';
import { everything } from './fixtures/everything';
import { minimal } from './fixtures/minimal';
import { contents, differences } from './helpers/dist';
import { environmentFiles, root } from './helpers/environment';
import { withValue } from './helpers/objects';
import { outputs } from './helpers/render';

const committed = contents(join(root, 'dist'));
const files = environmentFiles();
const temporary = mkdtempSync(join(os.tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A folder that does not exist yet. */
function fresh(): string {
  return join(mkdtempSync(join(temporary, 'run-')), 'dist');
}

/** The output of a whole run, to run over. */
function copyOfDist(): string {
  const dist = fresh();
  cpSync(whole, dist, { recursive: true });
  return dist;
}

interface Options {
  chosen?: readonly string[];
  environments?: EnvironmentFiles;
  environmentsFolder?: string;
}

/** Runs into a folder and returns it. */
function runInto(dist: string, options: Options = {}): string {
  write(dist, options);
  return dist;
}

function write(dist: string, { chosen = [], environments = files, environmentsFolder }: Options) {
  return run({
    files: environments,
    chosen,
    environmentsFolder: environmentsFolder ?? join(root, 'environments'),
    folders: { terraform: join(dist, 'terraform'), kubernetes: join(dist, 'kubernetes') },
  });
}

/** What the command line does in a folder of its own, on a machine of another name. */
async function commandLine(folder: string, ...args: string[]) {
  mkdirSync(folder, { recursive: true });
  const env = {
    PATH: process.env.PATH,
    HOME: '/home/somebody',
    USER: 'somebody',
    HOSTNAME: 'some-machine',
    TZ: 'Pacific/Kiritimati',
    LANG: 'tr_TR.UTF-8',
    CDKTF_OUTDIR: join(folder, 'dist', 'terraform'),
    CDK8S_OUTDIR: join(folder, 'dist', 'kubernetes'),
  };
  return promisify(execFile)(process.execPath, [join(root, 'run'), 'synth', ...args], {
    cwd: folder,
    env,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

const inFolder = (name: string) => join(temporary, name);
const spawned = {
  all: commandLine(inFolder('somewhere/and deeper')),
  unknown: commandLine(inFolder('nowhere'), 'nosuch'),
};

const whole = runInto(fresh());
const made = contents(whole);

describe('the committed dist/', () => {
  test('is what the sources make, file by file', () => {
    const found = differences(made, committed);
    if (found.length > 0) {
      throw new Error(
        `dist/ is not what the sources make:\n  ${found.join('\n  ')}\nRun npm run synth, then review the diff.`,
      );
    }
  });

  test('is compared by the list of files as well as by their contents', () => {
    const [first = '', second = ''] = [...made.keys()];
    const other = new Map([...made, [second, `${made.get(second)}\n`], ['terraform/old.json', '{}']]);
    other.delete(first);
    expect(differences(made, other)).toEqual([
      `missing  ${first}`,
      `stale    ${second}`,
      'extra    terraform/old.json',
    ]);
  });

  test('holds what Terraform leaves there without being stale', () => {
    const dist = copyOfDist();
    const stack = join(dist, 'terraform', 'stacks', 'dev');
    mkdirSync(join(stack, '.terraform', 'providers'), { recursive: true });
    for (const file of ['.terraform/providers/azurerm', '.terraform.lock.hcl', 'plan', 'errored.tfstate']) {
      writeFileSync(join(stack, file), 'not ours');
    }
    expect(differences(made, contents(dist))).toEqual([]);
  });
});

describe('a run', () => {
  test('makes the same bytes from another directory, as another user, in another place and language', async () => {
    expect(await spawned.all).toMatchObject({ code: 0, stderr: '' });
    expect(differences(made, contents(join(inFolder('somewhere/and deeper'), 'dist')))).toEqual([]);
  });

  test('ends with a summary: how many, where, and what to do next', async () => {
    const { stdout } = await spawned.all;
    for (const name of files.keys()) {
      expect(stdout).toMatch(new RegExp(`\\d+ resources  .*dist/terraform/stacks/${name}\n`));
      expect(stdout).toMatch(new RegExp(`\\d+ resources  .*dist/terraform/stacks/${name}-addons\n`));
      expect(stdout).toMatch(new RegExp(`\\d+ objects    .*dist/kubernetes/${name}\\b`));
    }
    expect(stdout).toContain('Next: npm run up -- dev  (by hand: docs/lifecycle.md)');
  });

  test('makes the same bytes in any order of environments, on another day and another machine', () => {
    jest.useFakeTimers().setSystemTime(new Date('2031-05-06T07:08:09Z'));
    jest.spyOn(os, 'hostname').mockReturnValue('other-machine');
    jest.spyOn(os, 'homedir').mockReturnValue('/home/other-person');
    jest.spyOn(os, 'userInfo').mockReturnValue({ ...os.userInfo(), username: 'other-person' });
    try {
      const backwards = [...files.keys()].sort().reverse();
      const dist = runInto(fresh(), { environments: new Map([...files].reverse()), chosen: backwards });
      expect(differences(made, contents(dist))).toEqual([]);
    } finally {
      jest.restoreAllMocks();
      jest.useRealTimers();
    }
  });

  test('of one environment changes no file of another, and the manifest still lists all', () => {
    const dist = copyOfDist();
    const changed = new Map(
      [...files].map(([name, file]) => [name, withValue(file, 'secretsRevision', 5)] as const),
    );
    runInto(dist, { environments: changed, chosen: ['dev'] });
    const found = differences(made, contents(dist));
    expect(found).toContain('stale    terraform/stacks/dev/cdk.tf.json');
    expect(found.filter(line => !line.includes('/dev/'))).toEqual([]);
    const manifest = JSON.parse(contents(dist).get('terraform/manifest.json') ?? '');
    expect(Object.keys(manifest.stacks)).toEqual(
      [...files.keys()].sort().flatMap(name => [name, `${name}-addons`]),
    );
  });

  test('removes the files of an environment that is gone, and leaves what Terraform keeps', () => {
    const dist = copyOfDist();
    const [gone = '', ...others] = [...files.keys()].sort();
    const stack = join(dist, 'terraform', 'stacks', gone);
    mkdirSync(join(stack, '.terraform'));
    writeFileSync(join(stack, '.terraform', 'terraform.tfstate'), 'kept');
    const left = new Map([...files].filter(([name]) => name !== gone));
    const result = write(dist, { environments: left, chosen: others.slice(0, 1) });
    expect(result.removed).toEqual([gone]);

    const isKept = (path: string) => !path.includes(`/${gone}/`) && !path.includes(`/${gone}-addons/`);
    const expected = new Map([...made].filter(([path]) => isKept(path)));
    expect(differences(expected, contents(dist))).toEqual(['stale    terraform/manifest.json']);
    expect(contents(dist).get('terraform/manifest.json')).not.toContain(`"${gone}"`);
    expect(readdirSync(join(dist, 'kubernetes'))).toEqual(others);
    expect(readdirSync(join(stack, '.terraform'))).toEqual(['terraform.tfstate']);
  });

  test('makes the same bytes over its own output, but for a manifest that the environment no longer has', () => {
    const dist = copyOfDist();
    for (const file of ['dev/85-old.yaml', 'dev/notes.txt', 'prod/85-old.yaml']) {
      writeFileSync(join(dist, 'kubernetes', file), 'somebody else wrote this');
    }
    runInto(dist, { chosen: ['dev'] });
    expect(differences(made, contents(dist))).toEqual([
      'extra    kubernetes/dev/notes.txt',
      'extra    kubernetes/prod/85-old.yaml',
    ]);
  });

  test('leaves nothing but its files', () => {
    expect(readdirSync(join(whole, 'terraform'))).toEqual(['manifest.json', 'stacks']);
    expect(readdirSync(join(whole, 'kubernetes'))).toEqual([...files.keys()].sort());
  });

  test('takes the outputs of a deployment from the file beside the environment', () => {
    const folder = mkdtempSync(join(temporary, 'outputs-'));
    writeFileSync(join(folder, 'dev.outputs.json'), JSON.stringify({ dev: outputs }));
    const deployed = contents(runInto(fresh(), { chosen: ['dev'], environmentsFolder: folder }));
    expect(deployed.get('kubernetes/dev/20-service-account.yaml')).toContain(outputs.gateway_client_id);
    expect([...deployed.values()].join('')).not.toContain('(known after apply)');
  });
});

describe('a run that meets a problem', () => {
  const dist = copyOfDist();

  /** What a run in `dist` says; fails if it wrote anything. */
  function refusal(options: Options): unknown {
    try {
      runInto(dist, options);
    } catch (error) {
      expect(differences(made, contents(dist))).toEqual([]);
      expect(readdirSync(join(dist, 'terraform'))).toEqual(['manifest.json', 'stacks']);
      return error;
    }
    throw new Error('The run met no problem.');
  }

  const paths = (error: unknown) =>
    (error as ProblemsError).problems.map(({ where, path }) => `${where}: ${path}`);

  test('reports everything at once, over sections, environments and outputs files, and writes nothing', () => {
    const folder = mkdtempSync(join(temporary, 'outputs-'));
    writeFileSync(join(folder, 'prod.outputs.json'), '{ "prod": { "gateway_client_id": "x" } }');
    const error = refusal({
      environments: new Map([
        [
          'dev',
          {
            ...minimal,
            network: { podCidr: '10.0.0.0/16' },
            gateway: { replicas: { min: 9, max: 3 }, colour: 'red' },
            catalogue: { ...minimal.catalogue, aliases: { old: 'nosuch' } },
          },
        ],
        ['prod', { ...minimal, host: 'no host' }],
        ['test', { ...minimal, gateway: { env: { LITELLM_MODE: 'DEV' } } }],
      ]),
      chosen: ['prod', 'dev', 'test', 'nosuch'],
      environmentsFolder: folder,
    });
    expect(error).toBeInstanceOf(ProblemsError);
    expect(paths(error).sort()).toEqual([
      'environments/dev.ts: catalogue.aliases.old',
      'environments/dev.ts: gateway.colour',
      'environments/dev.ts: gateway.replicas.min',
      'environments/dev.ts: network.serviceCidr',
      'environments/prod.outputs.json: prod.gateway_client_id',
      'environments/prod.outputs.json: prod.gateway_principal_id',
      'environments/prod.outputs.json: prod.tenant_id',
      'environments/prod.ts: host',
      'environments/test.ts: gateway.env.LITELLM_MODE',
      'environments: nosuch',
    ]);
    expect((error as Error).message).toMatch(/^10 problems, nothing was written\n/);
  });

  test('removes nothing where there is no environment file at all', () => {
    const error = refusal({ environments: new Map() });
    expect((error as Error).message).toContain('holds no environment file');
  });

  test('misses an output that the environment file asks for since the last deployment', () => {
    const folder = mkdtempSync(join(temporary, 'outputs-'));
    writeFileSync(join(folder, 'dev.outputs.json'), JSON.stringify({ dev: outputs }));
    const environments = new Map([['dev', everything]]);
    const error = refusal({ environments, chosen: ['dev'], environmentsFolder: folder });
    expect(paths(error)).toEqual(['environments/dev.outputs.json: dev.cert_manager_client_id']);
  });

  test('reports broken invariants of every environment at once, with their codes, beside mistakes in others', () => {
    const error = refusal({
      environments: new Map([
        ['dev', withValue(files.get('dev'), 'gateway.database.connectionPoolLimit', 8)],
        ['prod', withValue(files.get('prod'), 'postgres.backupRetentionDays', 7)],
        ['test', { ...minimal, host: 'no host' }],
      ]),
    });
    expect(paths(error)).toEqual([
      'environments/test.ts: host',
      'environments/dev.ts: gateway.replicas.max',
      'environments/prod.ts: postgres.backupRetentionDays',
    ]);
    expect((error as Error).message).toContain('    code     database-connections (docs/invariants.md)\n');
    expect((error as Error).message).toContain('    given    7\n    problem  keeps backups for 7 days');
  });

  test('in one environment writes none of the others either', () => {
    const changed = withValue(files.get('dev'), 'secretsRevision', 9);
    refusal({ environments: new Map([...files, ['dev', changed], ['prod', {}]]) });
  });

  test('while it renders shows the lines, and writes nothing', () => {
    const forgotten = withValue(files.get('prod'), 'gateway.env', { SOME_URL: String(undefined) });
    const error = refusal({
      environments: new Map([...files, ['prod', forgotten]]),
      chosen: ['dev', 'prod'],
    });
    expect((error as Error).message).toMatch(
      /^75-migration\.yaml: nothing in the cluster can resolve the last of\n +- name: \w+\n +value: undefined$/,
    );
  });

  test('says so on stderr and exits with 1, without a stack trace', async () => {
    const { code, stdout, stderr } = await spawned.unknown;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'Error: 1 problem, nothing was written\n\n' +
        '  environments: nosuch\n' +
        '    problem  is no environment; the folder holds ' +
        `${[...files.keys()].sort().join(', ')}\n`,
    );
    expect(contents(join(inFolder('nowhere'), 'dist')).size).toBe(0);
  });
});
