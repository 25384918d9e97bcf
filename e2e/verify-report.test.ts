import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { suite } from '../verify/suite';
import { frontAddress } from './harness/front';
import { projectFolder, runFolder } from './harness/project';
import { NAME, type Report, VerifyStage } from './harness/verify-stage';

const stage = new VerifyStage();
const { authority, cluster, masterKey, pods } = stage;

beforeAll(() => stage.start());

afterAll(() => stage.stop());

test('every check passes that needs no DNS, and the report is what CI systems read', async () => {
  const before = stage.upstream.requests.length;
  const junit = join(runFolder, 'verify.xml');
  const options = ['--resolve', frontAddress, '--ca', authority.root, '--json', '--junit', junit];
  const addresses = pods.flatMap(url => ['--pod-url', url]);
  const args = [join(projectFolder, 'run'), 'verify', NAME, ...options, ...addresses];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { ...process.env, LITELLM_MASTER_KEY: masterKey },
  });
  const ended = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([readText(child.stdout), readText(child.stderr)]);
  const [exitCode] = await ended;
  const report = JSON.parse(stdout) as Report;
  const other = report.checks.filter(({ status }) => status !== 'passed');
  expect(other.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'address.resolves skipped',
    'address.expected skipped',
  ]);
  expect(exitCode).toBe(0);
  expect(report.passed).toBe(suite.length - 2 + 1);
  expect(report.upstreamCalls).toBe(stage.upstream.requests.length - before);
  expect(stderr.trim().split('\n').at(-1)).toBe(`${report.passed} passed, 0 failed, 2 skipped`);

  // As a CI system would: with a parser of its own.
  const count =
    'import sys, xml.etree.ElementTree as e; print(len(e.parse(sys.argv[1]).findall(".//testcase")))';
  expect(spawnSync('python3', ['-c', count, junit], { encoding: 'utf8' }).stdout.trim()).toBe(
    String(report.checks.length),
  );
  for (const secret of Object.values(cluster.vault)) {
    expect(`${stdout}${stderr}${readFileSync(junit, 'utf8')}`).not.toContain(secret);
  }
  await stage.expectNothingLeft();
});
