import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../e2e/harness/project';
import { commandLines } from './command-lines';
import { environments } from './environments';
import { gateway } from './gateway';
import type { Measurement, Result } from './harness/measurement';
import { size } from './size';
import { synth } from './synth';
import { tests } from './tests';
import { types } from './types';

/** In the order of the documentation. */
const measurements: readonly Measurement[] = [synth, environments, commandLines, types, tests, size, gateway];

/** Those that need nothing but the project, and little time. */
const QUICK = [synth, environments, types, size];

const USAGE = 'Usage: npm run bench -- [--quick] [measurement…]';

async function main(args: readonly string[]): Promise<number> {
  const quick = args.includes('--quick');
  const chosen = args.filter(arg => arg !== '--quick');
  const known = quick ? QUICK : measurements;
  const unknown = chosen.filter(name => !known.some(measurement => measurement.name === name));
  if (unknown.length > 0) {
    const names = known.map(({ name }) => name).join(', ');
    console.error(
      `${unknown.join(', ')}: no measurement${quick ? ' of the quick form' : ''}; there is ${names}`,
    );
    console.error(USAGE);
    return 1;
  }
  const selected = known.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const missing = selected.flatMap(({ name, missing }) => missing?.().map(line => `${name}: ${line}`) ?? []);
  if (missing.length > 0) {
    for (const line of missing) console.error(line);
    return 1;
  }
  console.log(`${machine()}\n`);
  for (const measurement of selected) {
    console.error(`bench: ${measurement.name}`);
    const result = await measurement.measure(quick);
    console.log(`${section(measurement, result)}\n`);
    // The documentation shows full runs.
    if (!quick) document(measurement, result);
  }
  return 0;
}

function machine(): string {
  const [cpu] = os.cpus();
  const memory = `${(os.totalmem() / 1024 ** 3).toFixed()} GB`;
  return `${os.cpus().length} cores (${cpu?.model.trim()}), ${memory}, ${os.type()} ${os.release()}, Node ${process.version}`;
}

function section({ title, how }: Measurement, { columns, rows }: Result): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', how, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

/** Puts the table into docs/performance.md, between the marks that carry its name, and the numbers beside it. */
function document(measurement: Measurement, result: Result): void {
  const docs = join(projectFolder, 'docs');
  const page = join(docs, 'performance.md');
  const marks = new RegExp(`(<!-- ${measurement.name} -->\n)[^]*(<!-- /${measurement.name} -->)`);
  const text = readFileSync(page, 'utf8');
  if (!marks.test(text)) throw new Error(`${page} has no place <!-- ${measurement.name} -->.`);
  const table = `${section(measurement, result)}\n\n${machine()}, ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(
    page,
    text.replace(marks, (_all, start, end) => `${start}${table}\n${end}`),
  );
  mkdirSync(join(docs, 'performance'), { recursive: true });
  // The numbers of a list side by side: there may be thousands.
  const raw = JSON.stringify({ machine: machine(), ...result }, null, 1).replace(/\[[-\d.,\s]+\]/g, list =>
    list.replace(/\s+/g, ' '),
  );
  writeFileSync(join(docs, 'performance', `${measurement.name}.json`), `${raw}\n`);
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
