import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { asFileProblem } from '../../config/file-problem';
import { ProblemsError } from '../../config/problem';

const refused = (properties: object) => Object.assign(new Error('refused'), properties);

test.each([
  [
    'a move, by where it leads',
    { code: 'EACCES', syscall: 'rename', path: 'dist/.synth-a/next/dev/1', dest: 'dist/dev/1' },
    'dist/dev/1\n    problem  cannot be written: permission denied; see with ls -l whose it is; dist is as it was',
  ],
  [
    'a staging folder, by the place that it is for',
    { code: 'EROFS', syscall: 'mkdtemp', path: 'dist/terraform/.synth-XXXXXX' },
    'dist/terraform\n    problem  cannot be written: read-only file system; dist is as it was',
  ],
  [
    'a full disk, which is not named',
    { code: 'ENOSPC', syscall: 'write' },
    'dist\n    problem  cannot be written: no space left on the device; dist is as it was',
  ],
])('%s', (_what, properties, message) => {
  const attempt = { verb: 'be written', where: 'dist', after: 'dist is as it was' };
  const problem = asFileProblem(refused(properties), attempt);
  expect(problem).toBeInstanceOf(ProblemsError);
  expect((problem as Error).message).toBe(`1 problem\n\n  ${message}`);
});

test("what Node's own calls throw is a problem", () => {
  const missing = () => readFileSync('/nowhere/at all');
  let thrown: unknown;
  try {
    missing();
  } catch (error) {
    thrown = error;
  }
  expect((asFileProblem(thrown) as Error).message).toContain(
    '/nowhere/at all\n    problem  cannot be used: there is no such file or folder',
  );
});

test('a tool that cannot be started, a connection and a defect stay what they are', () => {
  const { error } = spawnSync('/nowhere/tool');
  const errors = [error, refused({ code: 'ECONNREFUSED', syscall: 'connect' }), new TypeError('x is no y')];
  for (const other of errors) expect(asFileProblem(other)).toBe(other);
});
