import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Result, Status } from '../../verify/check';
import { toJson } from '../../verify/reporters/json';
import { toJUnit } from '../../verify/reporters/junit';
import { Lines } from '../../verify/reporters/lines';
import { writeReports } from '../../verify/reports';
import type { Summary } from '../../verify/summary';

const check = (id: Check['id']): Check => ({
  id,
  title: `title of ${id}`,
  expected: 'this & that',
  run: async () => '',
});

const result = (id: Check['id'], status: Status, found: string, blockedBy?: string): Result => ({
  check: check(id),
  status,
  found,
  seconds: 1.23456,
  ...(blockedBy && { blockedBy }),
});

const results = [
  result('health.liveness', 'passed', 'fine'),
  result('keys.create', 'failed', 'a <b>"quoted"</b> answer\nin two lines \u0000 and \ud800'),
  result('keys.use', 'skipped', 'keys.create failed', 'keys.create'),
  result('keys.info', 'skipped', 'keys.create failed', 'keys.create'),
];

const summary: Summary = {
  url: 'https://llm.example.com',
  environment: 'dev',
  run: 'litellm-aks-verify-1',
  results,
  started: new Date('2026-11-22T18:30:00Z'),
  seconds: 5,
  upstreamCalls: 3,
  warnings: ['mind this'],
};

test('a row is printed as its check ends, and skipped ones by their reason in the end', () => {
  const printed: string[] = [];
  const lines = new Lines({
    checks: results.map(result => result.check),
    colored: false,
    print: line => printed.push(line),
  });
  for (const row of results) lines.row(row);
  expect(printed).toEqual([
    'passed  health.liveness   1.23 s  fine',
    'FAILED  keys.create       1.23 s  title of keys.create',
    '          expected  this & that',
    `          found     ${results[1]?.found}`,
  ]);
  lines.end(summary);
  expect(printed.slice(4)).toEqual([
    'skipped keys.use, keys.info',
    '          because   keys.create failed',
    'Warning: mind this',
    '',
    '3 upstream calls, 5.0 s',
    '1 passed, 1 failed, 2 skipped',
  ]);
});

test('JSON has everything, and parses', () => {
  expect(JSON.parse(toJson(summary))).toEqual({
    url: 'https://llm.example.com',
    environment: 'dev',
    run: 'litellm-aks-verify-1',
    started: '2026-11-22T18:30:00.000Z',
    seconds: 5,
    upstreamCalls: 3,
    passed: 1,
    failed: 1,
    skipped: 2,
    warnings: ['mind this'],
    checks: results.map(({ check: { id, title, expected }, status, found, blockedBy }) => ({
      id,
      group: id.split('.')[0],
      title,
      status,
      expected,
      found,
      seconds: 1.235,
      ...(blockedBy && { blockedBy }),
    })),
  });
});

test('JUnit has a suite for each group that ran, with counts, and nothing that XML cannot say', () => {
  const xml = toJUnit(summary);
  expect(xml.match(/<testsuite name="[^"]+" tests="\d+" failures="\d+" skipped="\d+"/g)).toEqual([
    '<testsuite name="health" tests="1" failures="0" skipped="0"',
    '<testsuite name="keys" tests="3" failures="1" skipped="2"',
  ]);
  expect(xml).toContain('<testsuites name="litellm-aks verify" tests="4" failures="1" skipped="2"');
  expect(xml).toContain('a &lt;b&gt;&quot;quoted&quot;&lt;/b&gt; answer in two lines \ufffd and \ufffd');
});

test('the JUnit file is whole, and nothing lies next to it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'litellm-aks-junit-'));
  writeReports(summary, { json: false, junit: join(folder, 'verify.xml') }, () => {});
  expect(readdirSync(folder)).toEqual(['verify.xml']);
  expect(readFileSync(join(folder, 'verify.xml'), 'utf8')).toBe(toJUnit(summary));
  rmSync(folder, { recursive: true });
});
