import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { asFileProblem } from './file-problem';

/**
 * Writes a file completely or not at all: whoever reads it meanwhile, such as a CI system, finds the former one.
 * @throws ProblemsError where the operating system refuses
 */
export function writeWhole(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, file);
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished);
    throw asFileProblem(Object.assign(error as Error, { path: file, dest: file }), { verb: 'be written' });
  }
}
