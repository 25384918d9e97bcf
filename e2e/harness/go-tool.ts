import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import { announce, cacheFolder, projectFolder } from './project';

const sources = join(projectFolder, 'e2e/apiserver');

/** The first Go that fetches by itself the newer one that a go.mod asks for. */
const OLDEST_MINOR = 21;

/** What Kubernetes' own code is built into, all of one version, which no package of a distribution has. */
export interface GoTools {
  readonly kubeApiServer: string;
  readonly kubectl: string;
}

/** The line that says what to install, if there is no Go that can build the tools. */
export function missingGo(): string[] {
  const version = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '';
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0);
  return minor >= OLDEST_MINOR
    ? []
    : [`Go 1.${OLDEST_MINOR} or newer is missing: install it from https://go.dev/dl, on the PATH`];
}

/** The tools that the go.mod files describe: built once, and again when their locks change. */
export function prepareGoTools(): GoTools {
  const locks = ['go.mod', 'go.sum'].map(lock => join(sources, lock));
  const folder = buildOnce('kubernetes', 'kube-apiserver and kubectl', locks, build);
  return {
    kubeApiServer: join(folder, 'kube-apiserver'),
    kubectl: join(folder, 'kubectl'),
  };
}

/** CoreDNS with all its plugins, as AKS runs it. */
export function prepareCoreDns(): string {
  const module = join(projectFolder, 'e2e/coredns');
  const locks = ['go.mod', 'go.sum'].map(lock => join(module, lock));
  const folder = buildOnce('coredns', 'CoreDNS', locks, target =>
    goBuild(module, '-s -w', target, ['github.com/coredns/coredns']),
  );
  return join(folder, 'coredns');
}

/** The folder of what was built of these locks, by this checkout or another one. */
function buildOnce(
  name: string,
  what: string,
  locks: readonly string[],
  build: (folder: string) => void,
): string {
  const hash = createHash('sha256');
  for (const lock of locks) hash.update(readFileSync(lock));
  const folder = join(cacheFolder, `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(join(folder, 'complete'))) {
    announce(`builds ${what} into ${folder} (minutes, once)`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    build(folder);
    command('touch', [join(folder, 'complete')]);
  }
  return folder;
}

function build(folder: string): void {
  const version = command('go', [
    'list',
    '-C',
    sources,
    '-m',
    '-f',
    '{{.Version}}',
    'k8s.io/kubernetes',
  ]).trim();
  // What the server says of itself; its own build scripts set it in the same way.
  const flags = `-s -w -X k8s.io/component-base/version.gitVersion=${version}`;
  goBuild(sources, flags, folder, ['k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kubectl']);
}

function goBuild(module: string, flags: string, folder: string, packages: readonly string[]): void {
  const options = ['-mod=readonly', '-trimpath', '-ldflags', flags, '-o', `${folder}/`];
  command('go', ['build', '-C', module, ...options, ...packages]);
}
