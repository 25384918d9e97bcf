import { median, percentile, ratio, seconds } from '../harness/race';
import type { Heat, Numbers } from './numbers';

export const COLUMNS = ['what', 'median', 'p95', 'against', 'median', 'p95', 'difference', 'ratio'];

type Unit = (value: number) => string;

/** What was measured of two things, and the unit to show it in. */
type Comparison = readonly [
  what: string,
  mine: readonly number[],
  against: string,
  theirs: readonly number[],
  unit: Unit,
];

/** What the documentation shows of the numbers. */
export function rows(numbers: Numbers): string[][] {
  return comparisons(numbers).map(([what, mine, against, theirs, unit]) => {
    const [a, b] = [median(mine), median(theirs)];
    const difference = `${a < b ? '−' : '+'}${unit(Math.abs(a - b))}`;
    return [what, unit(a), p95(mine, unit), against, unit(b), p95(theirs, unit), difference, ratio(a, b)];
  });
}

/** Of fewer than twenty, the slowest are chance. */
function p95(values: readonly number[], unit: Unit): string {
  return values.length < 20 ? '' : unit(percentile(values, 95));
}

const perSecond = (value: number) => `${value.toFixed()} /s`;
const megabytes = (value: number) => `${value.toFixed()} MB`;
const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

const rates = (heats: readonly Heat[]) => heats.map(({ requestsPerSecond }) => requestsPerSecond);
const times = (heats: readonly Heat[]) => heats.flatMap(heat => heat.times);
const cpuTimes = (heats: readonly Heat[]) => heats.map(({ cpuTime }) => cpuTime);

function comparisons({ answers, firstTokens, load, memory, starts }: Numbers): Comparison[] {
  const { oneWorker, redisUrl, fourWorkers, twoPods } = load;
  const direct = 'the provider itself';
  const url = 'by `redis_url`';
  const four = 'four workers in a pod';
  const one = 'one worker in a pod';
  const two = 'one worker in each of two pods';
  return [
    ['an answer through a replica', answers.miss, direct, answers.provider, seconds],
    ['the same again, cached', answers.hit, 'not cached', answers.miss, seconds],
    ['the same through the other replica, cached', answers.hitElsewhere, 'not cached', answers.miss, seconds],
    ['first token of a stream', firstTokens.gateway, direct, firstTokens.provider, seconds],
    ['requests, Redis by host and port', rates(oneWorker), url, rates(redisUrl), perSecond],
    [
      'CPU time of a request, Redis by host and port',
      cpuTimes(oneWorker),
      url,
      cpuTimes(redisUrl),
      milliseconds,
    ],
    [`requests, ${four}`, rates(fourWorkers), one, rates(oneWorker), perSecond],
    [`requests, ${four}`, rates(fourWorkers), two, rates(twoPods), perSecond],
    [`an answer under that load, ${four}`, times(fourWorkers), two, times(twoPods), seconds],
    [`CPU time of a request, ${four}`, cpuTimes(fourWorkers), two, cpuTimes(twoPods), milliseconds],
    [`memory of LiteLLM, ${four}`, [memory.fourWorkers], one, [memory.oneWorker], megabytes],
    [`until ready, ${four}`, [starts.fourWorkers], one, [starts.oneWorker], seconds],
  ];
}
