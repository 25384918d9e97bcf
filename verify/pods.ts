import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { workload } from '../contract/workload';
import { accessOptions, type ClusterAccess } from './cluster-access';
import { type Env, runTool } from './tool';

const PODS = 2;
const READY_SECONDS = 15;

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      }),
    }),
  ),
});

/** Ways to single pods, or why there are none. */
export interface PodAccess {
  readonly urls: readonly string[];
  readonly problem?: string;
  readonly close: () => Promise<void>;
}

/** Ports of this machine that lead to two pods, through the API server: nothing in the cluster changes. */
export async function forwardPods(access: ClusterAccess, env: Env, signal: AbortSignal): Promise<PodAccess> {
  const place = [...accessOptions(access), '--namespace', workload.namespace];
  const selector = `app.kubernetes.io/name=${workload.name}`;
  const listed = await runTool(
    'kubectl',
    [...place, 'get', 'pods', '--selector', selector, '--output', 'json'],
    {
      env,
      signal,
    },
  );
  if (listed.problem !== undefined)
    return none(`kubectl cannot list the pods: ${listed.problem.split('\n')[0]}`);
  const names = readyPods(listed.stdout);
  if (!names) return none('kubectl get pods answered something else than a list of pods');
  if (names.length < PODS) return none(`${names.length} pod is ready, and this takes ${PODS}`);

  const children: ChildProcess[] = [];
  const close = async () => {
    await Promise.all(children.map(end));
  };
  try {
    const urls = await Promise.all(
      names.slice(0, PODS).map(name => {
        // Port 0: whichever is free.
        const args = [...place, 'port-forward', '--address', '127.0.0.1', `pod/${name}`, `:${workload.port}`];
        const child = spawn('kubectl', args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
        children.push(child);
        return forwarded(child);
      }),
    );
    return { urls, close };
  } catch (error) {
    await close();
    return none(`kubectl port-forward: ${(error as Error).message}`);
  }
}

/** The names of those that are ready; undefined where the answer is no list of pods. */
function readyPods(json: string): string[] | undefined {
  let pods: unknown;
  try {
    pods = JSON.parse(json);
  } catch {
    return undefined;
  }
  return podsSchema
    .safeParse(pods)
    .data?.items.filter(({ status }) =>
      status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
    )
    .map(({ metadata }) => metadata.name);
}

/** The URL, once kubectl says that it listens. */
function forwarded(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`not ready after ${READY_SECONDS} s`)),
      READY_SECONDS * 1000,
    );
    const listen = (chunk: Buffer) => {
      said += chunk;
      const port = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port) {
        clearTimeout(late);
        resolve(`http://127.0.0.1:${port}`);
      }
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', code => {
      clearTimeout(late);
      reject(new Error(said.trim().split('\n')[0] || `ended with ${code}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function none(problem: string): PodAccess {
  return { urls: [], problem, close: async () => {} };
}
