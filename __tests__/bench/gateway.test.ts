import type { Heat, Numbers } from '../../bench/gateway/numbers';
import { inTurn } from '../../bench/gateway/rounds';
import { COLUMNS, rows } from '../../bench/gateway/table';
import { percentile } from '../../bench/harness/race';

const heat = (requestsPerSecond: number, cpuTime: number, ...times: number[]): Heat => ({
  requestsPerSecond,
  cpuTime,
  times,
});

/** Twenty requests, of which the last two are slow. */
const requests = (usual: number, slow: number) => [...Array(18).fill(usual), slow, slow];

const numbers: Numbers = {
  answers: {
    provider: requests(400, 402),
    miss: requests(460, 500),
    hit: requests(6, 7),
    hitElsewhere: requests(10, 40),
  },
  firstTokens: { provider: requests(200, 201), gateway: requests(230, 300) },
  load: {
    oneWorker: [heat(60, 15, 200), heat(80, 17, 220)],
    redisUrl: [heat(50, 16, 210)],
    fourWorkers: [heat(105, 20, ...requests(100, 1000))],
    twoPods: [heat(100, 16, ...requests(110, 150))],
  },
  memory: { oneWorker: 500, fourWorkers: 2500 },
  starts: { oneWorker: 15_000, fourWorkers: 45_000 },
};

test('a row has the medians, what they differ by, and how slow one request in twenty is', () => {
  expect(rows(numbers)).toContainEqual([
    ...['an answer through a replica', '0.460 s', '0.500 s'],
    ...['the provider itself', '0.400 s', '0.402 s'],
    ...['+0.060 s', '1.15'],
  ]);
});

test('a row of few numbers has their medians only', () => {
  expect(rows(numbers)).toContainEqual([
    ...['requests, Redis by host and port', '70 /s', ''],
    ...['by `redis_url`', '50 /s', ''],
    ...['+20 /s', '1.40'],
  ]);
});

test('every row fills every column with what was measured', () => {
  const table = rows(numbers);
  expect(table.filter(cells => cells.length !== COLUMNS.length)).toEqual([]);
  expect(table.map(cells => cells.slice(-2))).toEqual([
    ['+0.060 s', '1.15'],
    ['−0.454 s', '0.0130'],
    ['−0.450 s', '0.0217'],
    ['+0.030 s', '1.15'],
    ['+20 /s', '1.40'],
    ['+0.0 ms', '1.00'],
    ['+35 /s', '1.50'],
    ['+5 /s', '1.05'],
    ['−0.010 s', '0.909'],
    ['+4.0 ms', '1.25'],
    ['+2000 MB', '5.00'],
    ['+30.00 s', '3.00'],
  ]);
});

test('what is compared is measured in turn, and the first round does not count', async () => {
  const order: string[] = [];
  const measure = async (name: string, round: number) => {
    order.push(`${name}${round}`);
    return round;
  };
  const samples = await inTurn(2, async round => ({
    a: await measure('a', round),
    b: await measure('b', round),
  }));
  expect(samples).toEqual({ a: [1, 2], b: [1, 2] });
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
});

test.each([
  [95, 19],
  [100, 20],
  [50, 10],
])('%s percent of twenty samples do not exceed number %s', (percent, number) => {
  const samples = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(percentile(samples, percent)).toBe(number);
});
