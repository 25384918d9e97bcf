import { spawnSync } from 'node:child_process';
import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('what is in the way of a path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('nowhere', join(folder, 'lost'));
  symlinkSync('circle', join(folder, 'circle'));

  test.each([
    ['a file', 'file', 'a file is where a folder belongs; move it away'],
    ['a link to nowhere', 'lost', 'a link leads nowhere; mend it, or remove it'],
    ['a link to itself', 'circle', 'a link leads nowhere; mend it, or remove it'],
  ])('is named: %s', (_what, name, reason) => {
    const place = join(folder, name);
    const attempts = [
      () => mkdirSync(join(place, 'terraform', 'stacks'), { recursive: true }),
      () => readFileSync(join(place, 'terraform')),
      () => writeFileSync(join(place, 'terraform'), ''),
    ];
    for (const attempt of attempts) expect(messageOf(attempt)).toBe(said(place, reason));
  });

  test('is the file system, if it takes no folder: Node says of whatever mkdir -p is refused that there is none', () => {
    const accessed = jest.spyOn(fs, 'accessSync').mockImplementation(() => {
      throw refused({ code: 'EROFS' });
    });
    const path = join(folder, 'dist', 'terraform');
    const message = messageOf(() => {
      throw refused({ code: 'ENOENT', syscall: 'mkdir', path });
    });
    expect(message).toBe(said(path, 'read-only file system'));
    expect(accessed).toHaveBeenCalledWith(folder, fs.constants.W_OK);
    accessed.mockRestore();
  });
});

const said = (place: string, reason: string) =>
  `1 problem\n\n  ${place}\n    problem  cannot be used: ${reason}`;

function messageOf(attempt: () => void): string {
  try {
    attempt();
  } catch (error) {
    return (asFileProblem(error) as Error).message;
  }
  throw new Error('nothing was refused');
}

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
