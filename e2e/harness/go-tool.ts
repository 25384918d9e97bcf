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
  const hash = createHash('sha256');
  for (const lock of ['go.mod', 'go.sum']) hash.update(readFileSync(join(sources, lock)));
  const folder = join(cacheFolder, `kubernetes-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(join(folder, 'complete'))) {
    announce(`builds kube-apiserver and kubectl into ${folder} (minutes, once)`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    build(folder);
    command('touch', [join(folder, 'complete')]);
  }
  return {
    kubeApiServer: join(folder, 'kube-apiserver'),
    kubectl: join(folder, 'kubectl'),
  };
}

function build(folder: string): void {
  const go = (verb: string, ...args: string[]) => command('go', [verb, '-C', sources, ...args]).trim();
  const version = go('list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes');
  // What the server says of itself; its own build scripts set it in the same way.
  const flags = `-s -w -X k8s.io/component-base/version.gitVersion=${version}`;
  const packages = ['k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kubectl'];
  go('build', '-mod=readonly', '-trimpath', '-ldflags', flags, '-o', `${folder}/`, ...packages);
}
