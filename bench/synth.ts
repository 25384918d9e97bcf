import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents } from '../__tests__/helpers/dist';
import { benchFolder, copyProject } from './harness/checkout';
import { ecosystem, synthByDefault } from './harness/ecosystem';
import type { Measurement } from './harness/measurement';
import { COMPARISON, type Contestant, compare, race } from './harness/race';

/** Appends to a source what changes its content and nothing else. */
function edit(file: string): () => void {
  let times = 0;
  return () => {
    times += 1;
    appendFileSync(file, `// ${times}\n`);
  };
}

/** Node, and the bytes of one environment. */
function floor(folder: string): Contestant {
  const files = [...contents(join(folder, 'dist'))].filter(([path]) =>
    /\/dev(-addons)?\/|manifest\.json$/.test(path),
  );
  const script = join(folder, 'floor.js');
  writeFileSync(
    script,
    `const { mkdirSync, writeFileSync } = require('node:fs');
     const { dirname, join } = require('node:path');
     for (const [path, content] of ${JSON.stringify(files)}) {
       const file = join(${JSON.stringify(join(folder, 'floor'))}, path);
       mkdirSync(dirname(file), { recursive: true });
       writeFileSync(file, content);
     }`,
  );
  return { name: 'node, which writes the same bytes', command: ['node', script], cwd: folder };
}

export const synth: Measurement = {
  name: 'synth',
  title: 'From an edit to the output',
  how: '`node run synth dev`, both layers, types checked: `npm run synth` without npm itself.',
  measure: quick => {
    const folder = copyProject(benchFolder('synth'));
    const command = ['node', 'run', 'synth', 'dev'] as const;
    const defaults = quick ? [] : synthByDefault(ecosystem());
    const contestants: Contestant[] = [
      {
        name: 'an environment file edited',
        command,
        cwd: folder,
        before: edit(join(folder, 'environments/dev.ts')),
      },
      { name: 'the schema edited', command, cwd: folder, before: edit(join(folder, 'config/settings.ts')) },
      { name: 'nothing edited', command, cwd: folder },
      floor(folder),
      ...defaults,
    ];
    const samples = race(contestants, quick ? 5 : 9);
    const against = defaults.map(({ name }) => name);
    const ratios = [
      { what: 'an environment file edited', against, target: 0.07 },
      { what: 'the schema edited', against, target: 0.07 },
      { what: 'nothing edited', against, target: 0.04 },
      { what: 'nothing edited', against: ['node, which writes the same bytes'], target: 8 },
    ].filter(row => row.against.length > 0);
    return { columns: COMPARISON, rows: ratios.map(row => compare(samples, row)), raw: samples };
  },
};
