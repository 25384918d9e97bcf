import { allows, type Connection, type Policy } from '../../invariants/reachability';
import { neededConnections, unneededConnections } from '../../synth/connections';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentFiles } from '../helpers/environment';
import { type Json, withValue } from '../helpers/objects';
import { type Rendered, render } from '../helpers/render';

const files = [...environmentFiles(), ['least', minimal], ['all', everything]] as const;
const outputs = files.map(([name, file]) => ({ name, output: render(file, name) }));

const policiesOf = ({ objects }: Rendered): Policy[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy');

describe.each(outputs)('the policies of $name', ({ output }) => {
  const policies = policiesOf(output);
  const { environment } = output;
  const through = (connections: readonly (Connection & { source: string; target: string })[]) =>
    connections.map(connection => [
      `${connection.source} to ${connection.target}:${connection.port}`,
      allows(policies, connection),
    ]);

  test('let through everything that the configuration needs', () => {
    const verdicts = through(neededConnections(environment));
    expect(verdicts.filter(([, allowed]) => !allowed)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(10);
  });

  test('let through nothing else that was tried', () => {
    const verdicts = through(unneededConnections(environment));
    expect(verdicts.filter(([, allowed]) => allowed)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(30);
  });

  test('are needed, every rule of them: without it, something that is needed is refused', () => {
    const paths = policies.flatMap(({ spec }, index) =>
      (['ingress', 'egress'] as const).flatMap(direction =>
        (spec[direction] ?? []).map((_: unknown, rule: number) => ({ index, direction, rule })),
      ),
    );
    const useless = paths.filter(({ index, direction, rule }) => {
      const rules = (policies[index]?.spec[direction] as Json[]).filter((_, position) => position !== rule);
      const fewer = withValue(policies, `${index}.spec.${direction}`, rules);
      return neededConnections(environment).every(connection => allows(fewer, connection));
    });
    expect(useless).toEqual([]);
  });
});

test('every host of the configuration is among the connections that it needs', () => {
  const targets = neededConnections(render(everything).environment).map(({ target }) => target);
  expect(targets).toEqual(
    expect.arrayContaining([
      'psql-custom.postgres.database.azure.com',
      'amr-custom.northeurope.redis.azure.net',
      'oai-custom.openai.azure.com',
      'models.umbrella.example',
      'tools.umbrella.example',
      'shield.umbrella.example',
      'langfuse.umbrella.example',
    ]),
  );
  const entra = neededConnections(render(minimal).environment);
  expect(entra.filter(({ target }) => target === 'login.microsoftonline.com')).toHaveLength(2);
});

test('a network outside the private ranges is no part of the internet', () => {
  const output = render({
    ...minimal,
    network: {
      addressSpace: '20.0.0.0/16',
      subnets: { aks: '20.0.0.0/23', privateEndpoints: '20.0.2.0/24', ingress: '20.0.3.0/24' },
    },
  });
  const refused = unneededConnections(output.environment);
  expect(refused.filter(connection => allows(policiesOf(output), connection))).toEqual([]);
  const postgres = neededConnections(output.environment).find(({ port }) => port === 5432);
  expect(postgres && allows(policiesOf(output), postgres)).toBe(true);
});

describe('a policy that the evaluator does not know is not taken for another', () => {
  const [connection] = neededConnections(render(minimal).environment);
  test.each([
    ['matchExpressions', { podSelector: { matchExpressions: [] } }],
    ['endPort', { ingress: [{ ports: [{ port: 1, endPort: 65535 }] }] }],
    ['http', { ingress: [{ ports: [{ port: 'http' }] }] }],
    ['without namespaceSelector', { ingress: [{ from: [{ podSelector: {} }] }] }],
  ])('%s', (word, spec) => {
    const metadata = { namespace: 'litellm' };
    const policy = { metadata, spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec } } as never;
    expect(() => connection && allows([policy], connection)).toThrow(word);
  });
});
