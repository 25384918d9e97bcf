import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemsError } from '../../config/problem';
import { writeWhole } from '../../config/write-whole';

const folder = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is written, and written again, with nothing beside it', () => {
  const file = join(folder, 'twice', 'report.xml');
  mkdirSync(join(folder, 'twice'));
  for (const content of ['one', 'two']) {
    writeWhole(file, content);
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
  expect(readdirSync(join(folder, 'twice'))).toEqual(['report.xml']);
});

test.each([
  ['a folder in its place', 'taken/report.xml', 'taken/report.xml', 'a folder is where a file belongs'],
  ['no folder for it', 'absent/report.xml', 'absent/report.xml', 'there is no such file or folder'],
  ['a link to nowhere', 'lost/report.xml', 'lost', 'a link leads nowhere'],
])('%s is told by name, and nothing unfinished is left', (_what, path, named, reason) => {
  mkdirSync(join(folder, 'taken', 'report.xml'), { recursive: true });
  rmSync(join(folder, 'lost'), { force: true });
  symlinkSync('nowhere', join(folder, 'lost'));
  const write = () => writeWhole(join(folder, path), 'content');
  expect(write).toThrow(ProblemsError);
  expect(write).toThrow(`${join(folder, named)}\n    problem  cannot be written: ${reason}`);
  expect(readdirSync(join(folder, 'taken'))).toEqual(['report.xml']);
});
