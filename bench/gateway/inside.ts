import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { openCodeGo } from '../../catalogue/opencode';
import { announce, runFolder } from '../../e2e/harness/project';
import { Upstream } from '../../e2e/harness/upstream';
import { median } from '../harness/race';
import { Caller } from './caller';
import { type Started, startFleet } from './fleet';
import { measureAnswers, measureFirstTokens } from './latency';
import { measureLoad } from './load';
import type { Numbers } from './numbers';
import { pythonMemory } from './processes';
import { Provider } from './provider';

/** A model of a provider that speaks OpenAI's dialect. */
const MODEL = 'deepseek-v4-pro';

/** Measures, in the namespaces that bench/gateway.ts made, and leaves the numbers in a file. */
async function main(file: string): Promise<void> {
  rmSync(runFolder, { recursive: true, force: true });
  mkdirSync(runFolder, { recursive: true });
  const fleet = await startFleet();
  const { cluster, replicas, redisUrl, fourWorkers, key } = fleet;
  const provider = new Provider();
  const { host } = new URL(openCodeGo.baseUrl);
  await Upstream.start(cluster.certificates, { [host]: provider.answer });

  const loaded = ({ pod }: Started) => ({ pod, caller: Caller.ofPod(pod.url, key, MODEL) });
  const [a, b] = [loaded(replicas[0]), loaded(replicas[1])];
  const direct = Caller.ofProvider(openCodeGo.baseUrl, cluster.certificates.ca, MODEL);
  const ways = { direct, replicas: [a.caller, b.caller] } as const;
  announce('measures answers');
  const answers = await measureAnswers(provider, ways);
  announce('measures streams');
  const firstTokens = await measureFirstTokens(provider, ways);
  announce('measures load');
  const load = await measureLoad(provider, {
    oneWorker: [a],
    redisUrl: [loaded(redisUrl)],
    fourWorkers: [loaded(fourWorkers)],
    twoPods: [a, b],
  });
  const numbers: Numbers = {
    answers,
    firstTokens,
    load,
    memory: { oneWorker: pythonMemory(a.pod), fourWorkers: pythonMemory(fourWorkers.pod) },
    starts: {
      oneWorker: median([...replicas, redisUrl].map(({ milliseconds }) => milliseconds)),
      fourWorkers: fourWorkers.milliseconds,
    },
  };
  // A hundredth of a millisecond is as much as a clock can tell on a machine that is shared.
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(2)) : value;
  writeFileSync(file, JSON.stringify(numbers, rounded));
}

main(process.argv[2] ?? '').then(
  // Servers and connections are still open.
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
