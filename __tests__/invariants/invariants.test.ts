import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firmCodes, waivableCodes } from '../../config/invariant-codes';
import { findingsIn, findingsOn } from '../../invariants/judge';
import { datedInvariants, invariants, schemaInvariants } from '../../invariants/list';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentFiles, root } from '../helpers/environment';
import { render } from '../helpers/render';
import { examples } from './examples/all';
import { breachesOf, sound } from './sound';

const codes = [...firmCodes, ...waivableCodes].sort();
const today = new Date('2026-11-22');

test('the sound gateway breaks none', () => {
  const { subject } = render(sound);
  expect([...findingsIn(subject), ...findingsOn(subject, today)]).toEqual([]);
});

describe.each(
  examples.map((example, index) => [`${example.code}, ${index}`, example] as const),
)('%s', (_name, { code, breaks, keeps }) => {
  test('is broken there, and says the numbers and what to change', () => {
    const found = breachesOf(code, breaks);
    expect(found.map(({ path }) => path)).toContain(breaks.at);
    const said = found.filter(({ path }) => path === breaks.at).map(({ message }) => message);
    for (const fragment of breaks.says) expect(said.join('\n')).toContain(fragment);
  });

  test('is kept close by', () => {
    expect(breachesOf(code, keeps)).toEqual([]);
  });
});

test('what the tables do not know breaks nothing but the warnings that say so', () => {
  const { subject } = render({
    ...sound,
    location: 'atlantis',
    postgres: { ...sound.postgres, sku: 'GP_Standard_M8' },
    cluster: { userPool: { vmSize: 'Standard_DS3_v2' } },
  });
  expect(findingsIn(subject).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'size-unknown cluster.userPool.vmSize',
    'size-unknown postgres.sku',
    'region-unknown location',
  ]);
});

describe('every invariant', () => {
  test('has a code of its own, which is listed', () => {
    const checked = [...invariants, ...datedInvariants].map(({ code }) => code);
    expect([...checked, ...schemaInvariants].sort()).toEqual(codes);
  });

  test('has an example that breaks it and one that keeps it', () => {
    expect([...new Set(examples.map(({ code }) => code))].sort()).toEqual(codes);
  });

  test('is explained in docs/invariants.md, in a row that says of what kind it is', () => {
    const docs = readFileSync(join(root, 'docs', 'invariants.md'), 'utf8');
    const rows = [...docs.matchAll(/^\| `([a-z-]+)` \| (\S+) \|.+\|.+\|$/gm)].map(([, code, kind]) => [
      code,
      kind,
    ]);
    const kinds = new Map<string, string>([
      ...invariants.map(({ code, severity }) => [code, severity] as const),
      ...datedInvariants.map(({ code }) => [code, 'warning'] as const),
      ...firmCodes.map(code => [code, 'firm'] as const),
    ]);
    expect(rows.sort()).toEqual([...kinds].sort());
  });
});

describe('the environments that come with the project', () => {
  const found = (name: string, file: unknown) => {
    const { subject } = render(file, name);
    return [...findingsIn(subject), ...findingsOn(subject, today)].map(
      ({ code, severity, path }) => `${severity} ${code} ${path}`,
    );
  };

  test.each([
    [
      'article',
      [
        'warning model-unpriced catalogue',
        'warning node-capacity-rollout gateway.replicas.max',
        'warning model-retirement azureOpenAi.deployments',
      ],
    ],
    ['dev', []],
    [
      'prod',
      [
        'warning postgres-region-offer postgres.highAvailability',
        'warning postgres-region-offer postgres.sku',
      ],
    ],
  ])('%s breaks these and no other', (name, expected) => {
    expect(found(name, environmentFiles().get(name))).toEqual(expected);
  });

  test('the defaults are warned of a model without a price, of what a standby costs and that nobody is called, and of nothing else', () => {
    expect(found('test', minimal)).toEqual([
      'warning model-unpriced catalogue',
      'warning class-geo-backup postgres.geoRedundantBackup',
      'warning class-database-standby postgres.highAvailability',
      'warning class-alerts monitoring.alerts',
    ]);
  });

  test('everything set breaks nothing, but its controller nears its end', () => {
    expect(found('test', everything)).toEqual(['warning controller-support ingress.controller']);
  });
});

test('no day makes an error of what was none', () => {
  for (const file of [...environmentFiles().values(), minimal, sound]) {
    const later = findingsOn(render(file).subject, new Date('2100-01-01'));
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});
